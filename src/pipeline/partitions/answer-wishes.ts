// The giving side of a source that goes to another partition: which wishes a partition has read far enough to answer, and
// the answer.
import type { HeldLane } from '../lanes/lanes.js';
import type { ResultStore } from '../ports.js';
import type { ArtifactKey } from '../stream-key.js';
import type { OffsetRange } from './partition-group.js';
import { isSameArtifact } from '../lanes/promotion.js';
import { readersText, type SourceWish, type SourceWishStore } from './source-wish.js';
import { streamIdOfPartition } from './stream-id.js';

export interface AnswerOptions {
  readonly topic: string;
  readonly partition: number;
  readonly store: Pick<SourceWishStore, 'sourceWishes' | 'giveSources'> & Pick<ResultStore, 'lanes'>;
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
      const own = (await store.sourceWishes()).filter((wish) => wish.from === streamId);
      if (own.length === 0) return [];
      const readers = readersOf(held());
      const lanes = await store.lanes();
      const isRetired = (at: string, artifact: ArtifactKey): boolean =>
        lanes.some(
          (each) =>
            each.streamId === at && isSameArtifact(each.artifact, artifact) && each.lane?.role === 'retired',
        );
      const wishes = own.filter((wish) =>
        canGive(
          readers,
          wish.readers,
          (artifact) => isRetired(streamId, artifact),
          (artifact) => isRetired(wish.to, artifact),
        ),
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
        const { to, readers } = inOrder[at]!;
        const text = readersText(readers);
        const isNext = (wish: SourceWish | undefined): boolean =>
          wish?.to === to && readersText(wish.readers) === text;
        const sources: string[] = [];
        for (; isNext(inOrder[at]); at++) sources.push(inOrder[at]!.source);
        await store.giveSources({ parts, to, sources, readers });
      }
      for (const wish of wishes) ends.delete(JSON.stringify(wish));
    },
  };
}

/**
 * Whether what one stream remembers of a source is all that another one needs of it: both go on with the same artifact, and
 * whatever only one of them reads has had its time at the other. Of that one nothing of the source is left to say, for it
 * retires nowhere before its windows are final everywhere.
 */
function canGive(
  own: readonly ArtifactKey[],
  wanted: readonly ArtifactKey[],
  isRetiredHere: (artifact: ArtifactKey) => boolean,
  isRetiredThere: (artifact: ArtifactKey) => boolean,
): boolean {
  const [current, other] = [own.at(-1), wanted.at(-1)];
  if (current === undefined || other === undefined || !isSameArtifact(current, other)) return false;
  const isIn = (keys: readonly ArtifactKey[], artifact: ArtifactKey): boolean =>
    keys.some((each) => isSameArtifact(each, artifact));
  return (
    wanted.every((artifact) => isIn(own, artifact) || isRetiredHere(artifact)) &&
    own.every((artifact) => isIn(wanted, artifact) || isRetiredThere(artifact))
  );
}

/** The artifacts whose alerts go out, the one that is to go on last. */
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
