// What was fetched of one partition and not read yet: bounded, by holding the partition back while there is enough.
import type { PartitionBatch, PartitionGroup } from './partition-group.js';

export interface PartitionQueue {
  /** From the client's callback: never waits. Of no effect before the first `restartAt`. */
  put(batch: PartitionBatch): void;
  /** The next batch; `rejoined` when it is to be said anew where reading goes on; undefined once the signal aborts. */
  take(signal: AbortSignal): Promise<PartitionBatch | 'rejoined' | undefined>;
  isEmpty(): boolean;
  /** Forgets what is held, and lets the client go on at an offset. */
  restartAt(offset: number): void;
  /** The group has met anew: forgets what is held and lets nothing in until `restartAt`. */
  rejoined(): void;
}

/** @param highBytes from which on nothing more is fetched; it goes on below a half of it */
export function createPartitionQueue(
  group: Pick<PartitionGroup, 'readFrom' | 'pause' | 'resume'>,
  partition: number,
  highBytes: number,
): PartitionQueue {
  let batches: PartitionBatch[] = [];
  let heldBytes = 0;
  let isPaused = false;
  let isOpen = false;
  let hasRejoined = false;
  let wake = (): void => {};

  const forget = (): void => {
    batches = [];
    heldBytes = 0;
    isPaused = false;
  };

  return {
    put: (batch) => {
      if (!isOpen) return;
      batches.push(batch);
      heldBytes += bytesOf(batch);
      if (!isPaused && heldBytes >= highBytes) {
        isPaused = true;
        group.pause(partition);
      }
      wake();
    },
    take: async (signal) => {
      if (batches.length === 0 && !hasRejoined && !signal.aborted) {
        await new Promise<void>((resolve) => {
          wake = () => {
            signal.removeEventListener('abort', wake);
            resolve();
          };
          signal.addEventListener('abort', wake);
        });
      }
      if (signal.aborted) return undefined;
      if (hasRejoined) {
        hasRejoined = false;
        return 'rejoined';
      }
      const batch = batches.shift()!;
      heldBytes -= bytesOf(batch);
      if (isPaused && heldBytes < highBytes / 2) {
        isPaused = false;
        group.resume(partition);
      }
      return batch;
    },
    isEmpty: () => batches.length === 0 && !hasRejoined,
    restartAt: (offset) => {
      // what the group said meanwhile comes first
      if (hasRejoined) return;
      forget();
      isOpen = true;
      group.readFrom(partition, offset);
    },
    rejoined: () => {
      forget();
      isOpen = false;
      hasRejoined = true;
      wake();
    },
  };
}

/** What a message costs besides its text, about. */
const MESSAGE_BYTES = 200;

function bytesOf({ messages }: PartitionBatch): number {
  let bytes = 0;
  for (const { value } of messages) bytes += (value?.length ?? 0) + MESSAGE_BYTES;
  return bytes;
}
