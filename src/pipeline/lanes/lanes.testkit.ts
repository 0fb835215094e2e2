// A stream from a list of records, read with one artifact while others are asked for, on a store that may die.
import { LOG_START_MS } from '../../core/log-like.testkit.js';
import type { LogRecord, Read } from '../../core/record.js';
import { fitSmall, type ScorableArtifact } from '../../core/scorer.testkit.js';
import { createMemoryStore } from '../adapters/memory-store.js';
import { consume, type ConsumeJob } from '../consume/consume.js';
import { createListSink, createListSource, createTestClock } from '../consume/consume.testkit.js';
import type { ResultStore } from '../ports.js';

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
  /** By the number of the record that it comes before. */
  readonly requests: ReadonlyMap<number, readonly [ScorableArtifact, ScorableArtifact]>;
  readonly deaths?: readonly { readonly atWrite: number; readonly isAfter: boolean }[];
  readonly shadows?: readonly ScorableArtifact[];
  readonly decode?: (text: string) => ScorableArtifact;
  readonly onRecord?: (index: number, store: ResultStore) => void;
}

/** One record a batch, about a second of wall clock each, so that each request is seen soon. */
export async function play({ records, ticks, requests, deaths = [], shadows = [], ...rest }: Play) {
  const clock = createTestClock(LOG_START_MS);
  const store = await storeWithModels();
  const sink = createListSink();
  const warnings: string[] = [];
  const asked = new Set<number>();
  const onBatch = (index: number): void => {
    clock.set(Math.max(clock.nowMs() + 1000, records[index]!.eventTimeMs));
    rest.onRecord?.(index, store);
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
