import { expect, test } from 'vitest';
import type { Swimlane } from '../api.js';
import { cellWords, laneRows } from './lane-words.js';

const FROM_MS = Date.UTC(2026, 10, 22, 12, 0);
const SWIMLANE: Swimlane = {
  fromMs: FROM_MS,
  toMs: FROM_MS + 180_000,
  bucketMs: 60_000,
  lanes: [{ source: 'pay\u202ements', scores: [0.2, null, 0.99], alerting: [0, 0, 2] }],
  threshold: 0.97,
  markers: [],
};

test('a cell says its service, its time and on which side of the threshold it is', () => {
  const words = [0, 1, 2].map((bucket) => cellWords(SWIMLANE, { lane: 0, bucket }, 'UTC', FROM_MS));

  expect(words).toEqual([
    'pay\\u{202e}ments, 12:00 – 12:01: score 0.200, below the threshold 0.970',
    'pay\\u{202e}ments, 12:01 – 12:02: no window',
    'pay\\u{202e}ments, 12:02 – 12:03: score 0.990, above the threshold 0.970; 2 windows flagged',
  ]);
});

test('a service with a threshold of its own is held to that', () => {
  const own = { ...SWIMLANE, lanes: [{ ...SWIMLANE.lanes[0]!, threshold: 0.995 }] };

  expect(cellWords(own, { lane: 0, bucket: 2 }, 'UTC', FROM_MS)).toContain(
    'score 0.990, below the threshold 0.995',
  );
});

test('a row of the table sums its lane up', () => {
  expect(laneRows(SWIMLANE)).toEqual([
    {
      source: 'pay\u202ements',
      windowsAlerting: 2,
      peakScore: 0.99,
      peakMs: FROM_MS + 120_000,
      firstAlertMs: FROM_MS + 120_000,
      covered: 2 / 3,
    },
  ]);
});
