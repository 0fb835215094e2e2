import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { arbScored, label, labelsOf, minuteMs, row, rowsOf, windowMs } from './evaluate.testkit.js';
import { rankLabels } from './event-ranking.js';
import { judge } from './match-labels.js';

const dayMs = 24 * 60 * minuteMs;

function rankOf(rows: Parameters<typeof judge>[0], one: ReturnType<typeof label>, graceMs = 0) {
  return rankLabels(judge(rows, labelsOf([one], dayMs), graceMs), graceMs).get(0);
}

describe('a label among healthy stretches of its own length', () => {
  test('is ranked by the highest score of each', () => {
    // minutes  0       1       2       3       4
    //          [.1 .2) [.6 .1) [.5 .3) [.9 .1)
    //                          LLLLLLL            .5 beats .2, not .6 and .9
    const rows = rowsOf('api', [0.1, 0.2, 0.6, 0.1, 0.5, 0.3, 0.9, 0.1]);

    expect(rankOf(rows, label('a', 2 * minuteMs, 3 * minuteMs))).toEqual({ score: 0.5, separation: 1 / 3 });
  });

  test('shares a tie', () => {
    const rows = rowsOf('api', [0.5, 0.2, 0.5, 0.2]);

    expect(rankOf(rows, label('a', minuteMs, 2 * minuteMs))).toEqual({ score: 0.5, separation: 0.5 });
  });

  test('is compared with its own services only', () => {
    const rows = [...rowsOf('api', [0.1, 0.2, 0.5, 0.3]), ...rowsOf('billing', [0.9, 0.9, 0.9, 0.9])];

    expect(rankOf(rows, label('a', minuteMs, 2 * minuteMs))).toEqual({ score: 0.5, separation: 1 });
  });

  test('is not compared with a stretch that the data cuts short', () => {
    // the label is a minute at 1:30, and the first stretch before it that is whole begins at 0:30
    const rows = rowsOf('api', [0.9, 0.1, 0.1, 0.5, 0.5]);

    expect(rankOf(rows, label('a', 3 * windowMs, 5 * windowMs))).toEqual({ score: 0.5, separation: 1 });
  });

  test('is not compared with other trouble', () => {
    const labels = labelsOf([label('a', 0, minuteMs), label('b', minuteMs, 2 * minuteMs)], dayMs);
    const rows = rowsOf('api', [0.5, 0.5, 0.9, 0.9, 0.1, 0.1]);

    expect(rankLabels(judge(rows, labels, 0), 0).get(0)).toEqual({ score: 0.5, separation: 1 });
  });

  test('says nothing when there is no healthy stretch, or its services were never scored', () => {
    expect(rankOf(rowsOf('api', [0.5]), label('a', 0, windowMs))).toEqual({ score: 0.5, separation: null });
    expect(rankOf(rowsOf('api', [0.5, 0.1]), label('a', 0, windowMs, { services: ['billing'] }))).toEqual({
      score: null,
      separation: null,
    });
  });

  test('ranks lowest when its service gave windows at other times only', () => {
    const rows = [row('billing', 10 * minuteMs, 0.3), row('api', 0, 0.1)];

    expect(rankOf(rows, label('a', 0, windowMs, { services: ['billing'] }))).toEqual({
      score: null,
      separation: 0,
    });
  });

  test('shorter than a window counts a window once, however long it is', () => {
    // minutes  0    .5         1.5  2    2.5   3
    //          [.5L)[.9        )[.1)[.1)[.1)
    const long = row('api', windowMs, 0.9, { endMs: 1.5 * minuteMs });
    const rows = [row('api', 0, 0.5), long, ...[3, 4, 5].map((i) => row('api', i * windowMs, 0.1))];

    expect(rankOf(rows, label('a', 10, 11))).toEqual({ score: 0.5, separation: 0.5 });
  });
});

test('a strictly rising transform of the scores moves no label', () => {
  fc.assert(
    fc.property(arbScored, ({ rows, labels }) => {
      const separations = (from: typeof rows): unknown =>
        [...rankLabels(judge(from, labels, minuteMs), minuteMs).values()].map(({ separation }) => separation);
      const bent = rows.map((one) => ({ ...one, score: one.score ** 3 }));

      expect(separations(bent)).toEqual(separations(rows));
    }),
  );
});
