import { expect, test } from 'vitest';
import type { Clock } from '../ports.js';
import { createRetry } from './postgres-retry.js';

/** Time passes by sleeping alone. */
function createSleepyClock(): Clock {
  let nowMs = 0;
  return {
    nowMs: () => nowMs,
    sleep: async (durationMs) => {
      nowMs += durationMs;
    },
  };
}

const refused = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });

test('a server that goes away is waited for a minute', async () => {
  const clock = createSleepyClock();
  const retrying = createRetry({ shownAddress: 'postgres://shown', clock });
  await retrying(async () => 'it has answered before');

  const tried = retrying(() => Promise.reject(refused));

  await expect(tried).rejects.toThrow('postgres://shown: connect ECONNREFUSED');
  expect(clock.nowMs()).toBeGreaterThan(55_000);
  expect(clock.nowMs()).toBeLessThanOrEqual(60_000);
});

test('once the process is told to stop, for four seconds more', async () => {
  const clock = createSleepyClock();
  const stop = new AbortController();
  const retrying = createRetry({ shownAddress: 'postgres://shown', clock, stopping: stop.signal });
  await retrying(async () => 'it has answered before');

  const tried = retrying(async () => {
    if (clock.nowMs() > 10_000) stop.abort();
    throw refused;
  });

  await expect(tried).rejects.toThrow(/tried for 1\d s/);
  expect(clock.nowMs()).toBeLessThan(16_000);
});

test('what comes back in time is done as if nothing had been', async () => {
  const clock = createSleepyClock();
  const stop = new AbortController();
  stop.abort();
  const retrying = createRetry({ shownAddress: 'postgres://shown', clock, stopping: stop.signal });

  const result = await retrying(async () => {
    if (clock.nowMs() < 1000) throw refused;
    return 'done';
  });

  expect(result).toBe('done');
});
