import { setImmediate as turn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { Clock, Commit } from '../ports.js';
import { createCounter } from './counts.js';
import { tellProgress } from './tell-progress.js';

const NOON_MS = Date.UTC(2026, 2, 3, 12);
const zero = createCounter().counts(0);

/** What a stream has stored when so many records and windows of it are. */
function stored(read: number, windows = 0): Pick<Commit, 'counts' | 'position' | 'sources'> {
  const counts = { ...zero, records: { ...zero.records, read }, windows };
  return { counts, position: { offset: read, nextOffset: read }, sources: [] };
}

/** Of a stream that nobody read before. */
const nothing = { ...stored(0), position: undefined, counts: undefined };

/** Minutes pass when they are told to. */
function createMinutes(): Clock & { pass(): Promise<void> } {
  let nowMs = NOON_MS;
  let wake = (): void => {};
  return {
    nowMs: () => nowMs,
    sleep: (durationMs, signal) =>
      durationMs < 60_000
        ? new Promise(() => {})
        : new Promise((resolve) => {
            wake = resolve;
            signal?.addEventListener('abort', () => resolve());
          }),
    pass: async () => {
      nowMs += 60_000;
      wake();
      for (let n = 0; n < 10; n++) await turn();
    },
  };
}

test('where the last run stopped and that records come is said once, then a line a minute what came', async () => {
  const clock = createMinutes();
  const said: string[] = [];
  const teller = tellProgress(clock, (sentence) => said.push(sentence));
  teller.observer.onTakeOver('list', { ...stored(1000, 50) });

  teller.observer.onCommit('list', stored(1000, 50));
  teller.observer.onCommit('list', stored(1012, 50));
  teller.observer.onCommit('list', stored(2500, 72));
  await clock.pass();

  expect(said).toEqual([
    'going on where the last run stopped, behind 1,000 records, 50 windows, no alerts',
    'records come: 12 read so far; a window is told of once it is over, and all that came each minute',
    '· 12:01:00Z 1,500 records, 22 windows, no alerts; 0 late, 0 set aside',
  ]);
  teller.stop();
});

test('that nothing comes any more is said once, until something does', async () => {
  const clock = createMinutes();
  const said: string[] = [];
  const teller = tellProgress(clock, (sentence) => said.push(sentence));
  teller.observer.onTakeOver('list', nothing);

  for (let n = 0; n < 5; n++) await clock.pass();
  teller.observer.onCommit('list', stored(3));
  await clock.pass();

  expect(said.map((line) => line.replace(/^· \S+ /, ''))).toEqual([
    'nothing came for a minute',
    expect.stringContaining('records come: 3'),
    '3 records, 0 windows, no alerts; 0 late, 0 set aside',
  ]);
  teller.stop();
});

test('of a topic the messages that are still to be read are told; a broker that does not answer holds up nothing', async () => {
  const clock = createMinutes();
  const said: string[] = [];
  const teller = tellProgress(clock, (sentence) => said.push(sentence));
  let isAway = false;
  teller.watchGroup('loghorn-day', {
    topic: 'logs',
    offsets: async () => {
      if (isAway) throw new Error('no broker');
      return new Map([[0, { lowOffset: 0, highOffset: 700 }]]);
    },
  });
  teller.observer.onTakeOver('kafka:logs/0', stored(0));
  teller.observer.onCommit('kafka:logs/0', stored(100));
  await clock.pass();
  teller.observer.onCommit('kafka:logs/0', stored(200));
  isAway = true;
  await clock.pass();

  expect(said.slice(1).map((line) => line.replace(/^· \S+ /, ''))).toEqual([
    '100 records, 0 windows, no alerts; 0 late, 0 set aside; 600 messages behind',
    '200 records, 0 windows, no alerts; 0 late, 0 set aside',
  ]);
  teller.stop();
});
