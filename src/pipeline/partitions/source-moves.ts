// Following a topic that grew. A partition that meets a source it does not know stops before it and wishes for it from all
// other partitions; each of them, in whatever process, reads on to where its log ended when it saw the wish, commits, and
// gives what it remembers of the source. Two that wait for each other go in the order in which the broker took what they
// stand at: the one that stands at the later message has read all that came before the earlier one.
import type { HeldLane } from '../lanes/lanes.js';
import { type ArtifactKey, type Clock, FencedError } from '../ports.js';
import type { OffsetRange } from './partition-group.js';
import type { GateStop, SourceGate } from './source-gate.js';
import type { SourceWatch } from './source-watch.js';
import { isSameReaders, type SourceWish, type SourceWishStore } from './source-wish.js';
import { partitionOfStream, streamIdOfPartition } from './stream-id.js';
import type { Growth, TopicGrowth } from './topic-growth.js';

export interface SourceMovesOptions {
  readonly topic: string;
  readonly store: Omit<SourceWishStore, 'sharedSources' | 'streamPositions'>;
  readonly growth: TopicGrowth;
  /** Of all partitions of the topic; undefined when the question was given up. */
  readonly offsets: () => Promise<ReadonlyMap<number, OffsetRange> | undefined>;
  /** Those that are read at all; undefined for all that the topic has. */
  readonly readPartitions: () => readonly number[] | undefined;
  readonly watch: SourceWatch;
  readonly clock: Clock;
  readonly onWarning: (sentence: string) => void;
  readonly onNotice: (sentence: string) => void;
}

export interface SourceMoves {
  /** A loop begins to read a partition; each of its turns begins with what the store has. */
  enter(partition: number): PartitionMoves;
  /** Looks what others wish for: to be called about twice a second. */
  look(): Promise<void>;
}

export interface PartitionMoves {
  readonly gate: SourceGate;
  /** A turn begins. @returns aborts with the loop's own signal, or when a source is to come or go */
  begin(signal: AbortSignal): AbortSignal;
  /** What the turn begins with. @param held the artifacts that read in it, whenever it is asked */
  onTakeOver(sources: readonly string[], held: () => readonly HeldLane[]): void;
  /** Whether the turn ended for a source to come or go: then settle, and begin the next one. */
  isBetweenTurns(): boolean;
  /** Gives what is wished for and waits for what is, until the next turn can begin or the signal aborts. */
  settle(signal: AbortSignal): Promise<void>;
  leave(): void;
}

const ASK_EVERY_MS = 200;
const PATIENCE_MS = 10_000;

export function createSourceMoves(options: SourceMovesOptions): SourceMoves {
  const { topic, store, growth, watch, clock, onWarning, onNotice } = options;
  const places = new Set<{ serve(): Promise<void> }>();
  let isGrowthTold = false;

  const tellGrowth = ({ before, now }: Growth): void => {
    if (isGrowthTold) return;
    isGrowthTold = true;
    onNotice(
      `topic ${topic} has ${now} partitions and had ${before} when its results began: a source that comes in another one than before is read there to the end first, and then goes on`,
    );
  };

  const enter = (partition: number): PartitionMoves => {
    const streamId = streamIdOfPartition(topic, partition);
    /** Sources that may be scored here. */
    const known = new Set<string>();
    /** Sources that may not be scored before all others have answered, with the append time of their first record. */
    const wished = new Map<string, number>();
    /** Of them, those that all have answered about since the last turn. */
    const answered = new Set<string>();
    /** Sources that the turn began with. */
    let loaded: ReadonlySet<string> = new Set();
    const given = new Set<string>();
    const ends = new Map<string, number>();
    let held: () => readonly HeldLane[] = () => [];
    let turn: AbortController | undefined;
    /** The turn has its state from the store: before that nothing may be given of it. */
    let hasTakenOver = false;
    let hasBegun = false;
    let readToOffset = -1;
    let isAtEnd = false;
    let stop: GateStop | undefined;

    const readers = (): readonly ArtifactKey[] =>
      held().flatMap(({ key, isAlerting }) => (isAlerting ? [key.artifact] : []));
    const isHere = (source: string): boolean => known.has(source) || loaded.has(source);
    const isRipe = (wish: SourceWish): boolean =>
      isAtEnd ||
      readToOffset >= (ends.get(JSON.stringify(wish)) ?? Infinity) ||
      (stop !== undefined && isLater(stop.appendTimeMs, partition, wish));

    const ripeWishes = async (): Promise<readonly SourceWish[]> => {
      const wishes = (await store.sourceWishes()).filter(
        (wish) => wish.from === streamId && isSameReaders(wish.readers, readers()),
      );
      const fresh = wishes.filter((wish) => !ends.has(JSON.stringify(wish)));
      // asked for after the wish was seen: what was written before it is before this end
      const end = fresh.length === 0 ? undefined : (await options.offsets())?.get(partition)?.highOffset;
      if (end !== undefined) for (const wish of fresh) ends.set(JSON.stringify(wish), end);
      return wishes.filter(isRipe);
    };

    const give = async (wishes: readonly SourceWish[]): Promise<void> => {
      const parts = held().map(({ key, epoch }) => ({ key, epoch }));
      if (parts.length === 0) return;
      // who came to it first goes on with it
      const inOrder = [...wishes].sort(
        (a, b) => a.appendTimeMs - b.appendTimeMs || partitionOf(a.to) - partitionOf(b.to),
      );
      for (let at = 0; at < inOrder.length;) {
        const { to } = inOrder[at]!;
        const sources: string[] = [];
        for (; inOrder[at]?.to === to; at++) sources.push(inOrder[at]!.source);
        await store.giveSources({ parts, to, sources, readers: readers() });
        for (const source of sources) {
          // who waits for it, too, and never had it goes on waiting
          if (!isHere(source)) continue;
          given.add(source);
          known.delete(source);
          wished.delete(source);
        }
      }
      for (const wish of wishes) ends.delete(JSON.stringify(wish));
    };

    const place = {
      serve: async (): Promise<void> => {
        if (turn === undefined || turn.signal.aborted || !hasTakenOver) return;
        const own = turn;
        const ripe = await ripeWishes();
        // what is remembered of it must be stored before it goes
        if (ripe.some(({ source }) => isHere(source))) return own.abort();
        await give(ripe).catch((error: unknown) => {
          // the loop will hear of it, too
          if (!(error instanceof FencedError)) throw error;
        });
      },
    };
    places.add(place);

    const wishFor = (sources: ReadonlyMap<string, number>, from: readonly string[]): Promise<void> =>
      store.wishForSources(
        [...sources].flatMap(([source, appendTimeMs]) =>
          from.map((each) => ({ source, from: each, to: streamId, appendTimeMs, readers: readers() })),
        ),
      );

    /** Of sources that all have answered about, those that one who waits, too, was given meanwhile: asked for once more. */
    const askOnce = async (sources: readonly string[]): Promise<ReadonlySet<string>> => {
      const asked = new Set<string>();
      if (sources.length === 0) return asked;
      const [reader] = readers();
      for (const { source, streamIds } of await store.sourceHomes(reader!, sources)) {
        const elsewhere = streamIds.filter(
          (each) => each !== streamId && partitionOfStream(topic, each) !== undefined,
        );
        // what is in two streams at once was torn before
        if (streamIds.length !== 1 || elsewhere.length !== 1) continue;
        await wishFor(new Map([[source, wished.get(source)!]]), elsewhere);
        asked.add(source);
      }
      return asked;
    };

    const leftToAnswer = async (): Promise<ReadonlyMap<string, readonly string[]>> => {
      const left = new Map<string, string[]>();
      for (const { source, from, to, readers: wishers } of await store.sourceWishes())
        if (to === streamId && isSameReaders(wishers, readers()))
          left.set(source, [...(left.get(source) ?? []), from]);
      return left;
    };

    const gate: SourceGate = {
      begin: async (partitions) => {
        // a loop before this one did not come to see that it has what it wished for
        const arrived = [...loaded].filter((source) => known.has(source));
        if (!hasBegun && arrived.length > 0)
          await store.withdrawWishes({ to: streamId, sources: arrived, readers: readers() });
        hasBegun = true;
        return (await growth.check(partitions))?.before ?? partitions;
      },
      isKnown: (source) => known.has(source),
      meet: async (firsts, isAppendTime) => {
        const grown = await growth.check();
        // given up, for the whole process ends: nothing is to be scored that could not be asked about
        if (grown === undefined) return new Set(firsts.keys());
        if (grown.before === grown.now) {
          for (const source of firsts.keys()) {
            known.add(source);
            watch.onSource(partition, source);
          }
          return new Set();
        }
        if (!isAppendTime) throw unknownOrder(topic, grown);
        tellGrowth(grown);
        const all = options.readPartitions() ?? Array.from({ length: grown.now }, (_, each) => each);
        const others = all
          .filter((each) => each !== partition)
          .map((each) => streamIdOfPartition(topic, each));
        const fresh = [...firsts].filter(([source]) => !wished.has(source));
        await wishFor(new Map(fresh), others);
        for (const [source, appendTimeMs] of fresh) wished.set(source, appendTimeMs);
        return new Set(firsts.keys());
      },
      stopBefore: (at) => {
        stop = at;
        turn?.abort();
      },
      onReadTo: (offset) => {
        readToOffset = offset;
      },
      onEnd: () => {
        isAtEnd = true;
      },
    };

    return {
      gate,
      begin: (signal) => {
        turn = new AbortController();
        return AbortSignal.any([signal, turn.signal]);
      },
      onTakeOver: (sources, heldNow) => {
        held = heldNow;
        hasTakenOver = true;
        loaded = new Set(sources);
        for (const source of answered) {
          if (given.has(source)) watch.onBack(partition, source);
          if (loaded.has(source)) watch.onMoved(partition, source);
          else watch.onSource(partition, source);
          known.add(source);
        }
        answered.clear();
        for (const source of sources) {
          // what came before all others have answered waits with its records
          if (known.has(source) || wished.has(source)) continue;
          watch.onSource(partition, source);
          known.add(source);
        }
      },
      isBetweenTurns: () => turn?.signal.aborted === true,
      settle: async (signal) => {
        turn = undefined;
        hasTakenOver = false;
        const sinceMs = clock.nowMs();
        let isTold = false;
        while (!signal.aborted) {
          await give(await ripeWishes());
          const left = await leftToAnswer();
          const open = [...wished.keys()].filter((source) => !left.has(source));
          const askedAgain = await askOnce(open);
          const waitsFor = (stop?.sources ?? []).filter(
            (source) => left.has(source) || askedAgain.has(source),
          );
          if (waitsFor.length === 0) {
            stop = undefined;
            for (const source of open) {
              if (askedAgain.has(source)) continue;
              wished.delete(source);
              answered.add(source);
            }
            return;
          }
          if (!isTold && clock.nowMs() - sinceMs >= PATIENCE_MS) {
            isTold = true;
            const missing = new Set(waitsFor.flatMap((source) => left.get(source) ?? []));
            onWarning(waitingFor(topic, partition, waitsFor[0]!, [...missing]));
          }
          await clock.sleep(ASK_EVERY_MS, signal);
        }
      },
      leave: () => void places.delete(place),
    };
  };

  return {
    enter,
    look: async () => {
      for (const place of places) await place.serve();
    },
  };
}

/** Whether a partition stands at a message that the broker took after the one that is waited with. */
function isLater(appendTimeMs: number, partition: number, wish: SourceWish): boolean {
  if (appendTimeMs !== wish.appendTimeMs) return appendTimeMs > wish.appendTimeMs;
  // of two taken at one time the same one is first for both
  return partition > partitionOf(wish.to);
}

function partitionOf(streamId: string): number {
  return Number(streamId.slice(streamId.lastIndexOf('/') + 1));
}

function unknownOrder(topic: string, { before, now }: Growth): Error {
  return new Error(
    `topic ${topic} has ${now} partitions and had ${before} when its results began: its sources are spread anew by that, and with the time stamps of its producers (message.timestamp.type=CreateTime) nobody can say which of their records came first. Make a new topic of ${now} partitions for the producers and consume that one; what came before the growth is stored`,
  );
}

function waitingFor(topic: string, partition: number, source: string, missing: readonly string[]): string {
  const names = missing.map((streamId) => partitionOfStream(topic, streamId)).sort((a, b) => a! - b!);
  return `partition ${partition} of topic ${topic} waits before the first record of source '${source}', until partitions ${names.join(', ')} are read to where they ended: let consumers of this group with the same model read them`;
}
