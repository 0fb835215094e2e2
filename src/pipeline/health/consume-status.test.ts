import { expect, test } from 'vitest';
import { createTestClock } from '../consume/consume.testkit.js';
import { createConsumeStatus, MOST_SOURCES, OTHER_SOURCES } from './consume-status.js';
import { createCounter, type StreamCounts } from '../consume/counts.js';
import type { SourceMemory, StreamState } from '../ports.js';

const zero = createCounter().counts(0);
const read = (count: number): StreamCounts => ({ ...zero, records: { ...zero.records, read: count } });
const memory = (source: string, maxEventTimeMs: number): SourceMemory => ({
  source,
  windows: { gate: { maxEventTimeMs } },
  alertLife: null,
});
const fresh: StreamState = { position: undefined, counts: undefined, sources: [] };
const commitOf = (counts: StreamCounts, sources: readonly SourceMemory[] = []) => ({
  counts,
  sources,
  position: { offset: counts.records.read },
});

test('totals are of this process: what earlier runs or other consumers read is not in them', () => {
  const status = createConsumeStatus(createTestClock(0));
  status.onTakeOver('kafka:logs/0', { ...fresh, counts: read(1000) });
  status.onCommit('kafka:logs/0', commitOf(read(1010)));
  status.onReleased('kafka:logs/0');
  status.onTakeOver('kafka:logs/0', { ...fresh, counts: read(5000) });
  status.onCommit('kafka:logs/0', commitOf(read(5001)));

  expect(status.state().totals.read).toBe(11);
});

test('an artifact that took the place of another counts anew, and the totals go on', () => {
  const status = createConsumeStatus(createTestClock(0));
  status.onTakeOver('stdin', fresh);
  for (const windows of [100, 3, 5]) status.onCommit('stdin', commitOf({ ...zero, windows }));

  expect(status.state().totals.windows).toBe(102);
});

test('what was read waits until it is stored', () => {
  const clock = createTestClock(7000);
  const status = createConsumeStatus(clock);
  status.onTakeOver('stdin', fresh);
  status.onRead('stdin');
  clock.set(9000);
  status.onRead('stdin');

  expect(status.state().streams[0]!.waitsSinceMs).toBe(7000);
  status.onCommit('stdin', commitOf(read(2)));
  expect(status.state().streams[0]).toEqual({
    streamId: 'stdin',
    position: { offset: 2 },
    waitsSinceMs: undefined,
  });
});

test('sources beyond the limit share one label, which tells of the one furthest behind', () => {
  const status = createConsumeStatus(createTestClock(0));
  status.onTakeOver('stdin', fresh);
  const sources = Array.from({ length: MOST_SOURCES + 3 }, (_, n) => memory(`s${n}`, 1000 - n));
  status.onCommit('stdin', commitOf(read(1), sources));

  const { watermarksMs } = status.state();

  expect(watermarksMs.size).toBe(MOST_SOURCES + 1);
  expect(watermarksMs.get('s0')).toBe(1000);
  expect(watermarksMs.get(OTHER_SOURCES)).toBe(1000 - MOST_SOURCES - 2);
});
