import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { createTestDashboard, HOP_MS, T0, windowsOf } from '../dashboard.testkit.js';
import { testCommit } from '../../store/result-store.testkit.js';
import { answerSwimlane, bucketFor, MOST_BUCKETS } from './swimlane.js';

test('a bucket shows its highest score and how many windows alert; worst services first', async () => {
  const { data, commit } = await createTestDashboard();
  await commit({
    windows: [
      ...windowsOf('api', [0.1, 0.2, 0.95, 0.96]),
      ...windowsOf('web', [0.5]),
      ...windowsOf('db', [0.97]),
    ],
  });

  const { lanes, ...rest } = await answerSwimlane(data, { fromMs: T0 + 1, toMs: T0 + 3 * 60_000 }, 60_000);

  expect(rest).toEqual({
    fromMs: T0,
    toMs: T0 + 3 * 60_000,
    bucketMs: 60_000,
    threshold: 0.9,
    markers: [],
  });
  expect(lanes).toEqual([
    { source: 'api', scores: [0.2, 0.96, null], alerting: [0, 2, 0] },
    { source: 'db', scores: [0.97, null, null], alerting: [1, 0, 0] },
    { source: 'web', scores: [0.5, null, null], alerting: [0, 0, 0] },
  ]);
});

test('an empty store has no lanes, and deploys are shown all the same', async () => {
  const { data } = await createTestDashboard();
  await data.reader.addMarker({ atMs: T0, text: 'checkout 2.4.1', source: 'checkout' });

  const swimlane = await answerSwimlane(data, { fromMs: T0, toMs: T0 + 60_000 }, undefined);

  expect(swimlane.lanes).toEqual([]);
  expect(swimlane.markers).toEqual([
    { kind: 'deploy', atMs: T0, text: 'checkout 2.4.1', source: 'checkout' },
  ]);
});

interface Switch {
  readonly stream: string;
  readonly from: string;
  readonly to: string;
  /** Window that is the first of the new one. */
  readonly window: number;
}

/** What each version scored on each stream, and who took over from whom. */
async function withSwitches(
  scores: readonly (readonly [stream: string, source: string, version: string, scores: readonly number[]])[],
  switches: readonly Switch[],
) {
  const dashboard = await createTestDashboard();
  const { store } = dashboard;
  const key = (streamId: string, version: string) => ({ streamId, artifact: { name: 'demo', version } });
  for (const [stream, source, version, own] of scores) {
    const owner = await store.takeOver(key(stream, version), ['log_count', 'error_count']);
    const isLast = !switches.some(({ from }) => from === version);
    const role = isLast ? ('champion' as const) : ('shadow' as const);
    await owner.commit(testCommit({ windows: windowsOf(source, own), lane: { role, fromMs: null } }));
  }
  for (const { stream, from, to, window } of switches) {
    const { id } = await store.requestPromotion({
      kind: 'promote',
      stream,
      to: { name: 'demo', version: to },
      replaces: { name: 'demo', version: from },
      by: 'kim',
      requestTimeMs: T0,
    });
    const atMs = T0 + window * HOP_MS;
    await store.commitTogether(
      [],
      [
        {
          requestId: id,
          streamId: stream,
          from: { name: 'demo', version: from },
          to: { name: 'demo', version: to },
          atMs,
          plannedTimeMs: T0,
          effectTimeMs: atMs,
          refused: null,
        },
      ],
    );
  }
  return dashboard.data;
}

test('after a switch of models each window is that of whoever was champion, within a bucket too', async () => {
  // v1  .1 .1 .1 .9 .9   (it goes on as a shadow)
  // v2  .7 .7 .7 .2 .2   (it was a shadow first)
  //              ^ switch, in the middle of a bucket
  const data = await withSwitches(
    [
      ['a', 'api', 'v1', [0.1, 0.1, 0.1, 0.9, 0.9]],
      ['a', 'api', 'v2', [0.7, 0.7, 0.7, 0.2, 0.2]],
    ],
    [{ stream: 'a', from: 'v1', to: 'v2', window: 3 }],
  );

  const { lanes, markers } = await answerSwimlane(data, { fromMs: T0, toMs: T0 + 180_000 }, 60_000);

  expect(lanes).toEqual([{ source: 'api', scores: [0.1, 0.2, 0.2], alerting: [0, 0, 0] }]);
  expect(markers).toEqual([{ kind: 'model', atMs: T0 + 3 * HOP_MS, text: 'demo@v2' }]);
});

test('a model that spoke for less than a bucket is counted once', async () => {
  const data = await withSwitches(
    [
      ['a', 'api', 'v1', [0.1, 0.1, 0.1, 0.1]],
      ['a', 'api', 'v2', [0.1, 0.95, 0.1, 0.1]],
      ['a', 'api', 'v3', [0.1, 0.1, 0.1, 0.1]],
    ],
    [
      { stream: 'a', from: 'v1', to: 'v2', window: 1 },
      { stream: 'a', from: 'v2', to: 'v3', window: 2 },
    ],
  );

  const { lanes } = await answerSwimlane(data, { fromMs: T0, toMs: T0 + 120_000 }, 120_000);

  expect(lanes).toEqual([{ source: 'api', scores: [0.95], alerting: [1] }]);
});

test('where streams switch at different moments, a service is shown by its own champion', async () => {
  // stream a (api): v2 from window 1 on, stream b (db): v2 from window 3 on; shadows beside both
  const data = await withSwitches(
    [
      ['a', 'api', 'v1', [0.1]],
      ['a', 'api', 'v2', [0.9, 0.2, 0.2, 0.2]],
      ['b', 'db', 'v1', [0.3, 0.3, 0.3]],
      ['b', 'db', 'v2', [0.95, 0.95, 0.95, 0.4]],
    ],
    [
      { stream: 'a', from: 'v1', to: 'v2', window: 1 },
      { stream: 'b', from: 'v1', to: 'v2', window: 3 },
    ],
  );

  const { lanes } = await answerSwimlane(data, { fromMs: T0, toMs: T0 + 4 * HOP_MS }, HOP_MS);

  expect(lanes.map(({ source, scores }) => [source, scores])).toEqual([
    ['db', [0.3, 0.3, 0.3, 0.4]],
    ['api', [0.1, 0.2, 0.2, 0.2]],
  ]);
});

test('every range has a bucket that divides a day or holds whole days, and fits the screen', () => {
  const range = fc.integer({ min: 1, max: 400 * 86_400_000 });
  fc.assert(
    fc.property(range, fc.constantFrom(0, 30_000, 60_000), (lengthMs, leastMs) => {
      const bucketMs = bucketFor({ fromMs: 0, toMs: lengthMs }, leastMs);
      expect(lengthMs / bucketMs).toBeLessThanOrEqual(MOST_BUCKETS);
      expect(bucketMs).toBeGreaterThanOrEqual(leastMs);
      expect(Math.min(86_400_000 % bucketMs, bucketMs % 86_400_000)).toBe(0);
    }),
  );
});
