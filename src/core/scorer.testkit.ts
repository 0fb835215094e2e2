// A small artifact, fitted in memory by the real learners on log-like records, and runs of a scorer that can be
// compared row by row.
import type { Artifact } from './artifact.js';
import type { DetectorInput, DetectorName } from './detector/detector.js';
import { detectorByName } from './detector/registry.js';
import { FEATURE_SPEC_VERSION, type FeatureSpec } from './features/feature-spec.js';
import { createFeaturizer } from './features/featurizer.js';
import { declareFeatures } from './features/features.js';
import { learnFamilies } from './features/learn-families.js';
import { learnVocabulary } from './features/learn-vocabulary.js';
import { createScaler, learnScaling } from './features/scale.js';
import type { TrainingWindow } from './features/training-window.js';
import { learnUnknownSource } from './features/unknown-source.js';
import { plainLog } from './log-like.testkit.js';
import { createRandom } from './random.js';
import type { LogRecord, RejectReason } from './record.js';
import type { WindowRow } from './score-window.js';
import { createScorer, type RecordCounts, type ScorerSink, type ScorerSnapshot } from './scorer.js';
import { createMatcher, createMiner } from './template/miner.js';
import { isLineTypeClass } from './window/add-to-pane.js';
import { createLineTypeKeys } from './window/line-type.js';
import { severityClassOf } from './window/pane.js';
import type { WindowSpec } from './window/window-spec.js';
import { createWindower } from './window/windower.js';
import { type Feed, TEST_SPEC } from './window/windower.testkit.js';

export type ScorableArtifact = Omit<Artifact, 'probe'>;

export interface SmallFit {
  readonly window?: WindowSpec;
  readonly detector?: DetectorName;
  readonly seasonality?: boolean;
}

const ROLLING_MS = 40_000;
const HOLD_MS = 30_000;

export function fitSmall(options: SmallFit = {}): ScorableArtifact {
  const { window = TEST_SPEC, detector: detectorName = 'combined', seasonality = false } = options;
  const records = plainLog(900, createRandom('healthy'));
  const isLooked = ({ severity }: LogRecord): boolean => isLineTypeClass(severityClassOf(severity));
  const miner = createMiner('shape');
  for (const record of records) if (isLooked(record)) miner.learn(record.body, record.source);
  const dictionary = miner.freeze();
  const matcher = createMatcher(dictionary);
  const keys = createLineTypeKeys(dictionary.templates.length, []);

  const windows: TrainingWindow[] = [];
  const windower = createWindower({
    spec: window,
    reachWindows: 0,
    issue: 'final',
    keys,
    wantsExample: () => false,
  });
  const sink = {
    onDue: ({ source, endHop }: { source: string; endHop: number }) => {
      const endMs = endHop * window.hopMs;
      const pane = windower.history(source, endHop, 1)[0]!;
      windows.push({ source, startMs: endMs - window.windowMs, endMs, stretch: 0, window: pane });
    },
    onTaken: () => {},
    onLate: () => {},
    onSetAside: () => {},
  };
  for (const record of records)
    windower.add(record, isLooked(record) ? matcher.match(record.body) : -1, sink);
  windower.end(sink);

  const rollingWindows = ROLLING_MS / window.hopMs;
  const families = learnFamilies(dictionary.templates);
  const sources = [...new Set(windows.map(({ source }) => source))].sort();
  const own = (source: string): TrainingWindow[] => windows.filter((each) => each.source === source);
  const unscaled: FeatureSpec = {
    version: FEATURE_SPEC_VERSION,
    window,
    rollingMs: ROLLING_MS,
    seasonality,
    features: declareFeatures(ROLLING_MS, families, seasonality),
    families,
    vocabularies: sources.map((source) =>
      learnVocabulary(source, own(source), rollingWindows, dictionary, keys),
    ),
    scaling: { pooled: { median: [], spread: [] }, bySource: [] },
  };
  const featurizer = createFeaturizer(unscaled, dictionary, keys);
  const rows = sources.flatMap((source) =>
    own(source).map(({ startMs, endMs }, index, all) => {
      const history = all.slice(Math.max(0, index + 1 - rollingWindows), index + 1);
      const panes = history.map((each) => each.window);
      return { source, startMs, raw: featurizer.vector(source, panes, endMs) };
    }),
  );
  const spec = {
    ...unscaled,
    scaling: learnScaling(unscaled.features, rows),
    unknownSource: learnUnknownSource(windows),
  };
  const scaler = createScaler(spec.features, spec.scaling);
  const inputs = rows.map((row): DetectorInput => ({ ...row, scaled: scaler.scale(row.source, row.raw) }));
  return {
    name: 'small',
    version: 'small',
    input: {},
    spec,
    dictionary,
    detector: {
      name: detectorName,
      holdMs: HOLD_MS,
      model: detectorByName(detectorName).fit(spec.features, inputs, { seed: '1' }),
    },
    threshold: {
      value: 0.4,
      interval: [0.4, 0.4],
      budgetPerDay: 1,
      healthyAlertsPerDay: 0,
      sourceDays: 1,
      expectedRecall: null,
    },
    provenance: {
      codeVersion: '0',
      seed: '1',
      inputs: [],
      labels: null,
      startMs: windows[0]!.startMs,
      endMs: windows.at(-1)!.endMs,
      records: records.length,
      windows: windows.length,
      options: {},
    },
  };
}

export interface Scored {
  readonly rows: readonly WindowRow[];
  /** Highest revision of each window, by source and time. */
  readonly final: readonly WindowRow[];
  readonly counts: RecordCounts;
  readonly waiting: number;
  readonly refused: readonly (readonly [LogRecord, RejectReason | 'late'])[];
}

export interface ScoreRun {
  readonly issue?: 'early' | 'final';
  readonly end?: boolean;
}

export function score(artifact: ScorableArtifact, feeds: readonly Feed[], options: ScoreRun = {}): Scored {
  const { issue = 'early', end = true } = options;
  const rows: WindowRow[] = [];
  const refused: [LogRecord, RejectReason | 'late'][] = [];
  const sink: ScorerSink = {
    onRow: (row) => rows.push(row),
    onRefused: (record, reason) => refused.push([record, reason]),
  };
  let scorer = createScorer(artifact, { issue });
  for (const feed of feeds) {
    if (feed.kind === 'record') scorer.push(feed.record, sink);
    else if (feed.kind === 'tick') scorer.tick(feed.eventTimeMs, sink);
    else {
      const snapshot = JSON.parse(JSON.stringify(scorer.snapshot())) as ScorerSnapshot;
      scorer = createScorer(artifact, { issue }, snapshot);
    }
  }
  if (end) scorer.end(sink);
  return { rows, final: finalRows(rows), counts: scorer.counts(), waiting: scorer.waiting(), refused };
}

export function finalRows(rows: readonly WindowRow[]): readonly WindowRow[] {
  const byWindow = new Map<string, WindowRow>();
  for (const row of rows) {
    const known = byWindow.get(`${row.source}|${row.startMs}`);
    if (!known || known.revision <= row.revision) byWindow.set(`${row.source}|${row.startMs}`, row);
  }
  return [...byWindow.values()].sort((a, b) =>
    a.source === b.source ? a.startMs - b.startMs : a.source < b.source ? -1 : 1,
  );
}

/** Rows but for the number of their revision, which ticks may change. */
export const unnumbered = (rows: readonly WindowRow[]): readonly WindowRow[] =>
  rows.map((row) => ({ ...row, revision: 0 }));
