// What an alerting window alerts for, in a form that can be remembered and compared: how a level that was told once is
// known again, however the rest of the logs moves meanwhile.
import { severityOf, kindOf } from './alert-kind.js';
import type { Explanation, FeatureEvidence, TemplateEvidence } from './alert.js';
import { type ArtifactTerms, isOfAnother } from './alert-life-terms.js';
import type { WindowRow } from './score-window.js';
import { oddsOf } from './score-odds.js';

/** Of one alerting window; plain JSON. */
export interface WindowReasons {
  readonly startMs: number;
  readonly score: number;
  readonly threshold: number;
  readonly features: readonly { readonly key: string; readonly amount: number }[];
  /** Strongest first, at most eight. */
  readonly templates: readonly string[];
  /** Errors, silence, a FATAL or a new ERROR line: nothing to get used to within an hour. */
  readonly isGrave: boolean;
  /** For information: see `severityOf`. */
  readonly isMild: boolean;
  readonly terms?: ArtifactTerms;
}

/** 0 for information, 2 of errors, silence and the like, 1 of all else. */
export type Gravity = 0 | 1 | 2;

/** Of several windows together; plain JSON, bounded. */
export interface KnownReasons {
  /** The greatest amount of each, and the last window that had it. */
  readonly features: readonly { readonly key: string; readonly amount: number; readonly seenMs: number }[];
  readonly templates: readonly { readonly key: string; readonly seenMs: number }[];
}

export const NOTHING_KNOWN: KnownReasons = { features: [], templates: [] };

const MOST_FEATURES = 32;
const MOST_TEMPLATES = 64;

/** @returns undefined of a window without reasons: some detectors have none, and nothing can be compared with it */
export function reasonsOf(row: WindowRow, terms?: ArtifactTerms): WindowReasons | undefined {
  const { startMs, score, threshold, explanation } = row;
  if (!explanation || explanation.features.length === 0) return undefined;
  return {
    startMs,
    score,
    threshold,
    features: explanation.features.map((each) => ({ key: featureKey(each), amount: each.amount })),
    templates: explanation.templates.map(templateKey),
    isGrave: isGrave(row, explanation),
    isMild: severityOf({ peakScore: score, threshold, explanation }) === 'info',
    ...(terms ? { terms } : {}),
  };
}

/** As they can be held against what is known in these terms: names of features say the same everywhere, ids of lines do not. */
export function comparableWith(reasons: WindowReasons, terms: ArtifactTerms | undefined): WindowReasons {
  const isSame = !isOfAnother(reasons.terms, terms) || reasons.terms!.lines === terms!.lines;
  return isSame ? reasons : { ...reasons, templates: [] };
}

/** An amount above this multiple of the known one is another, stronger reason. */
const STRONGER = 2;

/**
 * Whether a window would alert without what is known: what is left of its evidence, as a share of all of it, is held against
 * its score in odds. Nothing is left of a feature that moved the score to the same side of its band by no more than twice
 * as much as it did before; the excess over that is left of a stronger one. What new, too frequent or missing lines
 * moved is known only where those lines are: all of the new and missing ones, of the too frequent ones the strongest.
 */
export function isNews(reasons: WindowReasons, known: KnownReasons): boolean {
  const lines = new Set(known.templates.map(({ key }) => key));
  const amounts = new Map(known.features.map(({ key, amount }) => [key, amount]));
  let [all, left] = [0, 0];
  for (const { key, amount } of reasons.features) {
    const before = areLinesKnown(key, reasons.templates, lines) ? (amounts.get(key) ?? 0) : 0;
    all += amount;
    if (amount > STRONGER * before) left += amount - before;
  }
  return left > 0 && (left / all) * oddsOf(reasons.score) >= oddsOf(reasons.threshold);
}

/** Both together; where there would be too many, those that were seen last. */
export function addReasons(known: KnownReasons, more: WindowReasons | KnownReasons): KnownReasons {
  // most of the time nothing is known, and this is asked of every alerting window
  if (isNothing(known) && !('startMs' in more)) return more;
  const features = new Map(known.features.map((each) => [each.key, each]));
  const templates = new Map(known.templates.map((each) => [each.key, each]));
  for (const each of seenReasons(more).features) {
    const { amount, seenMs } = features.get(each.key) ?? each;
    features.set(each.key, {
      key: each.key,
      amount: Math.max(amount, each.amount),
      seenMs: Math.max(seenMs, each.seenMs),
    });
  }
  for (const { key, seenMs } of seenReasons(more).templates)
    templates.set(key, { key, seenMs: Math.max(seenMs, templates.get(key)?.seenMs ?? seenMs) });
  return {
    features: latest([...features.values()], MOST_FEATURES),
    templates: latest([...templates.values()], MOST_TEMPLATES),
  };
}

/** What is known, of which some was seen again. */
export function refreshReasons(
  known: KnownReasons,
  { startMs, features, templates }: WindowReasons,
): KnownReasons {
  if (isNothing(known)) return known;
  const seen = new Set([...features.map(({ key }) => key), ...templates]);
  const refresh = <T extends { readonly key: string; readonly seenMs: number }>(each: T): T =>
    seen.has(each.key) && startMs > each.seenMs ? { ...each, seenMs: startMs } : each;
  return { features: known.features.map(refresh), templates: known.templates.map(refresh) };
}

/** Without what was not seen since. */
export function forgetReasons(known: KnownReasons, sinceMs: number): KnownReasons {
  const isRecent = ({ seenMs }: { readonly seenMs: number }): boolean => seenMs >= sinceMs;
  if (known.features.every(isRecent) && known.templates.every(isRecent)) return known;
  return { features: known.features.filter(isRecent), templates: known.templates.filter(isRecent) };
}

export function gravityOf({ isGrave, isMild }: Pick<WindowReasons, 'isGrave' | 'isMild'>): Gravity {
  if (isGrave) return 2;
  return isMild ? 0 : 1;
}

/** The lines that a feature is about, of the keys that `reasonsOf` gives, strongest first; none where it counts all alike. */
export function linesAbout(feature: string, templates: readonly string[]): readonly string[] {
  const those = (pattern: RegExp): readonly string[] => templates.filter((key) => pattern.test(key));
  if (/^(new_template|tfidf|family)_/.test(feature)) return those(/^new /);
  if (feature.startsWith('disappeared_template_')) return those(/^disappeared /);
  if (/^(count_excess|rare_template_spike)/.test(feature)) return those(/^spike /);
  if (/^(error|fatal|critical)_/.test(feature)) return those(/^(new|spike) (ERROR|FATAL) /);
  if (feature.startsWith('warn_')) return those(/^(new|spike) WARN /);
  return [];
}

function isNothing({ features, templates }: KnownReasons): boolean {
  return features.length === 0 && templates.length === 0;
}

function seenReasons(reasons: WindowReasons | KnownReasons): KnownReasons {
  if (!('startMs' in reasons)) return reasons;
  const seenMs = reasons.startMs;
  return {
    features: reasons.features.map((each) => ({ ...each, seenMs })),
    templates: reasons.templates.map((key) => ({ key, seenMs })),
  };
}

function latest<T extends { readonly key: string; readonly seenMs: number }>(all: T[], most: number): T[] {
  if (all.length <= most) return all;
  return all.sort((a, b) => b.seenMs - a.seenMs || (a.key < b.key ? -1 : 1)).slice(0, most);
}

function featureKey({ feature, value, usualLow, usualHigh }: FeatureEvidence): string {
  if (value > usualHigh) return `${feature} above`;
  return value < usualLow ? `${feature} below` : `${feature} within`;
}

export function templateKey({ event, severity, templateId, service }: TemplateEvidence): string {
  return `${event} ${severity} ${templateId} ${service}`;
}

function areLinesKnown(feature: string, templates: readonly string[], known: ReadonlySet<string>): boolean {
  const those = (event: TemplateEvidence['event']): readonly string[] =>
    templates.filter((key) => key.startsWith(`${event} `));
  const isKnown = (key: string): boolean => known.has(key);
  if (feature.startsWith('new_template_')) return those('new').every(isKnown);
  if (/^(tfidf|family)_/.test(feature)) {
    // a mix that was strange by its new lines says nothing about one that is strange without them
    const hasNew = [...known].some((key) => key.startsWith('new '));
    return those('new').every(isKnown) && (those('new').length > 0 || !hasNew);
  }
  if (feature.startsWith('disappeared_template_')) return those('disappeared').every(isKnown);
  // they stand in the order of their surprise, and the greatest is the feature
  if (/^(count_excess|rare_template_spike)/.test(feature)) return those('spike').slice(0, 1).every(isKnown);
  return true;
}

function isGrave({ score, threshold }: WindowRow, explanation: Explanation): boolean {
  const kind = kindOf(explanation);
  return (
    kind === 'errors' ||
    kind === 'silence' ||
    severityOf({ peakScore: score, threshold, explanation }) === 'critical' ||
    explanation.templates.some(({ event, severity }) => event === 'new' && severity === 'ERROR')
  );
}
