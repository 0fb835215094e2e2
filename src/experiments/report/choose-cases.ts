// Which errors are looked at closely, and which healthy windows they are compared with. Everything else in the
// report counts; these are read line by line, so there is a cap, the worst first.
import type { Label } from '../labels.js';
import { type AlertEvent, isFalse } from '../evaluate/events.js';
import type { JudgedWindow } from '../evaluate/match-labels.js';
import type { Prepared } from '../evaluate/prepare.js';

export interface MissedCase {
  /** Index of the label. */
  readonly index: number;
  readonly label: Label;
  /** The window with the highest score while it lasted, the first of equals; undefined when none was scored. */
  readonly peak: JudgedWindow | undefined;
}

export interface FalseCase {
  readonly event: AlertEvent;
  /** The window of the alert with the highest score, the first of equals. */
  readonly peak: JudgedWindow;
}

export interface Cases {
  readonly missed: readonly MissedCase[];
  readonly missedTotal: number;
  readonly falseAlerts: readonly FalseCase[];
  readonly falseTotal: number;
  /** Healthy windows, evenly over each source's time: what is normal, and what drift is measured on. */
  readonly normal: readonly JudgedWindow[];
}

/** Of each source at most this many windows are taken as normal: 30 s windows of more than a day. */
const NORMAL_A_SOURCE = 3000;
/** And of all sources together; a vector of features takes about a kilobyte. */
const NORMAL_IN_ALL = 30_000;

/** @param maxCases of each sort */
export function chooseCases({ judgement, delaysMs, events }: Prepared, maxCases: number): Cases {
  const peaks = peaksByLabel(judgement.windows);
  const missed = judgement.judgedLabels
    .filter((index) => !delaysMs.has(index))
    .map((index): MissedCase => ({ index, label: judgement.labels[index]!, peak: peaks.get(index) }))
    // what was plain to see and still missed comes first
    .sort((a, b) => b.label.strength - a.label.strength || a.label.startMs - b.label.startMs);
  const falseAlerts = events
    .filter(isFalse)
    .map((event): FalseCase => ({ event, peak: highest(event.windows)! }))
    .sort((a, b) => b.peak.row.score - a.peak.row.score || a.event.startMs - b.event.startMs);
  return {
    missed: missed.slice(0, maxCases),
    missedTotal: missed.length,
    falseAlerts: falseAlerts.slice(0, maxCases),
    falseTotal: falseAlerts.length,
    normal: sampleNormal(judgement.windows),
  };
}

function highest(windows: readonly JudgedWindow[]): JudgedWindow | undefined {
  let best: JudgedWindow | undefined;
  for (const window of windows) if (best === undefined || window.row.score > best.row.score) best = window;
  return best;
}

function peaksByLabel(windows: readonly JudgedWindow[]): ReadonlyMap<number, JudgedWindow> {
  const peaks = new Map<number, JudgedWindow>();
  for (const window of windows)
    // not of the grace after it: what is strange there may have nothing to do with it
    for (const label of window.positiveFor) {
      const known = peaks.get(label);
      if (known === undefined || window.row.score > known.row.score) peaks.set(label, window);
    }
  return peaks;
}

/** @param windows sorted by file, source, start */
function sampleNormal(windows: readonly JudgedWindow[]): JudgedWindow[] {
  const bySource = new Map<string, JudgedWindow[]>();
  for (const window of windows) {
    if (window.coveredBy.length > 0 || window.benign) continue;
    const own = bySource.get(window.row.source);
    if (own) own.push(window);
    else bySource.set(window.row.source, [window]);
  }
  const share = Math.max(
    1,
    Math.min(NORMAL_A_SOURCE, Math.floor(NORMAL_IN_ALL / Math.max(1, bySource.size))),
  );
  return [...bySource.values()].flatMap((own) => {
    const stride = Math.max(1, own.length / share);
    return Array.from({ length: Math.min(own.length, share) }, (_, i) => own[Math.floor(i * stride)]!);
  });
}
