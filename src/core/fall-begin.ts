// When a fall began that an alert is about, windows before the one that told of it, since one low window alone is no proof;
// and what a window held before.
import { kindOf } from './alert-kind.js';
import type { Explanation } from './alert.js';

/** Start of the first window that held far too little, ms; undefined of an alert for anything else. */
export function fallBeganMs(explanation: Explanation | undefined): number | undefined {
  if (explanation?.fall === undefined || kindOf(explanation) !== 'silence') return undefined;
  return explanation.peakEndMs - explanation.fall.spanMs;
}

/** Records that a window held before a fall; undefined of an explanation that knows of none. @param spec lengths, ms */
export function usualBeforeFall(
  explanation: Pick<Explanation, 'fall'> | undefined,
  { windowMs, hopMs }: { readonly windowMs: number; readonly hopMs: number },
): number | undefined {
  if (explanation?.fall === undefined) return undefined;
  const { usual, spanMs } = explanation.fall;
  return usual / ((spanMs - windowMs) / hopMs + 1);
}
