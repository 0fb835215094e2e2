import { expect, test } from 'vitest';
import { describeTraffic } from './describe-traffic.js';

const traffic = { recordsPerSecond: 5, expectedRate: () => 1.6789 };

test('the mean is told with what is to be expected now', () => {
  expect(describeTraffic(traffic, 5, 0)).toEqual([
    'synthetic traffic of 5/s, the mean of a week: more by day, less at night, about 1.7/s at this hour',
  ]);
});

test('a rate that changes nothing is said to, with what to do', () => {
  const [, sentence] = describeTraffic(traffic, 2500, 0);

  expect(sentence).toBe(
    '--rate 2,500/s changes nothing: what --state began with 5/s goes on so; name another file to begin anew',
  );
});

test('where no rate was asked for, one that differs from the usual is no mistake', () => {
  expect(describeTraffic(traffic, undefined, 0)).toHaveLength(1);
});
