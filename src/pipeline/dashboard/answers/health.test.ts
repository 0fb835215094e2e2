import { expect, test } from 'vitest';
import { createTestDashboard, T0 } from '../dashboard.testkit.js';
import type { Heartbeat } from '../reader.js';
import { TEST_KEY } from '../../store/result-store.testkit.js';
import { aheadSources, answerHealth, silentSources } from './health.js';
import { pipelineSeries } from './health-series.js';

const MINUTE_MS = 60_000;

const beat = (minute: number, changes: Partial<Heartbeat> = {}): Heartbeat => ({
  consumerId: 'c1',
  atMs: T0 + minute * MINUTE_MS,
  startedMs: T0 - MINUTE_MS,
  state: 'running',
  streams: ['kafka:logs/0'],
  artifact: TEST_KEY.artifact,
  read: 0,
  scored: 0,
  late: 0,
  setAside: 0,
  lag: null,
  watermarkMs: null,
  residentBytes: 1,
  stages: {},
  broker: null,
  sources: {},
  ...changes,
});

const RANGE = { fromMs: T0, toMs: T0 + 4 * MINUTE_MS };

test('totals become rates, and a minute in which nobody was heard is unknown, not zero', () => {
  const { timesMs, series } = pipelineSeries(
    [
      beat(-1, { read: 1000, late: 5 }),
      beat(0, { read: 1600, late: 5, lag: 7 }),
      beat(1, { read: 2200, late: 8, lag: 3, watermarkMs: T0 }),
      beat(3, { read: 2200, late: 8, lag: 0, watermarkMs: T0 }),
    ],
    RANGE,
  );

  expect(timesMs).toEqual([0, 1, 2, 3].map((minute) => T0 + minute * MINUTE_MS));
  expect(series).toEqual({
    recordsPerSecond: [10, 10, null, 0],
    lag: [7, 3, null, 0],
    watermarkLagMs: [null, MINUTE_MS, null, 3 * MINUTE_MS],
    late: [0, 3, null, 0],
    deadLettered: [0, 0, null, 0],
  });
});

test('several beats of a minute add up to its rate, and so do several consumers', () => {
  const beats = [1, 2, 3, 4, 5, 6].flatMap((n) => [
    beat(0, { atMs: T0 + n * 9999, read: n * 100, startedMs: T0 }),
    beat(0, { consumerId: 'c2', atMs: T0 + n * 9999, read: n * 50, startedMs: T0 }),
  ]);

  expect(pipelineSeries(beats, RANGE).series.recordsPerSecond[0]).toBeCloseTo(900 / 60, 9);
});

test('of stages the median is weighed and the worst tail told; stages that nobody told of are left out', () => {
  const stages = (p50: number, p99: number, count: number) => ({
    commitToStored: { p50, p95: p99 - 1, p99, count },
  });

  const told = pipelineSeries(
    [beat(0, { stages: stages(2, 10, 30) }), beat(0.5, { stages: stages(6, 90, 10) })],
    RANGE,
  );

  expect(told.stages).toEqual([
    {
      stage: 'commitToStored',
      what: 'committing → stored',
      p50Ms: [3, null, null, null],
      p95Ms: [89, null, null, null],
      p99Ms: [90, null, null, null],
    },
  ]);
});

test('a source is silent for longer than is likely for it; whoever reads it must be there to say so', () => {
  const nowMs = T0 + 10 * MINUTE_MS;
  const sources = { api: nowMs - 30_000, db: nowMs - 5 * MINUTE_MS };

  expect(silentSources([beat(10, { sources })], undefined, nowMs)).toEqual([
    { source: 'db', lastRecordMs: sources.db, usualGapMs: null },
  ]);
  expect(silentSources([beat(8, { sources })], undefined, nowMs)).toEqual([]);
  expect(silentSources([beat(10, { sources, state: 'ended' })], undefined, nowMs)).toEqual([]);
});

test('a source whose time is beyond what still corrects its windows is ahead, the furthest first', () => {
  const nowMs = T0 + 10 * MINUTE_MS;
  const sources = { api: nowMs + 5 * MINUTE_MS, db: nowMs + 6 * MINUTE_MS, web: nowMs + 60 * MINUTE_MS };

  expect(aheadSources([beat(10, { sources })], undefined, nowMs)).toEqual([
    { source: 'web', recordMs: sources.web },
    { source: 'db', recordMs: sources.db },
  ]);
  expect(aheadSources([beat(10, { sources, state: 'ended' })], undefined, nowMs)).toEqual([]);
});

test('health tells consumers, the store, the broker and sinks', async () => {
  const { data, clock } = await createTestDashboard();
  clock.set(T0 + 4 * MINUTE_MS);
  const broker = { address: 'localhost:9092', isReachable: false };
  await data.reader.beat(beat(1, { broker }));
  await data.reader.beat(beat(4, { consumerId: 'c2', state: 'ended' }));

  const health = await answerHealth(data, RANGE);

  expect(health.consumers.map(({ id, state }) => [id, state])).toEqual([
    ['c2', 'ended'],
    ['c1', 'silent'],
  ]);
  expect(health).toMatchObject({ broker, sinks: [], store: { kind: 'sqlite', isWritable: true } });
  expect(health.store.bytes).toBeGreaterThan(0);
});

test('over a month the quantiles of a stage are those of all its durations, not of the beats that are kept', async () => {
  const hourMs = 60 * MINUTE_MS;
  const range = { fromMs: T0, toMs: T0 + 30 * 24 * hourMs };
  // a beat every ten seconds for six hours: of a hundred durations one takes a second, and no beat that is kept has it
  const spans = Array.from({ length: 36 }, (_, n) => ({
    fromMs: T0 + n * 10 * MINUTE_MS,
    stages: { commitToStored: [160, 5880, 320, n === 20 ? 3000 : 60] },
  }));
  const kept = beat(5, { stages: { commitToStored: { p50: 1, p95: 1, p99: 1, count: 100 } } });

  const [stage] = pipelineSeries([kept], range, spans).stages;

  expect(stage!.p50Ms[0]).toBeCloseTo(1.023, 3);
  expect(stage!.p95Ms[0]).toBeCloseTo(1.023, 3);
  expect(stage!.p99Ms[0]).toBeGreaterThan(1000);
  expect(stage!.p50Ms.slice(1).every((each) => each === null)).toBe(true);
});
