import { expect, test } from 'vitest';
import { layOutDays } from './template-layout.js';

test('days that are cut alike are one run, whichever buckets they fall into', () => {
  // the time before: hours 36 to 108; twelve buckets: hours 108 to 180
  const runs = layOutDays({ fromHour: 108, bucketHours: 6, buckets: 12 });

  const whole = [
    [0, 5],
    [6, 11],
    [12, 17],
    [18, 23],
  ];
  expect(runs.map(({ fromDay, untilDay, cuts }) => [fromDay, untilDay, cuts])).toEqual([
    [1, 2, [[12, 23]]],
    [2, 4, [[0, 23]]],
    [
      4,
      5,
      [
        [0, 11],
        [12, 17],
        [18, 23],
      ],
    ],
    [5, 7, whole],
    [
      7,
      8,
      [
        [0, 5],
        [6, 11],
      ],
    ],
  ]);
  expect(runs.map(({ bucketsOf }) => bucketsOf)).toEqual([
    [[-1]],
    [[-1], [-1]],
    [[-1, 0, 1]],
    [
      [2, 3, 4, 5],
      [6, 7, 8, 9],
    ],
    [[10, 11]],
  ]);
});

test('whole days of a month, and of the month before it, are one run', () => {
  const runs = layOutDays({ fromHour: 20_000 * 24, bucketHours: 24, buckets: 30 });

  expect(runs).toHaveLength(1);
  expect(runs[0]).toMatchObject({ fromDay: 19_970, untilDay: 20_030, cuts: [[0, 23]] });
  expect(runs[0]!.bucketsOf.flat().slice(28, 33)).toEqual([-1, -1, 0, 1, 2]);
});
