// What would have to change for each error not to happen again, from what its card shows: a coarse sorting that says
// where work pays, not a diagnosis.
import type { ErrorAnalysis } from './error-analysis.js';
import type { FalseAlertCard } from './false-alert-cards.js';
import type { MissedCard } from './missed-cards.js';
import { OUTSIDE_Z } from './moved-features.js';

/** What would help, the most specific that holds. */
export const REMEDIES = {
  input: 'read the service: no window of it was scored',
  threshold: 'a lower threshold, at no more than twice the false alerts',
  feature: 'a new feature: none of those there are left its usual band',
  weight: 'a detector that weighs what moved',
  contrast: 'more contrast: what moved is weighed, and is too little',
  benign: 'telling it of harmless work: the alert is about a deploy or the like',
  history: 'a longer fit: it alerts on lines that the fit never saw',
  variation: 'a wider idea of usual: known lines, in unusual numbers',
} as const;
export type Remedy = keyof typeof REMEDIES;

export interface RemedyCount {
  readonly remedy: Remedy;
  readonly error: 'missed' | 'false alert';
  readonly count: number;
  /** Kinds of the missed labels, or services of the false alerts, with their numbers; the most frequent first. */
  readonly where: readonly (readonly [name: string, count: number])[];
}

/** Of the cards of an analysis, the most frequent first; missed labels before false alerts. */
export function countRemedies({ missed, falseAlerts, evaluation }: ErrorAnalysis): readonly RemedyCount[] {
  const { falseAlertsADay } = evaluation.events;
  return [
    ...counted(
      'missed',
      missed.map((card) => [remedyOfMissed(card, falseAlertsADay), card.label.kind]),
    ),
    ...counted(
      'false alert',
      falseAlerts.map((card) => [remedyOfFalseAlert(card), card.source]),
    ),
  ];
}

/** @param falseAlertsADay at the threshold that it was missed with; null when unknown */
export function remedyOfMissed(card: MissedCard, falseAlertsADay: number | null): Remedy {
  if (card.peak === null) return 'input';
  const { falseAlertsADayToCatch } = card;
  if (falseAlertsADay !== null && falseAlertsADayToCatch !== null)
    if (falseAlertsADayToCatch <= 2 * falseAlertsADay) return 'threshold';
  const outside = card.moved.filter(({ z }) => Math.abs(z) > OUTSIDE_Z);
  if (outside.length === 0) return 'feature';
  const isWeighed = new Set(card.weighed.map(({ feature }) => feature));
  return outside.some(({ feature }) => isWeighed.has(feature)) ? 'contrast' : 'weight';
}

export function remedyOfFalseAlert({ benign, explanation }: FalseAlertCard): Remedy {
  if (benign.length > 0) return 'benign';
  return explanation?.templates.some(({ event }) => event === 'new') ? 'history' : 'variation';
}

function counted(
  error: RemedyCount['error'],
  found: readonly (readonly [remedy: Remedy, where: string])[],
): readonly RemedyCount[] {
  return tally(found.map(([remedy]) => remedy)).map(([remedy, count]) => ({
    remedy,
    error,
    count,
    where: tally(found.flatMap(([each, where]) => (each === remedy ? [where] : []))),
  }));
}

/** The most frequent first, equals by name. */
function tally<Name extends string>(names: readonly Name[]): readonly (readonly [Name, number])[] {
  const counts = new Map<Name, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
}
