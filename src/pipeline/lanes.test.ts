import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { arbLogLike, LOG_START_MS } from '../core/log-like.testkit.js';
import type { LogRecord, Read } from '../core/record.js';
import { fitSmall, score, type ScorableArtifact } from '../core/scorer.testkit.js';
import { TEST_SPEC } from '../core/window/windower.testkit.js';
import { createMemoryStore } from './adapters/memory-store.js';
import { consume, type ConsumeJob } from './consume.js';
import { createListSink, createListSource, createTestClock } from './consume.testkit.js';
import type { ResultStore, StoredWindow } from './ports.js';
import { isSameArtifact, type ModelSwitch, ownerAt } from './promotion.js';

/** Alerts from a few errors in a window on, which log-like records have now and then. */
function model(version: string, threshold: number): ScorableArtifact {
  const fitted = fitSmall({ detector: version === 'b' ? 'combined' : 'error-count' });
  return { ...fitted, version, threshold: { ...fitted.threshold, value: threshold } };
}
const a = model('a', 0.05);
const b = model('b', 0.4);
const c = { ...model('c', 0.1) };
const models = new Map([a, b, c].map((each) => [each.version, each]));
const { windowMs } = TEST_SPEC;

const decodeModel = (text: string): ScorableArtifact => {
  const found = models.get(text);
  if (found === undefined) throw new Error(`no such model: ${text}`);
  return found;
};

async function storeWithModels(): Promise<ResultStore> {
  const store = createMemoryStore();
  for (const each of models.values()) await store.keepModel(each, each.version);
  return store;
}

const ask = (store: ResultStore, replaces: ScorableArtifact, to: ScorableArtifact): void =>
  void store.requestPromotion({
    kind: 'promote',
    stream: 'list',
    to: { name: to.name, version: to.version },
    replaces: { name: replaces.name, version: replaces.version },
    by: 'tester',
    requestTimeMs: 0,
  });

const asReads = (records: readonly LogRecord[]): Read[] =>
  records.map((record, index) => ({ ok: true, record, line: index + 1, lines: 1 }));

type Plain = Omit<StoredWindow, 'eligibleTimeMs' | 'scoredTimeMs' | 'revision'>;

const plain = (row: StoredWindow): Plain => {
  const { eligibleTimeMs: _, scoredTimeMs: __, revision: ___, ...rest } = row;
  return rest;
};
const NO_TIMES = { eligibleTimeMs: 0, scoredTimeMs: 0 };
const offline = (artifact: ScorableArtifact, records: readonly LogRecord[]): readonly Plain[] =>
  score(
    artifact,
    records.map((record) => ({ kind: 'record', record })),
  ).final.map((row) => plain({ ...row, ...NO_TIMES, features: Array.from(row.features) }));

/** Dies before or after the nth writing of anything that belongs to a commit. */
function dyingStore(store: ResultStore, atWrite: number, isAfter: boolean): ResultStore {
  let writes = 0;
  const dying = async (write: () => Promise<void>): Promise<void> => {
    const isLast = writes++ === atWrite;
    if (isLast && !isAfter) throw new Error('killed');
    await write();
    if (isLast) throw new Error('killed');
  };
  return {
    ...store,
    commitTogether: (parts, switches) => dying(() => store.commitTogether(parts, switches)),
    takeOver: async (key, names) => {
      const owner = await store.takeOver(key, names);
      return { ...owner, commit: (commit) => dying(() => owner.commit(commit)) };
    },
  };
}

interface Play {
  readonly records: readonly LogRecord[];
  readonly ticks: boolean;
  /** By the number of the record that it comes before. */
  readonly requests: ReadonlyMap<number, readonly [ScorableArtifact, ScorableArtifact]>;
  readonly deaths?: readonly { readonly atWrite: number; readonly isAfter: boolean }[];
  readonly shadows?: readonly ScorableArtifact[];
}

/** One record a batch, about a second of wall clock each, so that each request is seen soon. */
async function play({ records, ticks, requests, deaths = [], shadows = [] }: Play) {
  const clock = createTestClock(LOG_START_MS);
  const store = await storeWithModels();
  const sink = createListSink();
  const warnings: string[] = [];
  const asked = new Set<number>();
  const onBatch = (index: number): void => {
    clock.set(Math.max(clock.nowMs() + 1000, records[index]!.eventTimeMs));
    const request = requests.get(index);
    if (request === undefined || asked.has(index)) return;
    asked.add(index);
    ask(store, ...request);
  };
  const source = createListSource(
    asReads(records).map((read) => [read]),
    clock,
    { onBatch, isAlwaysCaughtUp: true },
  );
  const job: ConsumeJob = {
    artifact: a,
    source,
    store,
    sinks: [sink],
    clock,
    signal: new AbortController().signal,
    ticks,
    commitEveryMs: 0,
    decodeModel,
    shadows,
    hooks: { onWarning: (sentence) => warnings.push(sentence) },
  };
  for (const { atWrite, isAfter } of deaths)
    await consume({ ...job, store: dyingStore(store, atWrite, isAfter) }).catch((error: Error) => {
      if (error.message !== 'killed') throw error;
    });
  const summary = await consume(job);
  return { store, sink, warnings, summary, switches: await store.modelSwitches() };
}

/** The rows of whoever speaks for them. */
async function championRows(store: ResultStore, switches: readonly ModelSwitch[]): Promise<Plain[]> {
  const all = await Promise.all(
    [a, b, c].map(async (artifact) =>
      (await store.windows({ artifact })).filter(({ startMs }) =>
        isSameArtifact(ownerAt(a, switches, startMs), artifact),
      ),
    ),
  );
  return all.flat().map(plain);
}

const byWindow = (x: Plain, y: Plain): number =>
  x.startMs - y.startMs || (x.source < y.source ? -1 : x.source > y.source ? 1 : 0);

const arbRecords = arbLogLike({ ...TEST_SPEC, maxRecords: 300, slips: false });
const arbDeath = fc.record({ atWrite: fc.nat(40), isAfter: fc.boolean() });

test('law 8: whenever a promotion is asked for and whoever dies, each window is of one artifact, as if it had read all', async () => {
  let switched = 0;
  await fc.assert(
    fc.asyncProperty(
      arbRecords,
      fc.array(fc.nat(200), { minLength: 1, maxLength: 3 }),
      fc.array(arbDeath, { maxLength: 3 }),
      fc.boolean(),
      async (records, at, deaths, ticks) => {
        // there, and back to the former one, and there again
        const steps = [
          [a, b],
          [b, a],
          [a, b],
        ] as const;
        const moments = [...new Set(at)].sort((x, y) => x - y);
        const requests = new Map(moments.map((moment, index) => [moment, steps[index]!]));

        const { store, sink, switches } = await play({ records, ticks, requests, deaths });

        const wanted = new Map([a, b, c].map((each) => [each.version, offline(each, records)]));
        const lastMs = Math.max(...wanted.get('a')!.map(({ endMs }) => endMs));
        const speaker = (startMs: number): string => ownerAt(a, switches, startMs).version;
        const rows = (await championRows(store, switches)).filter(({ endMs }) => endMs <= lastMs);
        expect(rows.sort(byWindow)).toEqual(
          [a, b]
            .flatMap(({ version }) =>
              wanted.get(version)!.filter(({ startMs }) => speaker(startMs) === version),
            )
            .sort(byWindow),
        );
        const ids = sink.notices.map(({ event }) => event.eventId);
        expect(new Set(ids).size).toBe(new Set(sink.notices.map(({ event }) => JSON.stringify(event))).size);
        for (const artifact of [a, b])
          for (const { sinceMs, untilMs } of await store.alerts({ artifact })) {
            expect(speaker(sinceMs)).toBe(artifact.version);
            expect(speaker(untilMs - windowMs)).toBe(artifact.version);
          }
        switched += switches.filter(({ effectTimeMs }) => effectTimeMs !== null).length;
      },
    ),
    { numRuns: 25 },
  );
  expect(switched).toBeGreaterThan(5);
});
