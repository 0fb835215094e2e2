// What the judge of the canary goes by in the results store: a stream of its own, beside those with records.
import { CANARY_SOURCE } from '../../core/canary/canary-source.js';
import type { AlertEvent } from '../../core/alert-event.js';

export const CANARY_STREAM = 'canary';

/** An alert that was meant to come: stored like any other, and told to nobody. */
export function isCanaryAlert({ source }: Pick<AlertEvent, 'source'>): boolean {
  return source === CANARY_SOURCE;
}
