// One card a missed label: how near its highest score came, what moved, which lines there were, and what a threshold
// that catches it would have cost.
import type { FeatureEvidence, TemplateEvidence } from '../../core/alert.js';
import type { FeatureSpec } from '../../core/features/feature-spec.js';
import { createScaler } from '../../core/features/scale.js';
import { alertEvents, isFalse } from '../evaluate/events.js';
import { perDay } from '../evaluate/healthy-time.js';
import type { EvaluateOptions } from '../evaluate/options.js';
import type { Prepared } from '../evaluate/prepare.js';
import type { Label } from '../labels.js';
import type { CaseDetails } from './case-details.js';
import type { CaseLines } from './case-lines.js';
import type { MissedCase } from './choose-cases.js';
import { type MovedFeature, movedFeatures, OUTSIDE_Z } from './moved-features.js';
import { type ScorePoint, scoreHistory } from './score-history.js';
import { windowKey } from './window-key.js';

export interface MissedCard {
  readonly label: Label;
  /** The window with the highest score while it lasted; null when none of its services was scored. */
  readonly peak: PeakWindow | null;
  readonly threshold: number | null;
  /** Share of healthy stretches of the same services and length whose highest score is lower; null when unknown. */
  readonly separation: number | null;
  /** False alerts a day of healthy time at a threshold that the peak just reaches; null without a peak. */
  readonly falseAlertsADayToCatch: number | null;
  /** Sentences. */
  readonly reasons: readonly string[];
  /** What the detector weighed, and how much. */
  readonly weighed: readonly FeatureEvidence[];
  readonly moved: readonly MovedFeature[];
  readonly templates: readonly TemplateEvidence[];
  readonly lines: CaseLines;
  readonly history: readonly ScorePoint[];
}

export interface PeakWindow {
  readonly file?: string | undefined;
  readonly source: string;
  readonly startMs: number;
  readonly endMs: number;
  readonly records: number;
  readonly score: number;
}

export function missedCards(
  cases: readonly MissedCase[],
  lines: readonly CaseLines[],
  details: CaseDetails,
  prepared: Prepared,
  spec: FeatureSpec,
  options: Required<EvaluateOptions>,
): readonly MissedCard[] {
  const scaler = createScaler(spec.features, spec.scaling);
  const { judgement, ranks, healthy } = prepared;
  return cases.map(({ index, label, peak }, at): MissedCard => {
    const own = { label, separation: ranks.get(index)?.separation ?? null, lines: lines[at]! };
    if (peak === undefined)
      return {
        ...own,
        peak: null,
        threshold: null,
        falseAlertsADayToCatch: null,
        reasons: [
          `No window of ${label.services.join(', ')} was scored while it lasted: are these services in the input, under these names?`,
        ],
        weighed: [],
        moved: [],
        templates: [],
        history: [],
      };
    const { row } = peak;
    const key = windowKey(row);
    const explanation = details.explanations.get(key);
    const raw = details.vectors.get(key);
    const moved = raw === undefined ? [] : movedFeatures(spec.features, scaler, row.source, raw);
    const weighed = explanation?.features ?? [];
    const falseThen = alertEvents(judgement.windows, (each) => each.row.score >= row.score, options);
    const { file, source, startMs, endMs, records, score } = row;
    return {
      ...own,
      peak: { ...(file === undefined ? {} : { file }), source, startMs, endMs, records, score },
      threshold: row.threshold,
      falseAlertsADayToCatch: perDay(falseThen.filter(isFalse).length, healthy.totalMs),
      reasons: reasonsOf(score, row.threshold, own.separation, moved, weighed),
      weighed,
      moved,
      templates: explanation?.templates ?? [],
      history: scoreHistory(judgement.windows, row, label),
    };
  });
}

function reasonsOf(
  score: number,
  threshold: number,
  separation: number | null,
  moved: readonly MovedFeature[],
  weighed: readonly FeatureEvidence[],
): readonly string[] {
  // as many digits as it takes to tell the two apart
  const digits = [3, 4, 5, 6].find((each) => score.toFixed(each) !== threshold.toFixed(each)) ?? 15;
  const reasons = [
    `Its highest score, ${score.toFixed(digits)}, stayed under the threshold of ${threshold.toFixed(digits)}.`,
  ];
  if (separation !== null)
    reasons.push(
      `${(100 * separation).toFixed(0)} % of healthy stretches of the same length and services score lower.`,
    );
  const outside = moved.filter(({ z }) => Math.abs(z) > OUTSIDE_Z).map(({ feature }) => feature);
  const isWeighed = new Set(weighed.map(({ feature }) => feature));
  const overlooked = outside.filter((feature) => !isWeighed.has(feature));
  if (outside.length === 0)
    reasons.push(
      'No feature left its usual band: what changed is in no count, rate or mix of lines, perhaps in the values inside the messages, or usual at another hour.',
    );
  else if (overlooked.length > 0)
    reasons.push(
      `Outside their usual band but without weight for this detector: ${overlooked.slice(0, 4).join(', ')}.`,
    );
  return reasons;
}
