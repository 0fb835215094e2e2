import { expect, test } from 'vitest';
import { readScores } from './read-scores.js';

const GOOD = {
  source: 'api',
  startMs: 0,
  endMs: 30_000,
  records: 12,
  score: 0.25,
  threshold: 0.9,
  alert: false,
};

function read(...rows: unknown[]): unknown {
  return [...readScores(rows.map((row) => (typeof row === 'string' ? row : JSON.stringify(row))))];
}

test('rows are read as they were written, without what an evaluation does not need', () => {
  const filed = { ...GOOD, file: 'a.log', revision: 1 };

  expect(read(GOOD, '', { ...filed, features: { log_count: 12 } }, ' ')).toEqual([GOOD, filed]);
});

test.each([
  ['{"source": "api"', 'scores line 2: wanted a JSON object, got "{\\"source\\": \\"api\\""'],
  ['[1]', 'scores line 2: wanted a JSON object, got [1]'],
  [{ ...GOOD, source: '' }, 'scores line 2: "source" must be a service name or "*", got ""'],
  [{ ...GOOD, startMs: '0' }, 'scores line 2: "startMs" must be whole milliseconds since 1970, got "0"'],
  [{ ...GOOD, endMs: 0 }, 'scores line 2: "endMs" must be whole milliseconds after startMs 0, got 0'],
  [{ ...GOOD, records: -1 }, 'scores line 2: "records" must be a whole number of at least 0, got -1'],
  [{ ...GOOD, score: 1.5 }, 'scores line 2: "score" must be a number from 0 to 1, got 1.5'],
  [{ ...GOOD, score: Number.NaN }, 'scores line 2: "score" must be a number from 0 to 1, got null'],
  [{ ...GOOD, threshold: undefined }, 'scores line 2: "threshold" must be a number, got nothing'],
  [{ ...GOOD, alert: 1 }, 'scores line 2: "alert" must be true or false, got 1'],
  [{ ...GOOD, file: 3 }, 'scores line 2: "file" must be a text or absent, got 3'],
  [
    { ...GOOD, revision: 0.5 },
    'scores line 2: "revision" must be a whole number of at least 0, or absent, got 0.5',
  ],
])('a bad row is refused by its line: %j', (bad, message) => {
  expect(() => read(GOOD, bad)).toThrow(message);
});

test('a very long line is cut in the message', () => {
  expect(() => read('x'.repeat(100_000))).toThrow(/^.{60,140}$/);
});
