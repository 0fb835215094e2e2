// From a closed window to its row: features, score, hold, and the reasons of an alert.
import { type Explanation, explainFeatures, explainTemplates } from './alert.js';
import type { Artifact } from './artifact.js';
import type { DetectorInput } from './detector/detector.js';
import { detectorByName } from './detector/registry.js';
import { fallOf } from './features/fall.js';
import { createFeaturizer } from './features/featurizer.js';
import { createScaler } from './features/scale.js';
import { criticalCount } from './features/volume.js';
import { createThresholds } from './tuning.js';
import type { LineTypeKeys } from './window/line-type.js';
import type { Pane } from './window/pane.js';
import type { DueWindow } from './window/issue-windows.js';
import type { Windower } from './window/windower.js';

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

export interface WindowScorer {
  /** Windows before a window that its row depends on. */
  readonly reachWindows: number;
  /** Whether the first raw line of this line type is worth keeping for a person. */
  wantsExample(source: string, key: number): boolean;
  /** Depends on the windows of its source alone. */
  rowOf(window: DueWindow): WindowRow;
}

const WARN_CLASS = 4;

/** @param windower where the windows lie */
export function createWindowScorer(
  { spec, dictionary, threshold, tuning, ...artifact }: Omit<Artifact, 'probe'>,
  keys: LineTypeKeys,
  windower: Pick<Windower, 'history' | 'firstEndHop'>,
): WindowScorer {
  const { hopMs, windowMs } = spec.window;
  const featurizer = createFeaturizer(spec, dictionary, keys);
  const scaler = createScaler(spec.features, spec.scaling);
  const detector = detectorByName(artifact.detector.name).create(spec.features, artifact.detector.model);
  const holdWindows = Math.max(1, Math.floor(artifact.detector.holdMs / hopMs));
  const explain = { features: spec.features, templates: dictionary.templates, keys, scaler };

  const thresholdOf = createThresholds(threshold, tuning);
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
    const own = thresholdOf(source);
    const alert = score >= own;
    return {
      source,
      startMs: endHop * hopMs - windowMs,
      endMs: endHop * hopMs,
      revision,
      records: input.raw[0]!,
      features: input.raw,
      score,
      threshold: own,
      alert,
      ...(alert ? { explanation: explanationOf(source, peakHop) } : {}),
    };
  };

  const explanationOf = (source: string, endHop: number): Explanation => {
    const input = inputOf(source, endHop);
    const history = windower.history(source, endHop, featurizer.rollingWindows);
    const features = explainFeatures(explain, source, input.raw, detector.contributions(input));
    return {
      peakEndMs: endHop * hopMs,
      features,
      ...(features.some(({ feature }) => feature === 'fall') ? fallEvidence(source, history) : {}),
      ...newServiceEvidence(source, history[history.length - 1]!),
      templates: explainTemplates(explain, featurizer.vocabulary(source), history, featurizer.rollingWindows),
    };
  };

  const fallEvidence = (source: string, history: readonly Pane[]): Pick<Explanation, 'fall'> => {
    const fall = fallOf(featurizer.vocabulary(source).fall, history);
    if (!fall) return {};
    const { records, usual, windows } = fall;
    return { fall: { records, usual, spanMs: (windows - 1) * hopMs + windowMs } };
  };

  const newServiceEvidence = (source: string, window: Pane): Pick<Explanation, 'newService'> => {
    if (!spec.unknownSource || featurizer.vocabulary(source).windows > 0) return {};
    const { usualMost } = spec.unknownSource;
    return { newService: { critical: criticalCount(window), usualMost, spanMs: windowMs } };
  };

  return {
    reachWindows: featurizer.rollingWindows + holdWindows,
    wantsExample: (source, key) =>
      keys.read(key).severityClass >= WARN_CLASS || !featurizer.isKnown(source, key),
    rowOf,
  };
}
