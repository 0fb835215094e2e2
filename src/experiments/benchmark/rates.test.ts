import { expect, test } from 'vitest';
import { measureRates } from './rates.js';

/** Two stages on a clock that their work moves: records for each run, ms for each of its rounds. */
function stagesOn(clock: { nowMs: number }, order: string[]) {
  const stage = (name: string, records: number, ...ms: readonly number[]) => {
    let round = 0;
    return {
      name,
      run: async () => {
        order.push(name);
        clock.nowMs += ms[round++]!;
        return records;
      },
    };
  };
  return [stage('parse', 1000, 500, 1000, 2000), stage('score', 1000, 4000, 4000, 8000)];
}

test('rates are the median over rounds in turn, and a ratio to the first stage', async () => {
  const clock = { nowMs: 0 };
  const order: string[] = [];

  const rates = await measureRates(stagesOn(clock, order), 3, {
    wallMs: () => clock.nowMs,
    // the first 4 s were this process's own, then it had a tenth of the machine
    cpuMs: () => Math.min(clock.nowMs, 4000) + Math.max(0, clock.nowMs - 4000) / 10,
  });

  expect(order).toEqual(['parse', 'score', 'parse', 'score', 'parse', 'score']);
  expect(rates).toEqual([
    { name: 'parse', recordsPerSecond: 1000, range: [500, 2000], ratio: 1, cpuRatio: 1 },
    { name: 'score', recordsPerSecond: 250, range: [125, 250], ratio: 0.25, cpuRatio: 0.25 },
  ]);
});
