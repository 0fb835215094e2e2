// When another model takes over, in words.
import { durationText } from './time-text.js';

/** `in 7 min`; its first window is shown once it is over, a little later than that. */
export function comingWords(atMs: number, nowMs: number): string {
  return atMs > nowMs ? `in ${durationText(atMs - nowMs)}` : 'any moment now';
}
