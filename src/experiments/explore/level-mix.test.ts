import { expect, test } from 'vitest';
import type { LogRecord } from '../../core/record.js';
import { levelMix, levelMixFigure } from './level-mix.js';

const INFO = 9;
const ERROR = 17;
const record = (source: string, severity: number): LogRecord => ({
  eventTimeMs: 0,
  source,
  severity,
  body: 'x',
});

test('shares are within each service, and who errs most comes first', () => {
  const quiet = Array.from({ length: 9 }, () => record('quiet', INFO));
  const mixes = levelMix([...quiet, record('quiet', ERROR), record('loud', INFO), record('loud', ERROR)]);

  expect(mixes.map(({ source, records }) => [source, records])).toEqual([
    ['loud', 2],
    ['quiet', 10],
  ]);
  expect(mixes[1]!.shares).toEqual([0, 0, 0, 0.9, 0, 0.1, 0]);
});

test('a severity that a service never wrote has no mark, one that nobody wrote no name', () => {
  const figure = levelMixFigure(levelMix([record('a', INFO), record('b', INFO), record('b', ERROR)]));

  expect(figure.data).toMatchObject([
    { name: 'INFO', y: ['a', 'b'], x: [100, 50] },
    { name: 'ERROR', y: ['b'], x: [50] },
  ]);
});
