// A stream from a list of records, read with one artifact while others are asked for, on a store that may die.
import { expect } from 'vitest';
import type { AlertEvent } from '../../core/alert-event.js';
import { LOG_START_MS } from '../../core/log-like.testkit.js';
import type { LogRecord, Read } from '../../core/record.js';
import { fitSmall, type ScorableArtifact } from '../../core/scorer.testkit.js';
import { createMemoryStore } from '../adapters/memory-store.js';
import { consume, type ConsumeJob } from '../consume/consume.js';
import { createListSink, createListSource, createTestClock } from '../consume/consume.testkit.js';
import type { ResultStore, StoredAlert } from '../ports.js';

/** Alerts from a few errors in a window on, which log-like records have now and then. */
export function model(version: string, threshold: number): ScorableArtifact {
  const fitted = fitSmall({ detector: version === 'b' ? 'combined' : 'error-count' });
  return { ...fitted, version, threshold: { ...fitted.threshold, value: threshold } };
}
export const a = model('a', 0.05);
export const b = model('b', 0.4);
export const c = model('c', 0.1);
const models = new Map([a, b, c].map((each) => [each.version, each]));

const decodeModel = (text: string): ScorableArtifact => {
  const found = models.get(text);
  if (found === undefined) throw new Error(`no such model: ${text}`);
  return found;
};

export async function storeWithModels(): Promise<ResultStore> {
  const store = createMemoryStore();
  for (const each of models.values()) await store.keepModel(each, each.version);
  return store;
}

export const ask = (store: ResultStore, replaces: ScorableArtifact, to: ScorableArtifact): void =>
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

export interface Play {
  readonly records: readonly LogRecord[];
  readonly ticks: boolean;
  /** By the number of the batch that it comes before. */
  readonly requests?: ReadonlyMap<number, readonly [ScorableArtifact, ScorableArtifact]>;
  /** Sizes of the batches, again and again. Default 1. */
  readonly sizes?: readonly number[];
  readonly deaths?: readonly { readonly atWrite: number; readonly isAfter: boolean }[];
  readonly shadows?: readonly ScorableArtifact[];
  readonly decode?: (text: string) => ScorableArtifact;
  readonly onRecord?: (index: number, store: ResultStore) => void;
}

function inBatches(reads: readonly Read[], sizes: readonly number[]): Read[][] {
  const batches: Read[][] = [];
  for (let at = 0; at < reads.length;) {
    const size = sizes[batches.length % sizes.length]!;
    batches.push(reads.slice(at, at + size));
    at += size;
  }
  return batches;
}

/** About a second of wall clock a batch, so that each request is seen soon. */
export async function play({
  records,
  ticks,
  requests = new Map(),
  deaths = [],
  shadows = [],
  sizes = [1],
  ...rest
}: Play) {
  const clock = createTestClock(LOG_START_MS);
  const store = await storeWithModels();
  const sink = createListSink();
  const warnings: string[] = [];
  const asked = new Set<number>();
  const onBatch = (index: number): void => {
    const newest = batches[index]!.at(-1)!;
    clock.set(Math.max(clock.nowMs() + 1000, newest.ok ? newest.record.eventTimeMs : 0));
    rest.onRecord?.(index, store);
    const request = requests.get(index);
    if (request === undefined || asked.has(index)) return;
    asked.add(index);
    ask(store, ...request);
  };
  const batches = inBatches(asReads(records), sizes);
  const source = createListSource(batches, clock, { onBatch, isAlwaysCaughtUp: true });
  const job: ConsumeJob = {
    artifact: a,
    source,
    store,
    sinks: [sink],
    clock,
    signal: new AbortController().signal,
    ticks,
    commitEveryMs: 0,
    decodeModel: rest.decode ?? decodeModel,
    shadows,
    hooks: { onWarning: (sentence) => warnings.push(sentence) },
  };
  /** Any artifact that speaks for a window will do to go on. */
  const artifactNow = async (choice: number): Promise<ScorableArtifact> => {
    const named = (await store.modelSwitches()).map(({ to }) => models.get(to.version)!);
    const all = [a, ...named];
    return all[choice % all.length]!;
  };
  for (const { atWrite, isAfter } of deaths) {
    const again = {
      ...job,
      artifact: await artifactNow(atWrite),
      store: dyingStore(store, atWrite, isAfter),
    };
    await consume(again).catch((error: Error) => {
      if (error.message !== 'killed') throw error;
    });
  }
  const summary = await consume({ ...job, artifact: await artifactNow(deaths.length) });
  return { store, sink, warnings, summary, switches: await store.modelSwitches() };
}

/** Of all artifacts. */
export async function alertsOf(store: ResultStore): Promise<(StoredAlert & { readonly version: string })[]> {
  const all = await Promise.all(
    [a, b, c].map(async (artifact) =>
      (await store.alerts({ artifact })).map((alert) => ({ ...alert, version: artifact.version })),
    ),
  );
  return all.flat();
}

/**
 * Each alert is stored once, opens before anything else, ends once each time; a source has one open alert at most.
 *
 * @param events as they were sent: some more than once, if somebody died
 */
export function expectOneLifeEach(
  events: readonly AlertEvent[],
  alerts: readonly (StoredAlert & { readonly version: string })[],
): void {
  expect(new Set(alerts.map(({ alertId }) => alertId)).size).toBe(alerts.length);
  const open = alerts.filter(({ isOpen }) => isOpen);
  expect(new Set(open.map(({ source }) => source)).size).toBe(open.length);
  const byId = new Map(events.map((event) => [event.eventId, event]));
  expect(new Set(events.map((event) => JSON.stringify(event))).size).toBe(byId.size);
  const lives = new Map<string, AlertEvent[]>();
  for (const event of byId.values()) lives.set(event.alertId, [...(lives.get(event.alertId) ?? []), event]);
  for (const [alertId, own] of lives) {
    // one that was taken back may open again, with a number of its own
    const runs = new Set(own.map(({ eventId }) => eventId.split('-')[1]));
    for (const run of runs) {
      const life = own.filter(({ eventId }) => eventId.split('-')[1] === run);
      expect(life.map(({ eventId }) => Number(eventId.split('-')[2]))).toEqual(life.map((_, n) => n));
      expect(life.map(({ type }) => type[0]).join('')).toMatch(/^(ou*r)*(ou*)?$/);
    }
    const last = own.at(-1)!;
    expect(alerts.find((each) => each.alertId === alertId)?.isOpen).toBe(last.type !== 'resolved');
  }
}
