// Which verdict on an alert stands: the last that anybody gave, unless it was taken back since.
import type { AlertNote, Verdict } from './desk.js';

export interface StandingVerdict {
  readonly verdict: Verdict;
  readonly who: string;
  readonly atMs: number;
  /** What was said with it; empty where nothing was. */
  readonly text: string;
}

/**
 * Whoever takes a verdict back takes back what everybody said so far: an alert has one verdict, and then none.
 *
 * @param notes of one alert, by sequence. @returns undefined where nobody judged it, or the last verdict was taken back
 */
export function standingVerdict(notes: readonly AlertNote[]): StandingVerdict | undefined {
  const last = notes.findLast(({ action: { type } }) => type === 'judged' || type === 'unjudged');
  if (last?.action.type !== 'judged') return undefined;
  const { who, atMs, action } = last;
  return { verdict: action.verdict, who, atMs, text: action.text ?? '' };
}
