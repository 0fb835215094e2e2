// A proposal for a person at a terminal: what would change, what the past would have been with it, and how sure that is.
import { visibleText } from '../alerts/visible-text.js';
import { nameOfArtifact } from '../lanes/promotion.js';
import type { ComparedAlert } from './compare-replays.js';
import type { ReplayedAlert } from './replay-alerts.js';
import type { Share, TuneResult } from './tune.js';

const MOST_ROWS = 20;
const MOST_NAME = 40;
const MOST_TEXT = 100;
const DAY_MS = 86_400_000;

const BASIS: Readonly<Record<TuneResult['basis'], string>> = {
  'stored scores': 'replayed over the stored scores',
  estimate:
    'replayed over the stored scores; what muting does is estimated from the stored reasons (--input replays the lines themselves)',
  lines: 'replayed over the lines, scored with and without',
};

const HELD_BY = {
  own: 'as far as its own right alerts allow',
  others: 'as far as right alerts of other services allow, for it has none of its own',
  nothing: 'no alert was judged right that would hold it back',
} as const;

/** @returns lines without their ends */
export function describeTune(result: TuneResult): readonly string[] {
  const { artifact, fromMs, toMs, judged, unjudged, replay } = result;
  const days = (toMs - fromMs) / DAY_MS;
  const aDay = (count: number): string => (days > 0 ? `${round(count / days)} a day` : 'of no time');
  return [
    `${visibleText(nameOfArtifact(artifact), MOST_NAME)} from ${iso(fromMs)} to ${iso(toMs)}: judged ${judged.real} real, ${judged.false} false, ${judged.notMine} not mine; ${unjudged} not judged`,
    '',
    ...describeProposals(result),
    '',
    BASIS[result.basis],
    `  alerts ${replay.before} before, ${replay.after} after (${aDay(replay.before)}, ${aDay(replay.after)})`,
    `  judged false and gone: ${shareText(result.falseRemoved)}`,
    `  judged right and still told: ${shareText(result.rightKept)}`,
    ...list(
      'service',
      replay.bySource.filter(({ before, after }) => before !== after),
      (each) =>
        `${name(each.source)}  ${each.before} before, ${each.after} after (${round(each.beforePerDay)}, ${round(each.afterPerDay)} a day)`,
    ),
    ...list('gone', replay.removed, comparedText),
    ...list('LOST though right', replay.lost, comparedText),
    ...list('told later', replay.later, (each) => `${comparedText(each)}, by ${each.delayMs / 1000} s`),
    ...list('new', replay.added, alertText),
    ...list('judged, and not in this replay', replay.notReplayed, comparedText),
    ...list(
      'not mine: somebody else should get these',
      result.misrouted,
      ({ source, alerts, judged: of, who }) =>
        `${name(source)}  ${alerts} of ${of} judged, said by ${who.map((each) => visibleText(each, MOST_NAME)).join(', ')}`,
    ),
  ];
}

function describeProposals({ thresholds, mutes, mutesLeftOut }: TuneResult): readonly string[] {
  const proposals = [
    ...mutes.map(
      ({ templateId, text, falseAlertIds, services }) =>
        `mute       ${templateId}  strongest reason of ${falseAlertIds.length} judged false in ${services.map(name).join(', ')}: ${visibleText(text, MOST_TEXT)}`,
    ),
    ...thresholds.map(
      ({ source, before, after, falseSpared, falseAlerts, rightAlerts, heldBy }) =>
        `threshold  ${name(source)}  ${before.toFixed(4)} → ${after.toFixed(4)}  spares ${falseSpared} of ${falseAlerts} judged false, keeps ${rightAlerts} judged right; ${HELD_BY[heldBy]}`,
    ),
  ];
  return [
    proposals.length === 0 ? 'nothing to propose' : 'proposed',
    ...proposals.map((line) => `  ${line}`),
    ...list(
      'not proposed',
      mutesLeftOut,
      ({ templateId, text, cause }) => `${templateId}  ${cause}: ${visibleText(text, MOST_TEXT)}`,
    ),
  ];
}

function list<T>(title: string, all: readonly T[], show: (each: T) => string): readonly string[] {
  if (all.length === 0) return [];
  const more = all.length > MOST_ROWS ? [`    and ${all.length - MOST_ROWS} more`] : [];
  return [`  ${title}`, ...all.slice(0, MOST_ROWS).map((each) => `    ${show(each)}`), ...more];
}

function alertText({
  source,
  sinceMs,
  peakScore,
}: Pick<ReplayedAlert, 'source' | 'sinceMs' | 'peakScore'>): string {
  return `${iso(sinceMs)}  ${name(source)}  ${peakScore.toFixed(4)}`;
}

function comparedText(alert: Pick<ComparedAlert, 'source' | 'sinceMs' | 'peakScore' | 'verdict'>): string {
  return `${alertText(alert)}  ${alert.verdict ?? 'not judged'}`;
}

function shareText({ count, of, interval: [low, high] }: Share): string {
  if (of === 0) return 'none was judged so';
  return `${count} of ${of} (in the long run ${percent(low)} to ${percent(high)}, 95 % interval)`;
}

function percent(share: number): string {
  return `${Math.round(100 * share)} %`;
}

function name(source: string): string {
  return visibleText(source, MOST_NAME);
}

function iso(timeMs: number): string {
  return new Date(timeMs).toISOString();
}

/** Three digits. */
function round(value: number): string {
  return String(Number(value.toPrecision(3)));
}
