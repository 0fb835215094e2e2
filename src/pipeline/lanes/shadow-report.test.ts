import { expect, test } from 'vitest';
import { createMemoryStore } from '../adapters/memory-store.js';
import type { ResultStore, StoredWindow } from '../ports.js';
import type { LaneNote, ModelSwitch } from './promotion.js';
import { testCommit, testWindow } from '../store/result-store.testkit.js';
import { reportShadows } from './shadow-report.js';

const windowMs = 30_000;
const streamId = 'file:/a.log';
const keyOf = (version: string) => ({ streamId, artifact: { name: 'demo', version } });

/** A window for each score, the first one at 0; 0.5 and more alert. */
const rows = (scores: readonly number[], first = 0): StoredWindow[] =>
  scores.map((score, index) => {
    const startMs = (first + index) * windowMs;
    return testWindow({ startMs, endMs: startMs + windowMs, score, alert: score >= 0.5 });
  });

async function write(
  store: ResultStore,
  version: string,
  role: LaneNote['role'],
  windows: readonly StoredWindow[],
  switches: readonly ModelSwitch[] = [],
): Promise<void> {
  const { epoch } = await store.takeOver(keyOf(version), []);
  const commit = testCommit({ windows, lane: { role, fromMs: null } });
  await store.commitTogether([{ key: keyOf(version), epoch, commit }], switches);
}

test('windows that both scored are compared by verdict and by score', async () => {
  const store = createMemoryStore();
  await write(store, 'a', 'champion', rows([0.1, 0.2, 0.6, 0.9]));
  await write(store, 's', 'shadow', rows([0.2, 0.6, 0.9, 0.3], 1));

  const [report, ...others] = await reportShadows(store);

  expect(others).toEqual([]);
  expect(report).toEqual({
    streamId,
    champion: { name: 'demo', version: 'a' },
    shadow: { name: 'demo', version: 's' },
    fromMs: windowMs,
    toMs: 4 * windowMs,
    windows: 3,
    championAlertingWindows: 2,
    shadowAlertingWindows: 2,
    bothAlertingWindows: 2,
    agreement: 1,
    scoreCorrelation: expect.closeTo(1, 5) as number,
  });
});

test('across a switch each window is compared with whoever spoke for it', async () => {
  const store = createMemoryStore();
  const there = {
    requestId: 1,
    streamId,
    from: keyOf('a').artifact,
    to: keyOf('b').artifact,
    atMs: 2 * windowMs,
    plannedTimeMs: 0,
    effectTimeMs: 0,
    refused: null,
  };
  await write(store, 'a', 'champion', rows([0.1, 0.9, 0.1, 0.1]));
  await write(store, 'b', 'champion', rows([0.1, 0.9], 2), [there]);
  await write(store, 's', 'shadow', rows([0.9, 0.9, 0.1, 0.9]));

  const [report] = await reportShadows(store);

  expect(report).toMatchObject({
    champion: { version: 'b' },
    windows: 4,
    championAlertingWindows: 2,
    bothAlertingWindows: 2,
  });
  expect(report!.agreement).toBe(0.75);
});

test('without windows in common there is nothing to say', async () => {
  const store = createMemoryStore();
  await write(store, 'a', 'champion', rows([0.1]));
  await write(store, 's', 'shadow', []);

  expect(await reportShadows(store)).toMatchObject([
    { windows: 0, agreement: null, scoreCorrelation: null, fromMs: null },
  ]);
});
