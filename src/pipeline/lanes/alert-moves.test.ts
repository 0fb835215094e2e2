// A source that comes in another partition than before, while an alert of it is on that an artifact opened which never read
// the new partition.
import { expect, test } from 'vitest';
import { LOG_START_MS, plainLog } from '../../core/log-like.testkit.js';
import { createRandom } from '../../core/random.js';
import type { LogRecord } from '../../core/record.js';
import type { ScorableArtifact } from '../../core/scorer.testkit.js';
import { consume } from '../consume/consume.js';
import { createListSink, createListSource, createTestClock } from '../consume/consume.testkit.js';
import type { SourceGift } from '../partitions/source-wish.js';
import type { ResultStore } from '../ports.js';
import { testCommit, testEvent } from '../store/result-store.testkit.js';
import { a, alertsOf, c, storeWithModels } from './lanes.testkit.js';

const OLD = 'kafka:logs/1';
const NEW = 'kafka:logs/3';
const keyOf = ({ name, version }: ScorableArtifact) => ({ name, version });
const SWITCH = {
  requestId: 1,
  streamId: OLD,
  from: keyOf(a),
  to: keyOf(c),
  atMs: 0,
  plannedTimeMs: 0,
  effectTimeMs: 1,
  refused: null,
};
const steady = plainLog(2400, createRandom('steady')).map((record) => ({ ...record, severity: 9 }));
const SOURCES = [...new Set(steady.map(({ source }) => source))];

/** @param askAt number of the batch before which another artifact is asked for */
async function read(
  store: ResultStore,
  streamId: string,
  artifact: ScorableArtifact,
  records: readonly LogRecord[],
  askAt = -1,
) {
  const clock = createTestClock(LOG_START_MS);
  const sink = createListSink();
  const reads = records.map((record) => ({ ok: true, record, line: 1, lines: 1 }) as const);
  const batches = Array.from({ length: Math.ceil(reads.length / 4) }, (_, n) =>
    reads.slice(4 * n, 4 * n + 4),
  );
  const onBatch = (index: number): void => {
    clock.set(Math.max(clock.nowMs() + 1000, records[4 * index]!.eventTimeMs));
    if (index !== askAt) return;
    const request = { kind: 'promote', stream: OLD, by: 'tester', requestTimeMs: 0 } as const;
    void store.requestPromotion({ ...request, to: keyOf(c), replaces: keyOf(a) });
  };
  await consume({
    artifact,
    source: { ...createListSource(batches, clock, { onBatch, isAlwaysCaughtUp: true }), streamId },
    store,
    sinks: [sink],
    clock,
    signal: new AbortController().signal,
    ticks: false,
    commitEveryMs: 0,
    decodeModel: (text) => (text === a.version ? a : c),
  });
  return sink.notices.map(({ event }) => event);
}

/** As a partition gives them that both artifacts have been opened on. */
async function giveAll(store: ResultStore): Promise<void> {
  const parts = [];
  for (const artifact of [keyOf(c), keyOf(a)]) {
    const key = { streamId: OLD, artifact };
    parts.push({ key, epoch: (await store.takeOver(key, [])).epoch });
  }
  await store.takeOver({ streamId: NEW, artifact: keyOf(c) }, []);
  await wishAndGive(store, { parts, to: NEW, sources: SOURCES, readers: [keyOf(c)] });
}

async function wishAndGive(store: ResultStore, gift: SourceGift): Promise<void> {
  const { parts, to, sources, readers } = gift;
  const from = parts[0]!.key.streamId;
  await store.wishForSources(sources.map((source) => ({ source, from, to, appendTimeMs: 0, readers })));
  await store.giveSources(gift);
}

const noteOf = async (store: ResultStore) =>
  (await store.lanes()).find(({ streamId, artifact }) => streamId === NEW && artifact.version === a.version)
    ?.lane;

test('an alert ends in the partition that its source went to, under the name of the artifact that opened it', async () => {
  const log = steady.map((record, index) =>
    index < 200 || index >= 1400 || record.source !== 'api'
      ? record
      : { ...record, severity: 17, body: 'payment 1 failed: card declined' },
  );
  const store = await storeWithModels();
  await read(store, OLD, a, log.slice(0, 1200), 52);
  expect(await alertsOf(store)).toMatchObject([{ source: 'api', version: 'a', isOpen: true }]);
  await giveAll(store);
  expect(await noteOf(store)).toEqual({ role: 'retired', fromMs: null, hasAlerts: true });

  const events = await read(store, NEW, c, log.slice(1200));

  expect(await alertsOf(store)).toMatchObject([
    { source: 'api', version: 'a', isOpen: false, reason: 'quiet' },
  ]);
  expect(events.map(({ type }) => type).filter((type) => type !== 'updated')).toEqual(['resolved']);
});

test('what was not sent before its source went is sent from there, though no alert is on any more', async () => {
  const store = await storeWithModels();
  const former = await store.takeOver({ streamId: OLD, artifact: keyOf(a) }, []);
  const opened = testEvent({ source: 'api' });
  const resolved = testEvent({ source: 'api', type: 'resolved', eventId: 'a1-1', reason: 'quiet' });
  const lane = { fromMs: null, role: 'retired', hasAlerts: true } as const;
  await former.commit(testCommit({ alerts: [opened, resolved], lane }));
  await store.commitTogether([], [SWITCH]);
  await giveAll(store);

  const events = await read(store, NEW, c, steady.slice(0, 100));

  expect(events.filter(({ alertId }) => alertId === 'a1').map(({ type }) => type)).toEqual([
    'opened',
    'resolved',
  ]);
  expect(await noteOf(store)).toEqual({ role: 'retired', fromMs: null });
});

test('an artifact that was opened for an alert alone is not one that reads', async () => {
  const log = steady.map((record) => ({ ...record, severity: record.source === 'api' ? 17 : 9 }));
  const store = await storeWithModels();
  await read(store, OLD, a, log.slice(0, 1200), 52);
  await giveAll(store);
  // as an earlier version left it: the alert stayed behind, and nothing said what it is to the other partition
  const { epoch } = await store.takeOver({ streamId: NEW, artifact: keyOf(c) }, []);
  const key = { streamId: NEW, artifact: keyOf(c) };
  const there = 'kafka:logs/4';
  await store.takeOver({ streamId: there, artifact: keyOf(c) }, []);
  await wishAndGive(store, { parts: [{ key, epoch }], to: there, sources: SOURCES, readers: [keyOf(c)] });

  await read(store, there, c, log.slice(1200));

  const lane = (await store.lanes()).find(
    ({ streamId, artifact }) => streamId === there && artifact.version === a.version,
  )?.lane;
  expect(lane).toEqual({ role: 'retired', fromMs: null, hasAlerts: true });
});
