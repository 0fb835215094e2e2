import { expect, test } from 'vitest';
import type { PartitionBatch } from './partition-group.js';
import { createPartitionQueue, type PartitionQueue } from './partition-queue.js';

const HIGH_BYTES = 10_000;

function batch(firstOffset: number, bytes = 1000): PartitionBatch {
  const value = Buffer.alloc(bytes);
  return {
    partition: 4,
    messages: [{ offset: String(firstOffset), timestamp: '0', key: null, value }],
    firstOffset,
    nextOffset: firstOffset + 1,
    highWatermark: 1e6,
    receivedTimeMs: 0,
  };
}

interface Held {
  readonly queue: PartitionQueue;
  /** What the client was told. */
  readonly calls: string[];
}

function held(): Held {
  const calls: string[] = [];
  const group = {
    readFrom: (partition: number, offset: number) => void calls.push(`read ${partition} from ${offset}`),
    pause: (partition: number) => void calls.push(`pause ${partition}`),
    resume: (partition: number) => void calls.push(`resume ${partition}`),
  };
  return { queue: createPartitionQueue(group, 4, HIGH_BYTES), calls };
}

const never = new AbortController().signal;
const offsetOf = (taken: PartitionBatch | 'rejoined' | undefined): unknown =>
  typeof taken === 'object' ? taken.firstOffset : taken;

test('nothing is let in before it was said where to begin', async () => {
  const { queue, calls } = held();
  queue.put(batch(0));
  queue.restartAt(5);
  queue.put(batch(5));

  expect(offsetOf(await queue.take(never))).toBe(5);
  expect(calls).toEqual(['read 4 from 5']);
});

test('a full queue holds its partition back, once, until half of it is read', async () => {
  const { queue, calls } = held();
  queue.restartAt(0);
  for (let offset = 0; offset < 12; offset++) queue.put(batch(offset));
  expect(calls).toEqual(['read 4 from 0', 'pause 4']);

  for (let offset = 0; offset < 7; offset++) expect(offsetOf(await queue.take(never))).toBe(offset);
  expect(calls).not.toContain('resume 4');
  for (let offset = 7; offset < 12; offset++) expect(offsetOf(await queue.take(never))).toBe(offset);

  expect(calls).toEqual(['read 4 from 0', 'pause 4', 'resume 4']);
});

test('when the group has met, what is held is forgotten, and it is to be said anew where to go on', async () => {
  const { queue, calls } = held();
  queue.restartAt(0);
  queue.put(batch(0));
  queue.rejoined();
  queue.put(batch(1));
  // asked before it was heard
  queue.restartAt(0);

  expect(await queue.take(never)).toBe('rejoined');
  queue.restartAt(0);
  queue.put(batch(0));
  expect(offsetOf(await queue.take(never))).toBe(0);
  expect(calls).toEqual(['read 4 from 0', 'read 4 from 0']);
});

test('who waits is woken by a batch, by a meeting and by the signal', async () => {
  const { queue } = held();
  const stop = new AbortController();
  queue.restartAt(0);

  setTimeout(() => queue.put(batch(0)), 1);
  expect(offsetOf(await queue.take(stop.signal))).toBe(0);
  setTimeout(() => queue.rejoined(), 1);
  expect(await queue.take(stop.signal)).toBe('rejoined');
  setTimeout(() => stop.abort(), 1);
  expect(await queue.take(stop.signal)).toBeUndefined();
});
