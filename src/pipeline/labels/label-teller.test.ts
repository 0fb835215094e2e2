import { expect, test } from 'vitest';
import { createTestClock } from '../consume/consume.testkit.js';
import { createLabelTeller } from './label-teller.js';

test('a label is told when it appears and again when it has grown, and what failed is made up for', async () => {
  const clock = createTestClock(0);
  const told: object[] = [];
  let isDown = false;
  let labels: { id: string; endMs: number }[] = [];
  const teller = createLabelTeller(
    async (fresh) => {
      if (isDown) throw new Error('down');
      told.push(...fresh);
    },
    () => labels,
    clock,
  );
  const offer = async (): Promise<void> => {
    clock.set(clock.nowMs() + 10_000);
    teller.offer();
    await clock.sleep(0);
  };

  await offer();
  labels = [{ id: 'a', endMs: 1 }];
  await offer();
  await offer();
  isDown = true;
  labels = [{ id: 'a', endMs: 2 }];
  await offer();
  isDown = false;
  labels = [...labels, { id: 'b', endMs: 5 }];
  await teller.finish();

  expect(told).toEqual([
    { id: 'a', endMs: 1 },
    { id: 'a', endMs: 2 },
    { id: 'b', endMs: 5 },
  ]);
  expect(teller.told()).toBe(2);
});
