// Alerts that windows of the past give at a threshold, by the very rules that a stream has.
import type { AlertEvent } from '../../core/alert-event.js';
import type { Explanation } from '../../core/alert.js';
import { createAlertLife } from '../../core/alert-life.js';
import type { Artifact } from '../../core/artifact.js';
import type { SourceHistory } from './score-history.js';

export interface ReplayedAlert {
  readonly source: string;
  /** Half open, ms: start of its first and end of its last alerting window. */
  readonly sinceMs: number;
  readonly untilMs: number;
  readonly peakScore: number;
}

/** What a replay needs to know of an artifact. */
export interface ReplayedModel {
  readonly name: string;
  readonly spec: {
    readonly window: Pick<Artifact['spec']['window'], 'windowMs' | 'hopMs' | 'correctionMs'>;
  };
}

const NO_FEATURES = new Float64Array(0);

/**
 * @param thresholdOf from which score on windows of a source alert
 * @returns by start and source, without those that were taken back
 */
export function replayAlerts(
  histories: readonly SourceHistory[],
  thresholdOf: (source: string) => number,
  { name, spec }: ReplayedModel,
): readonly ReplayedAlert[] {
  return histories
    .flatMap((history) => replaySource(history, thresholdOf(history.source), name, spec.window))
    .sort((a, b) => a.sinceMs - b.sinceMs || (a.source < b.source ? -1 : 1));
}

function replaySource(
  { source, startsMs, scores, explanations }: SourceHistory,
  threshold: number,
  artifactName: string,
  { windowMs, hopMs, correctionMs }: ReplayedModel['spec']['window'],
): readonly ReplayedAlert[] {
  // without a window that alerts there is no alert, and most sources have none
  if (!scores.some((score) => score >= threshold)) return [];
  const life = createAlertLife({ artifactName, windowMs, hopMs, correctionMs });
  const alerts = new Map<string, ReplayedAlert>();
  const onEvent = ({ type, reason, alertId, sinceMs, untilMs, peakScore }: AlertEvent): void => {
    if (type === 'resolved' && reason === 'retracted') alerts.delete(alertId);
    else alerts.set(alertId, { source, sinceMs, untilMs, peakScore });
  };
  for (let at = 0; at < startsMs.length; at++) {
    const startMs = startsMs[at]!;
    const score = scores[at]!;
    const alert = score >= threshold;
    const explanation = alert ? withoutFall(explanations.get(startMs)) : undefined;
    life.onRow(
      {
        source,
        startMs,
        endMs: startMs + windowMs,
        revision: 0,
        // histories do not know how many: none at all would be a silence without end
        records: 1,
        features: NO_FEATURES,
        score,
        threshold,
        alert,
        ...(explanation ? { explanation } : {}),
      },
      onEvent,
    );
  }
  const open = life.stateOf(source)?.open;
  if (open) {
    const { alertId, sinceMs, peakScore } = open;
    alerts.set(alertId, {
      source,
      sinceMs,
      untilMs: (open.startsMs.at(-1) ?? sinceMs) + windowMs,
      peakScore,
    });
  }
  return [...alerts.values()];
}

/** How long a fall lasts cannot be told without the records of its windows: it would have no end. */
function withoutFall(explanation: Explanation | undefined): Explanation | undefined {
  if (explanation?.fall === undefined) return explanation;
  const { fall: _, ...rest } = explanation;
  return rest;
}
