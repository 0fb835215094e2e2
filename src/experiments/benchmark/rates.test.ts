import { expect, test } from 'vitest';
import { measureRates } from './rates.js';

test('rates are the median over rounds in turn, and ratios to the first stage by wall and by processor', async () => {
  const clock = { wallMs: 0, cpuMs: 0 };
  const order: string[] = [];
  // what the wall's clock says of a round depends on what else the machine does, the processor's does not
  const stage = (name: string, cpuMs: number, ...wallMs: readonly number[]) => ({
    name,
    run: async () => {
      clock.wallMs += wallMs[order.filter((each) => each === name).length]!;
      clock.cpuMs += cpuMs;
      order.push(name);
      return 1000;
    },
  });

  const rates = await measureRates(
    [stage('parse', 500, 500, 1000, 2000), stage('score', 1000, 4000, 4000, 8000)],
    3,
    {
      wallMs: () => clock.wallMs,
      cpuMs: () => clock.cpuMs,
    },
  );

  expect(order).toEqual(['parse', 'score', 'parse', 'score', 'parse', 'score']);
  expect(rates).toEqual([
    { name: 'parse', recordsPerSecond: 1000, range: [500, 2000], ratio: 1, cpuRatio: 1 },
    { name: 'score', recordsPerSecond: 250, range: [125, 250], ratio: 0.25, cpuRatio: 0.5 },
  ]);
});
