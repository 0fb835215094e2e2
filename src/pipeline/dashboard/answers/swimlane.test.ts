import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { createTestDashboard, HOP_MS, T0, windowsOf } from '../dashboard.testkit.js';
import { TEST_KEY, testCommit } from '../../store/result-store.testkit.js';
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

test('after a switch of models each window is that of whoever was champion', async () => {
  // v1  0.1 0.1 0.1 0.9 0.9   (it goes on as a shadow)
  // v2  0.7 0.7 0.7 0.2 0.2   (it was a shadow first)
  //                 ^ switch, in the middle of a bucket
  const { data, store } = await createTestDashboard();
  const to = { name: 'demo', version: 'v2' };
  const lanes = { v1: [0.1, 0.1, 0.1, 0.9, 0.9], v2: [0.7, 0.7, 0.7, 0.2, 0.2] } as const;
  const request = await store.requestPromotion({
    kind: 'promote',
    stream: TEST_KEY.streamId,
    to,
    replaces: TEST_KEY.artifact,
    by: 'kim',
    requestTimeMs: T0,
  });
  const atMs = T0 + 3 * HOP_MS;
  const planned = {
    requestId: request.id,
    streamId: TEST_KEY.streamId,
    from: TEST_KEY.artifact,
    to,
    atMs,
    plannedTimeMs: T0,
    effectTimeMs: atMs,
    refused: null,
  };
  for (const [version, scores] of Object.entries(lanes)) {
    const key = { streamId: TEST_KEY.streamId, artifact: { name: 'demo', version } };
    const owner = await store.takeOver(key, ['log_count', 'error_count']);
    const role = version === 'v2' ? ('champion' as const) : ('shadow' as const);
    const commit = testCommit({ windows: windowsOf('api', scores, 2), lane: { role, fromMs: null } });
    await store.commitTogether([{ key, epoch: owner.epoch, commit }], version === 'v2' ? [planned] : []);
  }

  const { lanes: found, markers } = await answerSwimlane(data, { fromMs: T0, toMs: T0 + 180_000 }, 60_000);

  expect(found).toEqual([{ source: 'api', scores: [0.1, 0.2, 0.2], alerting: [0, 0, 0] }]);
  expect(markers).toEqual([{ kind: 'model', atMs, text: 'demo@v2' }]);
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
