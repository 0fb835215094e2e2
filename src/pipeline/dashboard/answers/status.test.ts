import { expect, test } from 'vitest';
import { createTestDashboard, HOP_MS, openedAt, T0, windowsOf } from '../dashboard.testkit.js';
import type { Heartbeat } from '../reader.js';
import { TEST_KEY } from '../../store/result-store.testkit.js';
import { createStatusAnswer } from './status.js';

const beat = (atMs: number, changes: Partial<Heartbeat> = {}): Heartbeat => ({
  consumerId: 'c1',
  atMs,
  startedMs: T0,
  state: 'running',
  streams: ['file:/a.log'],
  artifact: TEST_KEY.artifact,
  read: 100,
  scored: 97,
  late: 2,
  setAside: 1,
  lag: null,
  watermarkMs: T0,
  residentBytes: 1,
  stages: {},
  broker: null,
  sources: {},
  ...changes,
});

test('a store without anything says that nothing ever came', async () => {
  const { data, deviations } = await createTestDashboard();

  const status = await createStatusAnswer(data, deviations)();

  expect(status).toMatchObject({
    consumer: 'never',
    watermarkMs: null,
    artifact: null,
    firing: 0,
    sources: [],
  });
});

test('running and found nothing is another thing than not running', async () => {
  const { data, deviations, commit, clock } = await createTestDashboard();
  await commit({ windows: windowsOf('api', [0.1, 0.2]) });
  const status = createStatusAnswer(data, deviations);
  const nowMs = clock.nowMs();
  expect(await status()).toMatchObject({
    consumer: 'silent',
    lastHeardMs: null,
    watermarkMs: T0 + 2 * HOP_MS,
  });

  await data.reader.beat(beat(nowMs + 0.25));
  expect(await status()).toMatchObject({
    consumer: 'running',
    lastHeardMs: nowMs,
    counts: { read: 100, scored: 97, late: 2, setAside: 1 },
    artifact: TEST_KEY.artifact,
    sources: ['api'],
  });
  clock.set(nowMs + 60_000);
  expect((await status()).consumer).toBe('running');
  clock.set(nowMs + 60_001);
  expect((await status()).consumer).toBe('silent');
  await data.reader.beat(beat(nowMs + 60_001, { state: 'ended' }));
  expect((await status()).consumer).toBe('ended');
});

test('of several consumers one that runs is enough, and counts are of those that run', async () => {
  const { data, deviations, commit, clock } = await createTestDashboard();
  await commit({ windows: windowsOf('api', [0.1]) });
  const nowMs = clock.nowMs();
  await data.reader.beat(beat(nowMs - 120_000, { consumerId: 'gone' }));
  await data.reader.beat(beat(nowMs - 1000, { consumerId: 'b', read: 5 }));
  await data.reader.beat(beat(nowMs - 2000, { consumerId: 'c', read: 7 }));

  expect(await createStatusAnswer(data, deviations)()).toMatchObject({
    consumer: 'running',
    counts: { read: 12 },
  });
});

test('what goes on is counted by incident and state, and at once where an alert or a person changes it', async () => {
  const { data, deviations, commit, clock } = await createTestDashboard();
  await commit({
    windows: windowsOf('api', [0.1, 0.95]),
    alerts: [openedAt('api', 1), openedAt('web', 2), openedAt('search', 90)],
  });
  const status = createStatusAnswer(data, deviations);
  expect(await status()).toMatchObject({ firing: 2, acknowledged: 0, silenced: 0 });

  await data.desk.note({
    alertId: 'alert-search-90',
    action: { type: 'acknowledged' },
    who: 'kim',
    atMs: clock.nowMs(),
  });
  expect(await status()).toMatchObject({ firing: 1, acknowledged: 1, silenced: 0 });
  for (const [source, window] of [
    ['api', 1],
    ['web', 2],
  ] as const)
    await commit({
      alerts: [{ ...openedAt(source, window), type: 'resolved', reason: 'quiet', eventId: `${source}-end` }],
    });
  expect((await status()).firing).toBe(0);
});
