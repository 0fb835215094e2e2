// The asking side of a source that comes from another partition: what is wished for, of whom, and who has yet to answer.
// Wishes are open only between the turns of the one that asks: what is given lands where the next turn finds it, and while
// one reads, takes on an artifact or lets one go, nothing comes that it does not know of.
import type { HeldLane } from '../lanes/lanes.js';
import { readersOf } from './answer-wishes.js';
import type { SourceWish, SourceWishStore } from './source-wish.js';
import { partitionOfStream } from './stream-id.js';

export interface AskOptions {
  readonly topic: string;
  /** That asks. */
  readonly streamId: string;
  readonly store: Omit<SourceWishStore, 'sharedSources' | 'streamPositions' | 'giveSources'>;
  /** The artifacts that read the partition at this moment. */
  readonly held: () => readonly HeldLane[];
}

export interface Wishes {
  /**
   * To be asked when wishes are opened.
   *
   * @param firsts by source the append time of its first record that waits, ms @param from streams that may have it
   */
  plan(firsts: ReadonlyMap<string, number>, from: readonly string[]): void;
  /**
   * Between turns: asks for what was planned, and anew for what nobody had answered when wishes were closed.
   *
   * @returns whether there was any
   */
  open(isWished: (source: string) => boolean): Promise<boolean>;
  /** Before a turn: takes all back, also those that whoever read before left behind. */
  close(isWished: (source: string) => boolean): Promise<void>;
  /** Of sources that all have answered about, those that one who waits, too, was given meanwhile: asked for once more. */
  askOnceMore(firsts: ReadonlyMap<string, number>): Promise<ReadonlySet<string>>;
  /** By source, the streams that have not answered. */
  leftToAnswer(isWished: (source: string) => boolean): Promise<ReadonlyMap<string, readonly string[]>>;
}

export function createWishes({ topic, streamId, store, held }: AskOptions): Wishes {
  type Unasked = Pick<SourceWish, 'source' | 'from' | 'appendTimeMs'>;
  let unasked: readonly Unasked[] = [];
  const unaskedOf = (firsts: ReadonlyMap<string, number>, from: readonly string[]): Unasked[] =>
    [...firsts].flatMap(([source, appendTimeMs]) =>
      from.map((each) => ({ source, from: each, appendTimeMs })),
    );
  const ask = (wanted: readonly Unasked[]): Promise<void> => {
    const readers = readersOf(held());
    return store.wishForSources(
      wanted.map(({ source, from, appendTimeMs }) => ({ source, from, to: streamId, appendTimeMs, readers })),
    );
  };
  const ownWishes = async (): Promise<readonly SourceWish[]> =>
    (await store.sourceWishes()).filter(({ to }) => to === streamId);

  return {
    plan: (firsts, from) => {
      unasked = [...unasked, ...unaskedOf(firsts, from)];
    },
    open: async (isWished) => {
      const wanted = unasked.filter(({ source }) => isWished(source));
      if (wanted.length > 0) await ask(wanted);
      unasked = [];
      return wanted.length > 0;
    },
    close: async (isWished) => {
      const own = await ownWishes();
      for (const { source, readers } of own)
        await store.withdrawWishes({ to: streamId, sources: [source], readers });
      unasked = [...unasked, ...own.filter(({ source }) => isWished(source))];
    },
    askOnceMore: async (firsts) => {
      const asked = new Set<string>();
      if (firsts.size === 0) return asked;
      // whoever has it reads with the one that goes on here, too
      const current = readersOf(held()).at(-1)!;
      for (const { source, streamIds } of await store.sourceHomes(current, [...firsts.keys()])) {
        const elsewhere = streamIds.filter(
          (each) => each !== streamId && partitionOfStream(topic, each) !== undefined,
        );
        // what is in two streams at once was torn before
        if (streamIds.length !== 1 || elsewhere.length !== 1) continue;
        await ask(unaskedOf(new Map([[source, firsts.get(source)!]]), elsewhere));
        asked.add(source);
      }
      return asked;
    },
    leftToAnswer: async (isWished) => {
      const left = new Map<string, string[]>();
      for (const { source, from } of await ownWishes())
        if (isWished(source)) left.set(source, [...(left.get(source) ?? []), from]);
      return left;
    },
  };
}
