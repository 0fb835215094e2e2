import { setImmediate as turn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { createTestClock } from '../consume/consume.testkit.js';
import { createCounter } from '../consume/counts.js';
import type { Heartbeat } from '../dashboard/reader.js';
import { packedDurations } from '../latency/packed-histogram.js';
import { createTelemetry } from '../latency/telemetry.js';
import { type Heartbeats, startHeartbeats } from './heartbeat.js';

const KEY = { name: 'demo', version: 'v1' };
const zero = createCounter().counts(0);
const readSoFar = (read: number) => ({
  counts: { ...zero, records: { ...zero.records, read } },
  position: { offset: read },
  sources: [{ source: 'api', windows: { gate: { maxEventTimeMs: 5000 } }, alertLife: null }],
});

function start(
  beat: (heartbeat: Heartbeat) => Promise<void>,
  onWarning: (sentence: string) => void = () => {},
): Heartbeats {
  const clock = createTestClock(7000);
  return startHeartbeats({ artifact: KEY, clock, beat, residentBytes: () => 42, onWarning });
}

/** Time passes at once in these tests, that for the last beat too: it gets its turns here. */
async function stop(heartbeats: Heartbeats, isEnded: boolean): Promise<void> {
  await heartbeats.stop(isEnded);
  for (let n = 0; n < 10; n++) await turn();
}

test('a beat tells what was stored since the start, and the last one that it ended', async () => {
  const beats: Heartbeat[] = [];
  const heartbeats = start(async (beat) => void beats.push(beat));
  heartbeats.observer.onTakeOver('stdin', { ...readSoFar(100), sources: [] });
  heartbeats.observer.onCommit('stdin', readSoFar(107));

  await stop(heartbeats, true);

  expect(beats.at(-1)).toMatchObject({
    state: 'ended',
    streams: ['stdin'],
    artifact: KEY,
    read: 7,
    watermarkMs: 5000,
    sources: { api: 5000 },
    residentBytes: 42,
    lag: null,
    broker: null,
  });
  expect(new Set(beats.map(({ consumerId }) => consumerId)).size).toBe(1);
});

test('a consumer that failed does not say that it ended', async () => {
  const states: string[] = [];
  const heartbeats = start(async ({ state }) => void states.push(state));

  await stop(heartbeats, false);

  expect(new Set(states)).toEqual(new Set(['running']));
});

test('stages are those of the minute and since the beat before, and whoever else listens hears them too', async () => {
  const counts: (number | undefined)[] = [];
  const added: number[] = [];
  const heartbeats = start(async (beat) => {
    counts.push(beat.stages['commitToStored']?.count);
    added.push(packedDurations(beat.added?.['commitToStored'] ?? []).count);
  });
  const main = createTelemetry();
  const telemetry = heartbeats.listenTo(main);
  await turn();
  telemetry.observe('commitToStored', true, 3, 5);

  await stop(heartbeats, true);

  expect(added.reduce((sum, count) => sum + count, 0)).toBe(5);
  expect(Math.max(...counts.map((count) => count ?? 0))).toBe(5);
  expect(main.live().commitToStored?.count).toBe(5);
});

test('a store that is away is told once, and stops nothing', async () => {
  const warnings: string[] = [];
  const heartbeats = start(
    async () => {
      throw new Error('the store is away');
    },
    (sentence) => warnings.push(sentence),
  );

  await stop(heartbeats, true);

  expect(warnings).toEqual(['the dashboard is not told how this consumer does: the store is away']);
});

test('a broker that does not answer is told as one, without lag', async () => {
  const beats: Heartbeat[] = [];
  const heartbeats = start(async (beat) => void beats.push(beat));
  heartbeats.watchGroup('kafka://b:1/logs', 'g', {
    topic: 'logs',
    offsets: async () => {
      throw new Error('no answer');
    },
  });

  await stop(heartbeats, true);

  expect(beats.at(-1)).toMatchObject({
    lag: null,
    broker: { address: 'kafka://b:1/logs', isReachable: false },
  });
});

test('lag is what the broker has less what is stored', async () => {
  const beats: Heartbeat[] = [];
  const heartbeats = start(async (beat) => void beats.push(beat));
  heartbeats.observer.onTakeOver('kafka:logs/0', { position: undefined, sources: [], counts: undefined });
  heartbeats.observer.onCommit('kafka:logs/0', readSoFar(10));
  heartbeats.watchGroup('kafka://b:1/logs', 'g', {
    topic: 'logs',
    offsets: async () => new Map([[0, { lowOffset: 0, highOffset: 25 }]]),
  });

  await stop(heartbeats, true);

  expect(beats.at(-1)).toMatchObject({ lag: 15, broker: { isReachable: true } });
});
