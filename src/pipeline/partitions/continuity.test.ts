import { expect, test } from 'vitest';
import { createContinuity } from './continuity.js';
import type { PartitionBatch } from './partition-group.js';

/** Messages of these offsets, each stamped with its own offset plus 1,000. */
function batchOf(offsets: readonly number[], nextOffset = offsets.at(-1)! + 1): PartitionBatch {
  const messages = offsets.map((offset) => ({
    offset: String(offset),
    timestamp: String(1000 + offset),
    key: null,
    value: null,
  }));
  return {
    partition: 0,
    messages,
    firstOffset: offsets[0] ?? nextOffset - 1,
    nextOffset,
    highWatermark: 1e6,
    receivedTimeMs: 0,
  };
}

function judged(batch: PartitionBatch, nextOffset: number): unknown {
  const continuity = createContinuity();
  continuity.begin(nextOffset, undefined);
  const verdict = continuity.judge(batch);
  return verdict.kind === 'next' ? verdict.messages.map(({ offset }) => Number(offset)) : verdict.kind;
}

test('what comes next is given out, what was read before is left out', () => {
  expect(judged(batchOf([5, 6, 7]), 5)).toEqual([5, 6, 7]);
  expect(judged(batchOf([3, 4, 5, 6]), 5)).toEqual([5, 6]);
  expect(judged(batchOf([3, 4]), 5)).toEqual([]);
  expect(judged(batchOf([2, 3]), 5)).toBe('behind');
});

test('a gap is believed only when it is there twice', () => {
  const continuity = createContinuity();
  continuity.begin(5, undefined);

  expect(continuity.judge(batchOf([9, 10]))).toEqual({ kind: 'ask-again' });
  expect(continuity.judge(batchOf([9, 10]))).toMatchObject({ kind: 'next', isAfterGap: true });
  // a late answer to what was asked before was none
  continuity.moveTo(11);
  expect(continuity.judge(batchOf([40]))).toEqual({ kind: 'ask-again' });
  expect(continuity.judge(batchOf([11, 12]))).toMatchObject({ kind: 'next', isAfterGap: false });
});

test('the last message, read again, tells the log, and is not given out', () => {
  const continuity = createContinuity();
  continuity.begin(5, { offset: 4, timestampMs: 1004 });

  const verdict = continuity.judge(batchOf([4, 5, 6]));

  expect(verdict).toMatchObject({ kind: 'next', messages: [{ offset: '5' }, { offset: '6' }] });
  expect(continuity.isChecking()).toBe(false);
});

test('another message in its place means another log; none in its place means nothing', () => {
  const other = createContinuity();
  other.begin(5, { offset: 4, timestampMs: 77 });
  expect(other.judge(batchOf([4, 5]))).toEqual({ kind: 'other-log' });

  const compacted = createContinuity();
  compacted.begin(5, { offset: 4, timestampMs: 1004 });
  expect(compacted.judge({ ...batchOf([], 5), firstOffset: 4 })).toMatchObject({
    kind: 'next',
    messages: [],
  });
});
