// Whether a window alerts for the reasons that an alert is about: what returns for the same reasons is the same alert, other
// lines or another kind of trouble are not, however soon they come.
import type { OpenAlert } from './alert-life-open.js';
import {
  addReasons,
  comparableWith,
  type Gravity,
  gravityOf,
  type KnownReasons,
  linesAbout,
  NOTHING_KNOWN,
  type WindowReasons,
} from './alert-reasons.js';
import { oddsOf } from './score-odds.js';

/**
 * All reasons of an alert so far that are still remembered; what was told counts, even if it was corrected since: a window
 * that looks strange whenever it is shown early must not be told each time.
 */
export function reasonsSoFar({ settled, recent = [], spoken = NOTHING_KNOWN }: OpenAlert): KnownReasons {
  let all = addReasons(spoken, settled?.reasons ?? NOTHING_KNOWN);
  for (const each of recent) all = addReasons(all, each);
  return all;
}

/** Whether a window is about graver things than any before it in the alert. */
export function isGraver(reasons: WindowReasons, alert: OpenAlert): boolean {
  const most = gravityOfAlert(alert);
  return most !== undefined && gravityOf(reasons) > most;
}

/** Whether a window is about something else that is less grave. */
export function isMilderMatter(reasons: WindowReasons, alert: OpenAlert): boolean {
  const most = gravityOfAlert(alert);
  return most !== undefined && gravityOf(reasons) < most && isOther(reasons, reasonsSoFar(alert), false);
}

/** @returns undefined of an alert of an earlier version, of which nothing is known */
function gravityOfAlert({ settled, recent = [], spokenGravity }: OpenAlert): number | undefined {
  const all: Gravity[] = recent.map(gravityOf);
  if (settled) all.push(gravityOf(settled));
  if (spokenGravity !== undefined) all.push(spokenGravity);
  return all.length === 0 ? undefined : Math.max(...all);
}

/** With the reasons of a window that something is told with. */
export function withSpoken(alert: OpenAlert, reasons: WindowReasons | undefined): OpenAlert {
  if (reasons === undefined) return alert;
  return {
    ...alert,
    spoken: addReasons(alert.spoken ?? NOTHING_KNOWN, reasons),
    spokenGravity: Math.max(gravityOf(reasons), alert.spokenGravity ?? 0) as Gravity,
  };
}

/** With all that was told of another alert. */
export function withSpokenOf(alert: OpenAlert, { spoken, spokenGravity = 0 }: OpenAlert): OpenAlert {
  if (spoken === undefined) return alert;
  return {
    ...alert,
    spoken: addReasons(alert.spoken ?? NOTHING_KNOWN, spoken),
    spokenGravity: Math.max(spokenGravity, alert.spokenGravity ?? 0) as Gravity,
  };
}

/** Whether a window belongs to an alert. @param reasons undefined where there are none: nothing speaks against it */
export function isOfAlert(reasons: WindowReasons | undefined, alert: OpenAlert): boolean {
  if (reasons === undefined) return true;
  const own = comparableWith(reasons, alert.terms);
  if (liesUnder(own, alert)) return false;
  return !isOther(own, reasonsSoFar(alert), isGraver(own, alert));
}

/** Whether a window alerts for nothing but what the alert took the place of. */
export function liesUnder(reasons: WindowReasons | undefined, { under }: OpenAlert): boolean {
  return reasons !== undefined && under !== undefined && !isOther(reasons, under, true);
}

/**
 * Whether a window would alert without what is familiar of its evidence, and more of its evidence is other than familiar, or
 * it is graver. Amounts do not matter: what returns may be weaker or stronger. A feature is familiar where one of its kind
 * lay on the same side of its band before and, where it is about lines, the strongest or half of its lines are.
 */
export function isOther(reasons: WindowReasons, before: KnownReasons, graver: boolean): boolean {
  if (before.features.length === 0) return false;
  const kinds = new Set(before.features.map(({ key }) => kindOfKey(key)));
  const lines = new Set(before.templates.map(({ key }) => key));
  let [familiar, other] = [0, 0];
  for (const { key, amount } of reasons.features) {
    const about = linesAbout(key, reasons.templates);
    if (kinds.has(kindOfKey(key)) && areFamiliar(about, lines)) familiar += amount;
    else other += amount;
  }
  if (other === 0 || (other <= familiar && !graver)) return false;
  return (other / (familiar + other)) * oddsOf(reasons.score) >= oddsOf(reasons.threshold);
}

function areFamiliar(lines: readonly string[], familiar: ReadonlySet<string>): boolean {
  if (lines.length === 0 || familiar.has(lines[0]!)) return true;
  return 2 * lines.filter((line) => familiar.has(line)).length >= lines.length;
}

const KINDS: readonly (readonly [kind: string, pattern: RegExp])[] = [
  ['errors', /^(error|fatal|critical)_/],
  ['volume', /^(volume|log|info)_/],
  ['text', /^(tfidf|family)_/],
  ['new', /^new_template_/],
  ['missing', /^disappeared_template_/],
  ['burst', /^(count_excess|rare_template_spike)/],
  ['warnings', /^warn_/],
];

/** `errors above`: features of one kind say the same thing in several ways. */
function kindOfKey(key: string): string {
  const kind = KINDS.find(([, pattern]) => pattern.test(key))?.[0];
  return kind === undefined ? key : `${kind} ${key.slice(key.lastIndexOf(' ') + 1)}`;
}
