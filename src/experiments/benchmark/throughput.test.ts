import { expect, test } from 'vitest';
import { benchmarkThroughput } from './throughput.js';

test('every way through the same records is measured, on generated logs that are gone afterwards', async () => {
  // each look at a clock is a second later: every stage of every round takes one
  let seconds = 0;
  const tick = (): number => 1000 * seconds++;
  const clocks = { wallMs: tick, cpuMs: tick };

  const { tables } = await benchmarkThroughput({ records: 3000, rounds: 1, seed: 'test', clocks });

  expect(tables[0]!.rows.map(([work]) => work)).toEqual([
    'JSON.parse',
    'records',
    'records, templates',
    'score',
  ]);
  // the wall's clock is read once in between: two looks apart
  expect(tables[0]!.rows.map((row) => row[1])).toEqual([1500, 1500, 1500, 1500]);
  expect(tables[0]!.rows.every((row) => row[4] === 1 && row[5] === 1)).toBe(true);
});
