import { expect, test } from 'vitest';
import { label, labelsOf, minuteMs, row } from './evaluate.testkit.js';
import { healthyTime, perDay } from './healthy-time.js';
import { judge } from './match-labels.js';

const dayMs = 24 * 60 * minuteMs;

test('overlapping windows and services count once in total, files add up, labels and their grace do not count', () => {
  // api      0   1   2   3 min, sliding by half a minute; billing 0–1; file b again api 0–1
  // label api 2–2.5, grace half a minute
  const minute = (source: string, startMinutes: number, file?: string) =>
    row(source, startMinutes * minuteMs, 0, {
      endMs: (startMinutes + 1) * minuteMs,
      ...(file === undefined ? {} : { file }),
    });
  const rows = [
    minute('api', 0),
    minute('api', 0.5),
    minute('api', 1),
    minute('api', 1.5), // touches the label
    minute('api', 2), // in it
    minute('api', 3),
    minute('billing', 0),
    minute('api', 0, 'b'),
  ];
  const labels = labelsOf([label('a', 2 * minuteMs, 2.5 * minuteMs)], dayMs);

  const { totalMs, bySourceMs } = healthyTime(judge(rows, labels, 0.5 * minuteMs).windows);

  expect(totalMs).toBe((2 + 1 + 1) * minuteMs);
  expect([...bySourceMs]).toEqual([
    ['api', (2 + 1 + 1) * minuteMs],
    ['billing', minuteMs],
  ]);
});

test('a count per day of no time is null', () => {
  expect(perDay(3, dayMs / 2)).toBe(6);
  expect(perDay(0, 0)).toBeNull();
});
