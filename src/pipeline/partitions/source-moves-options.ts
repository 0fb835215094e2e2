// What following a topic that grew needs to know and to be able to do.
import type { Clock, ResultStore } from '../ports.js';
import type { Naps } from './naps.js';
import type { OffsetRange } from './partition-group.js';
import type { SourceWatch } from './source-watch.js';
import type { SourceWishStore } from './source-wish.js';
import type { TopicGrowth } from './topic-growth.js';

export interface SourceMovesOptions {
  readonly topic: string;
  readonly store: Omit<SourceWishStore, 'sharedSources' | 'streamPositions'> & Pick<ResultStore, 'lanes'>;
  readonly growth: TopicGrowth;
  /** Of all partitions of the topic; undefined when the question was given up. */
  readonly offsets: () => Promise<ReadonlyMap<number, OffsetRange> | undefined>;
  /** Those that are read at all; undefined for all that the topic has. */
  readonly readPartitions: () => readonly number[] | undefined;
  readonly watch: SourceWatch;
  readonly clock: Clock;
  /** Woken by what the loops of this process do for each other. */
  readonly naps: Naps;
  readonly onWarning: (sentence: string) => void;
  readonly onNotice: (sentence: string) => void;
}
