import { expect, test } from 'vitest';
import { durationAxis } from './health-axis.js';

test.each([
  [[], ' ms'],
  [[null, 3, 1999], ' ms'],
  [[2000, 5], ' s'],
  [[119_999], ' s'],
  [[120_000, null], ' min'],
  [[7_200_000, 4], ' h'],
])('an axis of %j is in%s', (values, suffix) => {
  expect(durationAxis(values).suffix).toBe(suffix);
});
