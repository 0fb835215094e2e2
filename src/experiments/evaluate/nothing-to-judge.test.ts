import { expect, test } from 'vitest';
import { labelsOf, minuteMs, row, windowMs } from './evaluate.testkit.js';
import { nothingToJudge } from './nothing-to-judge.js';

const labels = labelsOf([], 10 * minuteMs);

test('windows of another time than the labels are refused with both times', () => {
  const sentence = nothingToJudge([row('api', 60 * minuteMs, 0.1), row('db', 61 * minuteMs, 0.1)], labels);

  expect(sentence).toContain('none of 2 windows, 1970-01-01T01:00:00.000Z to 1970-01-01T01:01:30.000Z');
  expect(sentence).toContain('1970-01-01T00:00:00.000Z to 1970-01-01T00:10:00.000Z');
});

test('a single window that touches the time of the labels is enough, one that ends where it begins is not', () => {
  expect(nothingToJudge([row('api', 10 * minuteMs - 1, 0.1)], labels)).toBeUndefined();
  expect(nothingToJudge([row('api', -windowMs, 0.1)], labels)).toBeDefined();
});

test('no window at all is said as that', () => {
  expect(nothingToJudge([], labels)).toContain('no scored windows');
});
