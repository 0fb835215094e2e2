// One card a false alert: what the detector said, the lines, whether something harmless was going on, and the healthy
// window that looks most like it.
import type { Explanation } from '../../core/alert.js';
import type { FeatureSpec } from '../../core/features/feature-spec.js';
import { createScaler } from '../../core/features/scale.js';
import { ALL_SOURCES } from '../../core/window/window-spec.js';
import { overlaps } from '../evaluate/spans.js';
import type { EvaluateOptions } from '../evaluate/options.js';
import type { Prepared } from '../evaluate/prepare.js';
import type { BenignStretch } from '../labels.js';
import type { CaseDetails } from './case-details.js';
import type { CaseLines } from './case-lines.js';
import type { FalseCase } from './choose-cases.js';
import type { PeakWindow } from './missed-cards.js';
import { type MovedFeature, movedFeatures } from './moved-features.js';
import { type NearestNormal, nearestNormal } from './nearest-normal.js';
import { type ScorePoint, scoreHistory } from './score-history.js';
import { windowKey } from './window-key.js';

export interface FalseAlertCard {
  readonly source: string;
  /** Of the whole alert, its hold included. */
  readonly startMs: number;
  readonly endMs: number;
  /** Alerting windows in it. */
  readonly windows: number;
  readonly peak: PeakWindow;
  readonly threshold: number;
  /** Null when the detector gave none. */
  readonly explanation: Explanation | null;
  readonly moved: readonly MovedFeature[];
  readonly nearest: NearestNormal | null;
  /** Harmless but unusual stretches that it overlaps. */
  readonly benign: readonly BenignStretch[];
  readonly lines: CaseLines;
  readonly history: readonly ScorePoint[];
}

export function falseAlertCards(
  cases: readonly FalseCase[],
  lines: readonly CaseLines[],
  details: CaseDetails,
  normal: Parameters<typeof nearestNormal>[1],
  benign: readonly BenignStretch[],
  { judgement }: Prepared,
  spec: FeatureSpec,
  { graceMs }: Required<EvaluateOptions>,
): readonly FalseAlertCard[] {
  const scaler = createScaler(spec.features, spec.scaling);
  return cases.map(({ event, peak }, at) => {
    const { file, source, startMs, endMs, records, score, threshold } = peak.row;
    const key = windowKey(peak.row);
    const raw = details.vectors.get(key);
    return {
      source,
      startMs: event.startMs,
      endMs: event.endMs,
      windows: event.windows.length,
      peak: { ...(file === undefined ? {} : { file }), source, startMs, endMs, records, score },
      threshold,
      explanation: details.explanations.get(key) ?? null,
      moved: raw === undefined ? [] : movedFeatures(spec.features, scaler, source, raw),
      nearest: nearestNormal(peak.row, normal, details.vectors, spec.features, scaler),
      benign: benign.filter(
        (stretch) =>
          overlaps({ startMs: stretch.startMs, endMs: stretch.endMs + graceMs }, event) &&
          (source === ALL_SOURCES || stretch.services.includes(source)),
      ),
      lines: lines[at]!,
      history: scoreHistory(judgement.windows, peak.row, event),
    };
  });
}
