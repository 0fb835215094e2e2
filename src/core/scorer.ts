// The whole way from a record to an alert, and the only one: replay and stream are both a loop around `push`.
import { type Explanation, explainFeatures, explainTemplates } from './alert.js';
import type { Artifact } from './artifact.js';
import type { DetectorInput } from './detector/detector.js';
import { detectorByName } from './detector/registry.js';
import { createFeaturizer } from './features/featurizer.js';
import { createScaler } from './features/scale.js';
import type { LogRecord, RejectReason } from './record.js';
import { createMatcher } from './template/miner.js';
import { NEW_TEMPLATE } from './template/template.js';
import { isLineTypeClass } from './window/add-to-pane.js';
import { createLineTypeKeys } from './window/line-type.js';
import { severityClassOf } from './window/pane.js';
import { OTHER_SOURCE } from './window/window-spec.js';
import { createWindower, type DueWindow, type WindowerSnapshot, type WindowSink } from './window/windower.js';

/** One closed window of one source. */
export interface WindowRow {
  readonly source: string;
  readonly startMs: number;
  readonly endMs: number;
  /** 0 when first shown; higher when a late record, or one after a tick, changed it. */
  readonly revision: number;
  readonly records: number;
  /** In the order of the feature spec. */
  readonly features: Float64Array;
  /** In [0, 1], higher is stranger, the hold included. */
  readonly score: number;
  readonly threshold: number;
  readonly alert: boolean;
  /** Only of an alerting window. */
  readonly explanation?: Explanation;
}

export interface ScorerSink {
  onRow(row: WindowRow): void;
  /** A record that no window took, for the keeping aside. */
  onRefused?(record: LogRecord, reason: RejectReason | 'late'): void;
}

/** Records by what became of them; `scored + late + setAside` and those still waiting are all that were pushed. */
export interface RecordCounts {
  readonly scored: number;
  readonly late: number;
  readonly setAside: number;
}

/** Plain JSON; belongs to one artifact. */
export interface ScorerSnapshot {
  readonly artifactVersion: string;
  readonly windows: WindowerSnapshot;
  readonly counts: RecordCounts;
}

export interface Scorer {
  push(record: LogRecord, sink: ScorerSink): void;
  /** Somebody's clock says that event time has come at least this far. */
  tick(eventTimeMs: number, sink: ScorerSink): void;
  /** The input is over: closes every window. */
  end(sink: ScorerSink): void;
  counts(): RecordCounts;
  /** Records that wait for their source's clock to be confirmed: in no count so far. */
  waiting(): number;
  snapshot(): ScorerSnapshot;
}

export interface ScorerOptions {
  /** `early` shows a window once it closes and corrects it; `final` shows it once nothing can change it. */
  readonly issue: 'early' | 'final';
}

/** @throws Error when `restored` belongs to another artifact */
export function createScorer(
  artifact: Omit<Artifact, 'probe'>,
  options: ScorerOptions,
  restored?: ScorerSnapshot,
): Scorer {
  if (restored && restored.artifactVersion !== artifact.version)
    throw new Error(
      `the stored state belongs to artifact ${restored.artifactVersion}, this is ${artifact.version}: start with an empty store or load the former`,
    );
  const { spec, dictionary, threshold } = artifact;
  const { hopMs, windowMs } = spec.window;
  const matcher = createMatcher(dictionary);
  const services = new Set(spec.vocabularies.flatMap(({ types }) => types.map(({ service }) => service)));
  const keys = createLineTypeKeys(
    dictionary.templates.length,
    [...services],
    spec.window.groupBy === 'all' ? OTHER_SOURCE : undefined,
  );
  const featurizer = createFeaturizer(spec, dictionary, keys);
  const scaler = createScaler(spec.features, spec.scaling);
  const detector = detectorByName(artifact.detector.name).create(spec.features, artifact.detector.model);
  const holdWindows = Math.max(1, Math.floor(artifact.detector.holdMs / hopMs));
  const explain = { features: spec.features, templates: dictionary.templates, keys, scaler };

  const windower = createWindower(
    {
      spec: spec.window,
      reachWindows: featurizer.rollingWindows + holdWindows,
      issue: options.issue,
      keys,
      wantsExample: (source, key) =>
        keys.read(key).severityClass >= WARN_CLASS || !featurizer.isKnown(source, key),
    },
    restored?.windows,
  );
  const counts = { scored: 0, late: 0, setAside: 0, ...restored?.counts };
  const momentaryScores = new Map<string, Map<number, number>>();

  /** The window's feature vector, and the same to scale for the detectors that ask for it. */
  const inputOf = (source: string, endHop: number): DetectorInput => {
    const history = windower.history(source, endHop, featurizer.rollingWindows);
    const raw = featurizer.vector(source, history, endHop * hopMs);
    let scaled: Float64Array | undefined;
    return {
      source,
      startMs: endHop * hopMs - windowMs,
      raw,
      get scaled() {
        return (scaled ??= scaler.scale(source, raw));
      },
    };
  };

  /** Highest momentary score of the held windows, and which of them it was. */
  const hold = (source: string, endHop: number, now: number): { score: number; peakHop: number } => {
    let scores = momentaryScores.get(source);
    if (!scores) momentaryScores.set(source, (scores = new Map()));
    scores.set(endHop, now);
    for (const hop of scores.keys()) if (hop <= endHop - holdWindows || hop > endHop) scores.delete(hop);
    let best = { score: now, peakHop: endHop };
    const first = windower.firstEndHop(source);
    for (let hop = endHop - 1; hop > endHop - holdWindows && hop >= first; hop--) {
      let score = scores.get(hop);
      if (score === undefined) scores.set(hop, (score = detector.scoreOne(inputOf(source, hop))));
      if (score > best.score) best = { score, peakHop: hop };
    }
    return best;
  };

  const rowOf = ({ source, endHop, revision }: DueWindow): WindowRow => {
    const input = inputOf(source, endHop);
    const { score, peakHop } = hold(source, endHop, detector.scoreOne(input));
    const alert = score >= threshold.value;
    return {
      source,
      startMs: endHop * hopMs - windowMs,
      endMs: endHop * hopMs,
      revision,
      records: input.raw[0]!,
      features: input.raw,
      score,
      threshold: threshold.value,
      alert,
      ...(alert ? { explanation: explanationOf(source, peakHop) } : {}),
    };
  };

  const explanationOf = (source: string, endHop: number): Explanation => {
    const input = inputOf(source, endHop);
    const history = windower.history(source, endHop, featurizer.rollingWindows);
    return {
      peakEndMs: endHop * hopMs,
      features: explainFeatures(explain, source, input.raw, detector.contributions(input)),
      templates: explainTemplates(explain, featurizer.vocabulary(source), history, featurizer.rollingWindows),
    };
  };

  // one sink for all calls, turned to whoever calls: an object a record would cost more than the counting
  let outside: ScorerSink = { onRow: () => {} };
  const inside: WindowSink = {
    onDue: (window) => outside.onRow(rowOf(window)),
    onTaken: () => {
      counts.scored++;
    },
    onLate: (record) => {
      counts.late++;
      outside.onRefused?.(record, 'late');
    },
    onSetAside: (record, reason) => {
      counts.setAside++;
      outside.onRefused?.(record, reason);
    },
  };

  return {
    push: (record, sink) => {
      outside = sink;
      const isLooked = isLineTypeClass(severityClassOf(record.severity));
      const index = isLooked ? matcher.match(record.body) : NEW_TEMPLATE;
      windower.add(
        record,
        isLooked && index === NEW_TEMPLATE ? matcher.describeNew(record.body) : index,
        inside,
      );
    },
    tick: (eventTimeMs, sink) => {
      outside = sink;
      windower.tick(eventTimeMs, inside);
    },
    end: (sink) => {
      outside = sink;
      windower.end(inside);
    },
    counts: () => ({ ...counts }),
    waiting: () => windower.waiting(),
    snapshot: () => ({
      artifactVersion: artifact.version,
      windows: windower.snapshot(),
      counts: { ...counts },
    }),
  };
}

const WARN_CLASS = 4;
