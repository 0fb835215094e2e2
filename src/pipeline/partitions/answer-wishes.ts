// The giving side of a source that goes to another partition: which wishes a partition has read far enough to answer, and
// the answer.
import type { HeldLane } from '../lanes/lanes.js';
import type { ArtifactKey } from '../stream-key.js';
import type { OffsetRange } from './partition-group.js';
import { isSameReaders, type SourceWish, type SourceWishStore } from './source-wish.js';
import { streamIdOfPartition } from './stream-id.js';

export interface AnswerOptions {
  readonly topic: string;
  readonly partition: number;
  readonly store: Pick<SourceWishStore, 'sourceWishes' | 'giveSources'>;
  /** Of all partitions of the topic; undefined when the question was given up. */
  readonly offsets: () => Promise<ReadonlyMap<number, OffsetRange> | undefined>;
  /** The artifacts that read the partition at this moment. */
  readonly held: () => readonly HeldLane[];
}

/** How far a partition was read. */
export interface Standing {
  /** All before it was taken; -1 while that is not known. */
  readonly readToOffset: number;
  /** The input is over. */
  readonly isAtEnd: boolean;
  /** When the broker took the message that is waited before, ms since epoch; undefined while it reads. */
  readonly stoppedAtMs: number | undefined;
}

export interface WishAnswers {
  /** Wishes that nothing is left to read for: the log was read to where it ended after they were seen, or stands later. */
  ripe(standing: Standing): Promise<readonly SourceWish[]>;
  /**
   * Hands over what the store remembers of the sources, to each who came to it first.
   *
   * @throws FencedError when the partition was taken over
   */
  give(wishes: readonly SourceWish[]): Promise<void>;
}

export function createWishAnswers({ topic, partition, store, offsets, held }: AnswerOptions): WishAnswers {
  const streamId = streamIdOfPartition(topic, partition);
  /** Where the log ended when a wish was seen, by the wish. */
  const ends = new Map<string, number>();

  return {
    ripe: async ({ readToOffset, isAtEnd, stoppedAtMs }) => {
      const readers = readersOf(held());
      const wishes = (await store.sourceWishes()).filter(
        (wish) => wish.from === streamId && isSameReaders(wish.readers, readers),
      );
      const fresh = wishes.filter((wish) => !ends.has(JSON.stringify(wish)));
      // asked for after the wish was seen: what was written before it is before this end
      const end = fresh.length === 0 ? undefined : (await offsets())?.get(partition)?.highOffset;
      if (end !== undefined) for (const wish of fresh) ends.set(JSON.stringify(wish), end);
      return wishes.filter(
        (wish) =>
          isAtEnd ||
          readToOffset >= (ends.get(JSON.stringify(wish)) ?? Infinity) ||
          (stoppedAtMs !== undefined && isBefore(wish, stoppedAtMs, partition)),
      );
    },
    give: async (wishes) => {
      const parts = held().map(({ key, epoch }) => ({ key, epoch }));
      if (parts.length === 0) return;
      const inOrder = [...wishes].sort(
        (a, b) => a.appendTimeMs - b.appendTimeMs || partitionOf(a.to) - partitionOf(b.to),
      );
      for (let at = 0; at < inOrder.length;) {
        const { to } = inOrder[at]!;
        const sources: string[] = [];
        for (; inOrder[at]?.to === to; at++) sources.push(inOrder[at]!.source);
        await store.giveSources({ parts, to, sources, readers: readersOf(held()) });
      }
      for (const wish of wishes) ends.delete(JSON.stringify(wish));
    },
  };
}

/** The artifacts whose alerts go out. */
export function readersOf(held: readonly HeldLane[]): readonly ArtifactKey[] {
  return held.flatMap(({ key, isAlerting }) => (isAlerting ? [key.artifact] : []));
}

/** Whether the broker took the wish's message first; of two that it took at one time the same one is first for both. */
function isBefore(wish: SourceWish, stoppedAtMs: number, partition: number): boolean {
  if (wish.appendTimeMs !== stoppedAtMs) return wish.appendTimeMs < stoppedAtMs;
  return partitionOf(wish.to) < partition;
}

function partitionOf(streamId: string): number {
  return Number(streamId.slice(streamId.lastIndexOf('/') + 1));
}
