// The asking side of a source that comes from another partition: what is wished for, of whom, and who has yet to answer.
import type { HeldLane } from '../lanes/lanes.js';
import { readersOf } from './answer-wishes.js';
import { isSameReaders, type SourceWishStore } from './source-wish.js';
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
  /** @param firsts by source the append time of its first record that waits, ms @param from streams that may have it */
  ask(firsts: ReadonlyMap<string, number>, from: readonly string[]): Promise<void>;
  /** Of sources that all have answered about, those that one who waits, too, was given meanwhile: asked for once more. */
  askOnceMore(firsts: ReadonlyMap<string, number>): Promise<ReadonlySet<string>>;
  /** By source, the streams that have not answered. */
  leftToAnswer(isWished: (source: string) => boolean): Promise<ReadonlyMap<string, readonly string[]>>;
  /** Wishes from before a promotion are made anew: none who reads as this one does now would answer them. */
  renew(isWished: (source: string) => boolean): Promise<void>;
  /** They are here. */
  withdraw(sources: readonly string[]): Promise<void>;
}

export function createWishes({ topic, streamId, store, held }: AskOptions): Wishes {
  const ask = (firsts: ReadonlyMap<string, number>, from: readonly string[]): Promise<void> =>
    store.wishForSources(
      [...firsts].flatMap(([source, appendTimeMs]) =>
        from.map((each) => ({ source, from: each, to: streamId, appendTimeMs, readers: readersOf(held()) })),
      ),
    );

  return {
    ask,
    askOnceMore: async (firsts) => {
      const asked = new Set<string>();
      if (firsts.size === 0) return asked;
      const [reader] = readersOf(held());
      for (const { source, streamIds } of await store.sourceHomes(reader!, [...firsts.keys()])) {
        const elsewhere = streamIds.filter(
          (each) => each !== streamId && partitionOfStream(topic, each) !== undefined,
        );
        // what is in two streams at once was torn before
        if (streamIds.length !== 1 || elsewhere.length !== 1) continue;
        await ask(new Map([[source, firsts.get(source)!]]), elsewhere);
        asked.add(source);
      }
      return asked;
    },
    leftToAnswer: async (isWished) => {
      const left = new Map<string, string[]>();
      for (const { source, from, to } of await store.sourceWishes())
        if (to === streamId && isWished(source)) left.set(source, [...(left.get(source) ?? []), from]);
      return left;
    },
    renew: async (isWished) => {
      const readers = readersOf(held());
      const stale = (await store.sourceWishes()).filter(
        (wish) => wish.to === streamId && isWished(wish.source) && !isSameReaders(wish.readers, readers),
      );
      await store.wishForSources(stale.map((wish) => ({ ...wish, readers })));
      for (const { source, readers: former } of stale)
        await store.withdrawWishes({ to: streamId, sources: [source], readers: former });
    },
    withdraw: (sources) => store.withdrawWishes({ to: streamId, sources, readers: readersOf(held()) }),
  };
}
