import { expect, test } from 'vitest';
import { createManualClock } from '../../sinks/courier.testkit.js';
import type { EventHub } from './event-hub.js';
import { runHub } from './run-hub.js';

test('a store that fails or does not answer is told, and so is its return', async () => {
  const clock = createManualClock();
  const stop = new AbortController();
  const told: boolean[] = [];
  let answer = async (): Promise<void> => undefined;
  const hub: EventHub = {
    clients: 1,
    connect: () => undefined,
    tick: async () => await answer(),
    beat: () => undefined,
    tellStore: (isReadable) => {
      if (told.at(-1) !== isReadable) told.push(isReadable);
    },
  };
  const running = runHub(hub, clock, stop.signal, () => undefined);

  await clock.advance(2000);
  expect(told).toEqual([true]);
  answer = async () => {
    throw new Error('disk I/O error');
  };
  await clock.advance(2000);
  expect(told).toEqual([true, false]);
  answer = async () => undefined;
  await clock.advance(2000);
  expect(told).toEqual([true, false, true]);
  // longer than anybody waits for a look
  answer = async () => await clock.sleep(15_000);
  await clock.advance(12_000);
  expect(told).toEqual([true, false, true, false]);

  stop.abort();
  await clock.advance(20_000);
  await running;
});
