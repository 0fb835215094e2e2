import { expect, test } from 'vitest';
import type { Clock } from '../ports.js';
import { createOffsetAdvice } from './offset-advice.js';

/** A clock whose sleeps end when the test says so. */
function createHeldClock(): Clock & { wake(): Promise<void> } {
  let waking: (() => void)[] = [];
  return {
    nowMs: () => 0,
    sleep: async (_durationMs, signal) =>
      new Promise((resolve) => {
        waking.push(resolve);
        signal?.addEventListener('abort', () => resolve());
      }),
    wake: async () => {
      for (const resolve of waking) resolve();
      waking = [];
      await new Promise((resolve) => {
        setImmediate(resolve);
      });
    },
  };
}

test('the last offset is told after a while, also when nothing follows it', async () => {
  const told: number[] = [];
  const clock = createHeldClock();
  const advice = createOffsetAdvice({ commitOffset: async (_, offset) => void told.push(offset) }, 3, clock);
  for (const offset of [5, 6, 7]) advice.note(offset);

  await clock.wake();
  advice.note(9);
  await clock.wake();
  await clock.wake();

  expect(told).toEqual([7, 9]);
});

test('what is flushed is not told once more, and a broker that does not answer is no matter', async () => {
  const told: number[] = [];
  const clock = createHeldClock();
  const commitOffset = async (_: number, offset: number): Promise<void> => {
    told.push(offset);
    throw new Error('no coordinator');
  };
  const advice = createOffsetAdvice({ commitOffset }, 3, clock);
  advice.note(5);

  await advice.flush();
  await clock.wake();

  expect(told).toEqual([5]);
});
