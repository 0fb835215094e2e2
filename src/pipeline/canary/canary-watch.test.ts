// The judge over a real store: from what a consumer committed to figures, labels and the alert about a missed canary.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { AlertEvent } from '../../core/alert-event.js';
import { canaryAnomalies } from '../../core/canary/canary-plan.js';
import { CANARY_SOURCE, DETECTION_SOURCE } from '../../core/canary/canary-source.js';
import { fitSmall } from '../../core/scorer.testkit.js';
import { createSqliteStore } from '../adapters/sqlite-store.js';
import { createListSink, createTestClock } from '../consume/consume.testkit.js';
import type { DashboardReader } from '../dashboard/reader.js';
import type { ResultStore } from '../ports.js';
import { openReader } from '../store/open-reader.js';
import { testCommit, testEvent } from '../store/result-store.testkit.js';
import { deadlineOf } from './canary-outcome.js';
import { watchCanary } from './canary-watch.js';

const HOUR_MS = 3_600_000;
const START_MS = Date.UTC(2026, 2, 2);
const artifact = fitSmall();
const anomalies = canaryAnomalies(HOUR_MS, START_MS, START_MS + 4 * HOUR_MS);

interface Scene {
  readonly store: ResultStore;
  readonly reader: DashboardReader;
  readonly clock: ReturnType<typeof createTestClock>;
  readonly sink: ReturnType<typeof createListSink>;
}

async function createScene(): Promise<Scene> {
  const folder = mkdtempSync(join(tmpdir(), 'loghorn-canary-'));
  const path = join(folder, 'results.db');
  const clock = createTestClock(START_MS);
  const store = createSqliteStore(path);
  const reader = await openReader({ kind: 'sqlite', path }, { clock, create: true, onWarning: () => {} });
  onTestFinished(async () => {
    await reader.close();
    await store.close();
    rmSync(folder, { recursive: true });
  });
  return { store, reader, clock, sink: createListSink() };
}

/** As a consumer would have told the anomaly. */
async function tell(
  { store }: Scene,
  index: number,
  afterMs: number,
  type: AlertEvent['type'] = 'opened',
): Promise<void> {
  const { startMs } = anomalies[index]!;
  const { name, version } = artifact;
  const owner = await store.takeOver({ streamId: 'logs', artifact: { name, version } }, FEATURES);
  const alertId = `canary-alert-${index}`;
  const beganMs = Math.min(startMs, startMs + afterMs - 30_000);
  await owner.commit(
    testCommit({
      commitTimeMs: startMs + afterMs,
      alerts: [
        testEvent({
          type,
          alertId,
          eventId: `${alertId}-0-${type}`,
          source: CANARY_SOURCE,
          sinceMs: beganMs,
          untilMs: beganMs + 30_000,
          startMs: beganMs,
          endMs: beganMs + 30_000,
        }),
      ],
    }),
  );
}
const FEATURES = artifact.spec.features.map(({ name }) => name);

function watch({ store, reader, clock, sink }: Scene, judged = artifact) {
  return watchCanary({
    artifact: judged,
    everyMs: HOUR_MS,
    store,
    reader,
    sinks: [sink],
    clock,
    onWarning: (sentence) => expect.unreachable(sentence),
  });
}

/** The clock of the tests moves on with every sleep of the judge. */
async function until({ clock }: Scene, untilMs: number): Promise<void> {
  clock.set(Math.max(clock.nowMs(), untilMs - 10_000));
  for (let turn = 0; clock.nowMs() < untilMs && turn < 10_000; turn++)
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
}

test('one is caught, two are missed, one is caught: one alert for people, opened, worse, and over', async () => {
  const scene = await createScene();
  const judge = watch(scene);
  await until(scene, anomalies[0]!.startMs - 20_000);
  await tell(scene, 0, 45_000);
  for (const index of [0, 1, 2]) await until(scene, deadlineOf(anomalies[index]!, artifact) + 20_000);
  await tell(scene, 3, 50_000);
  await until(scene, anomalies[3]!.startMs + 90_000);
  await judge.stop();

  const { caught, missed, timeToDetect } = judge.figures();

  expect({ caught, missed }).toEqual({ caught: 2, missed: 2 });
  expect(timeToDetect.max()).toBeLessThanOrEqual(50_000_000);
  expect(scene.sink.notices.map(({ event: { type, source } }) => [type, source])).toEqual([
    ['opened', DETECTION_SOURCE],
    ['updated', DETECTION_SOURCE],
    ['resolved', DETECTION_SOURCE],
  ]);
  const [alert] = await scene.reader.alerts({
    fromMs: 0,
    toMs: START_MS + 9 * HOUR_MS,
    source: DETECTION_SOURCE,
  });
  expect(alert?.alert.isOpen).toBe(false);
  const labels = await scene.reader.labels({ fromMs: START_MS, toMs: START_MS + 4 * HOUR_MS });
  expect(labels.map(({ id, isCanary }) => [id, isCanary])).toEqual(anomalies.map(({ id }) => [id, true]));
});

test('a second judge waits for the first to leave, and goes on where it stood', async () => {
  const scene = await createScene();
  const first = watch(scene);
  await until(scene, START_MS + 20_000);
  await until(scene, deadlineOf(anomalies[0]!, artifact) + 20_000);
  await first.stop();

  const second = watch(scene);
  await until(scene, scene.clock.nowMs() + 60_000);
  await until(scene, deadlineOf(anomalies[1]!, artifact) + 20_000);
  await second.stop();

  expect(first.figures().missed + second.figures().missed).toBe(2);
  const types = scene.sink.notices.map(({ event }) => `${event.type} ${event.alertId}`);
  expect(types).toHaveLength(2);
  expect(types[1]).toBe(types[0]!.replace('opened', 'updated'));
});

test('a canary whose alert fires already is told when that becomes worse', async () => {
  const scene = await createScene();
  const judge = watch(scene);
  await until(scene, anomalies[0]!.startMs - 20_000);
  await tell(scene, 0, -120_000);
  await tell(scene, 0, 40_000, 'updated');
  await until(scene, deadlineOf(anomalies[0]!, artifact) + 20_000);
  await judge.stop();

  const { caught, missed, timeToDetect } = judge.figures();

  expect({ caught, missed }).toEqual({ caught: 1, missed: 0 });
  expect(timeToDetect.max()).toBeGreaterThan(20_000_000);
});

test('what a former version of the model left open is over once another one judges; of another model it stays', async () => {
  const scene = await createScene();
  const former = { ...artifact, version: 'before' };
  const other = { ...artifact, name: 'of another team' };
  for (const each of [former, other]) {
    const judge = watch(scene, each);
    await until(scene, scene.clock.nowMs() + 20_000);
    await until(scene, deadlineOf(anomalies[0]!, artifact) + 20_000);
    await judge.stop();
    scene.clock.set(START_MS);
  }
  expect(scene.sink.notices.map(({ event }) => event.type)).toEqual(['opened', 'opened']);
  scene.clock.set(deadlineOf(anomalies[0]!, artifact) + 60_000);

  const judge = watch(scene);
  await until(scene, scene.clock.nowMs() + 20_000);
  await judge.stop();

  const told = scene.sink.notices
    .slice(2)
    .map(({ event: { type, reason, alertId } }) => ({ type, reason, alertId }));
  const { alertId } = scene.sink.notices[0]!.event;
  expect(told).toEqual([{ type: 'resolved', reason: 'model changed', alertId }]);
});
