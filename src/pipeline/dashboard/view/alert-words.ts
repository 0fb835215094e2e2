// The words for what an alert is about, how grave it is, how it stands and what people made of it.
import type { AlertKind } from '../../../core/alert-kind.js';
import type { Verdict } from '../../desk/desk.js';
import type { AlertState, AlertSummary, Severity } from '../api.js';

export const KIND_WORDS: Readonly<Record<AlertKind, string>> = {
  errors: 'errors',
  silence: 'silence',
  'new-lines': 'new lines',
  burst: 'burst',
  volume: 'volume',
  'missing-lines': 'missing lines',
  warnings: 'warnings',
  'mix-change': 'other mix',
  'canary-missed': 'canary missed',
  other: 'other',
};

/** A kind that this build does not know yet is shown as it came. */
export function kindWords(kind: string): string {
  return Object.hasOwn(KIND_WORDS, kind) ? KIND_WORDS[kind as AlertKind] : kind;
}

export const STATE_WORDS: Readonly<Record<AlertState, string>> = {
  firing: 'firing',
  acknowledged: 'acknowledged',
  resolved: 'resolved',
  silenced: 'silenced',
};

/** What each state is told by, beside its colour. */
export const STATE_SIGNS: Readonly<Record<AlertState, string>> = {
  firing: '●',
  acknowledged: '◐',
  resolved: '✓',
  silenced: '⊘',
};

/** All that is true of an alert or an incident at once, what decides whether anybody is told first. */
export function statesOf({
  state,
  isAlsoAcknowledged,
}: Pick<AlertSummary, 'state' | 'isAlsoAcknowledged'>): readonly AlertState[] {
  return isAlsoAcknowledged ? [state, 'acknowledged'] : [state];
}

export const SEVERITY_WORDS: Readonly<Record<Severity, string>> = {
  critical: 'critical',
  warning: 'warning',
  info: 'info',
};

export const VERDICT_WORDS: Readonly<Record<Verdict, string>> = {
  real: 'Real',
  false: 'False alarm',
  'not-mine': 'Not mine',
};
