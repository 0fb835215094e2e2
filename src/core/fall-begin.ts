// When a fall began that an alert is about: windows before the one that told of it, since one low window alone is no proof.
import { kindOf } from './alert-kind.js';
import type { Explanation } from './alert.js';

/** Start of the first window that held far too little, ms; undefined of an alert for anything else. */
export function fallBeganMs(explanation: Explanation | undefined): number | undefined {
  if (explanation?.fall === undefined || kindOf(explanation) !== 'silence') return undefined;
  return explanation.peakEndMs - explanation.fall.spanMs;
}
