import { expect, test } from 'vitest';
import type { LogRecord } from '../../core/record.js';
import { loadFigure, loadOverTime } from './load-over-time.js';

const at = (source: string, ...secondsOf: readonly number[]): readonly LogRecord[] =>
  secondsOf.map((second) => ({ eventTimeMs: 1000 * second, source, severity: 9, body: 'ok' }));

test('only bins that the log covers wholly are counted, the busiest service first', () => {
  // 0s      10s       20s       30s
  // |   a    |  a  b b |  b     | a
  const records = [...at('a', 5, 11, 31), ...at('b', 12, 19, 20)];

  const load = loadOverTime(records, 10_000);

  expect(load).toEqual({
    binMs: 10_000,
    startsMs: [10_000, 20_000],
    services: [
      { source: 'b', counts: [2, 1] },
      { source: 'a', counts: [1, 0] },
    ],
  });
});

test('a log shorter than a bin, or empty, has no bins', () => {
  expect(loadOverTime(at('a', 1, 2), 60_000).startsMs).toEqual([]);
  expect(loadOverTime([], 60_000)).toMatchObject({ startsMs: [], services: [] });
});

test('the figure is in records a minute', () => {
  const load = loadOverTime(at('a', 0, 1, 2, 30), 30_000);

  expect(loadFigure(load).data[0]).toMatchObject({ name: 'a', x0: 0, dx: 30_000, y: [6] });
});
