// A threshold of its own for each source with false alerts: as low as can be, above as many of those as can be had without
// losing an alert that was right.
import { isRight, type ToldAlert } from './judged-alerts.js';
import { peakIn, type SourceHistory } from './score-history.js';

export interface ThresholdProposal {
  readonly source: string;
  readonly before: number;
  readonly after: number;
  /** Alerts of the source that were judged false: how many of them it spares, and of how many. */
  readonly falseSpared: number;
  readonly falseAlerts: number;
  /** Alerts of the source that were judged real or not mine: all of them stay. */
  readonly rightAlerts: number;
  /**
   * What kept it from being higher: an alert of the same source that was right, one of another source where this one has none,
   * or nothing at all.
   */
  readonly heldBy: 'own' | 'others' | 'nothing';
}

interface Peak {
  readonly alert: ToldAlert;
  readonly peak: number;
}

export interface ThresholdOptions {
  /** By source, without what is to be muted. */
  readonly histories: ReadonlyMap<string, SourceHistory>;
  /** As it is now. */
  readonly thresholdOf: (source: string) => number;
  /** Sources whose thresholds are to stay as they are. */
  readonly unwanted: ReadonlySet<string>;
}

/** By source. */
export function proposeThresholds(
  told: readonly ToldAlert[],
  { histories, thresholdOf, unwanted }: ThresholdOptions,
): readonly ThresholdProposal[] {
  const peaks = told.flatMap((alert): Peak[] => {
    const peak = peakIn(histories.get(alert.source), alert);
    // one that no longer alerts needs no threshold, and one that is right and muted away is none to be kept
    return peak === undefined || peak < thresholdOf(alert.source) ? [] : [{ alert, peak }];
  });
  const lowestRight = lowest(peaks.filter(({ alert }) => isRight(alert)));
  const sources = [...new Set(peaks.map(({ alert }) => alert.source))]
    .filter((each) => !unwanted.has(each))
    .sort();
  return sources.flatMap((source) => {
    const own = peaks.filter(({ alert }) => alert.source === source);
    const ownRight = own.filter(({ alert }) => isRight(alert));
    const ownFalse = own.filter(({ alert }) => alert.verdict === 'false');
    const limit = ownRight.length > 0 ? lowest(ownRight) : lowestRight;
    const spared = ownFalse.filter(({ peak }) => justAbove(peak) <= Math.min(1, limit));
    if (spared.length === 0) return [];
    return [
      {
        source,
        before: thresholdOf(source),
        after: justAbove(Math.max(...spared.map(({ peak }) => peak))),
        falseSpared: spared.length,
        falseAlerts: told.filter((alert) => alert.source === source && alert.verdict === 'false').length,
        rightAlerts: told.filter((alert) => alert.source === source && isRight(alert)).length,
        heldBy: ownRight.length > 0 ? 'own' : Number.isFinite(limit) ? 'others' : 'nothing',
      } satisfies ThresholdProposal,
    ];
  });
}

function lowest(peaks: readonly Peak[]): number {
  return peaks.reduce((least, { peak }) => Math.min(least, peak), Infinity);
}

/** By no more than the last digit or two of a score; above 1 where no score is higher. */
function justAbove(score: number): number {
  return score + Math.max(Number.MIN_VALUE, score * Number.EPSILON);
}
