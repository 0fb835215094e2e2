// Which partitions are this process's to read, and a loop for each. The group says whom a partition was given to, the store
// who may write: a loop that was fenced begins again only once the group has met anew, so that a process that woke from
// a long sleep does not fight with the one that stood in for it.
import { type Clock, FencedError } from '../ports.js';
import type { PartitionBatch, PartitionGroup } from './partition-group.js';
import { createPartitionQueue, type PartitionQueue } from './partition-queue.js';

export interface AssignmentsOptions {
  readonly group: Pick<PartitionGroup, 'topic' | 'sessionTimeoutMs' | 'readFrom' | 'pause' | 'resume'>;
  readonly clock: Clock;
  /** The loop of one partition: ends with its input or the signal. */
  readonly run: (partition: number, queue: PartitionQueue, signal: AbortSignal) => Promise<void>;
  /** A loop failed for good. */
  readonly onFailed: (error: Error) => void;
  readonly onWarning: (sentence: string) => void;
}

export interface Assignments {
  /** The group has met and given this member these. */
  assign(partitions: readonly number[]): void;
  put(batch: PartitionBatch): void;
  partitions(): readonly number[];
  /** Partitions that the group says are this member's and the store says are another's, for two session time-outs by now. */
  takeStuck(): readonly number[];
  /** Loops that another owner of their stream has stopped. */
  fenced(): number;
  /** Stops all loops and begins no more; resolves once they are. */
  stop(): Promise<void>;
}

/** Bytes that wait to be scored, over all partitions together; each has at least one fetch of room. */
const QUEUED_BYTES = 16 * 2 ** 20;
const LEAST_QUEUED_BYTES = 2 ** 20;

interface Loop {
  readonly partition: number;
  readonly queue: PartitionQueue;
  readonly stop: AbortController;
  /** How often the group had met when it began. */
  readonly sinceMeeting: number;
  fencedAtMs: number | undefined;
  /** Settles once it is over; never rejects. */
  over: Promise<void>;
}

export function createAssignments(options: AssignmentsOptions): Assignments {
  const { group, clock, onWarning } = options;
  const loops = new Map<number, Loop>();
  /** The loop that a partition had before, told to stop and maybe still committing. */
  const former = new Map<number, Promise<void>>();
  let meetings = 0;
  let fenced = 0;
  let isStopped = false;

  const begin = (partition: number, highBytes: number): void => {
    const before = Promise.all([former.get(partition), loops.get(partition)?.over]);
    const loop: Loop = {
      partition,
      queue: createPartitionQueue(group, partition, highBytes),
      stop: new AbortController(),
      sinceMeeting: meetings,
      fencedAtMs: undefined,
      over: Promise.resolve(),
    };
    loops.set(partition, loop);
    loop.over = before
      .then(() =>
        loop.stop.signal.aborted ? undefined : options.run(partition, loop.queue, loop.stop.signal),
      )
      .catch((error: unknown) => {
        if (error instanceof FencedError) onFenced(loop, highBytes);
        else options.onFailed(error as Error);
      });
  };

  const onFenced = (loop: Loop, highBytes: number): void => {
    fenced++;
    // it was given away anyway
    if (loops.get(loop.partition) !== loop || loop.stop.signal.aborted) return;
    loop.fencedAtMs = clock.nowMs();
    group.pause(loop.partition);
    onWarning(
      `partition ${loop.partition} of topic ${group.topic} was taken over by another process: what was not committed here is left to it`,
    );
    if (loop.sinceMeeting < meetings) {
      // the group has met since and has named this member again
      loops.delete(loop.partition);
      begin(loop.partition, highBytes);
    }
  };

  const release = (loop: Loop): void => {
    loops.delete(loop.partition);
    loop.stop.abort();
    former.set(loop.partition, loop.over);
  };

  return {
    assign: (partitions) => {
      // the group may meet once more while this member is on its way out: what begins then would never end
      if (isStopped) return;
      meetings++;
      const highBytes = Math.max(LEAST_QUEUED_BYTES, QUEUED_BYTES / Math.max(1, partitions.length));
      for (const loop of loops.values()) if (!partitions.includes(loop.partition)) release(loop);
      for (const partition of partitions) {
        const loop = loops.get(partition);
        if (loop === undefined || loop.fencedAtMs !== undefined) begin(partition, highBytes);
        else loop.queue.rejoined();
      }
    },
    put: (batch) => loops.get(batch.partition)?.queue.put(batch),
    partitions: () => [...loops.keys()].sort((a, b) => a - b),
    takeStuck: () => {
      const stuck = [...loops.values()].filter(
        ({ fencedAtMs }) =>
          fencedAtMs !== undefined && clock.nowMs() - fencedAtMs >= 2 * group.sessionTimeoutMs,
      );
      for (const loop of stuck) loop.fencedAtMs = clock.nowMs();
      return stuck.map(({ partition }) => partition);
    },
    fenced: () => fenced,
    stop: async () => {
      isStopped = true;
      for (const { stop } of loops.values()) stop.abort();
      await Promise.all([...former.values(), ...[...loops.values()].map(({ over }) => over)]);
    },
  };
}
