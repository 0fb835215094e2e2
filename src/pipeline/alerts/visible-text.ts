// Text of a log, made safe for a terminal: what could move the cursor, colour the screen or turn the reading order is shown
// as an escape, not done.
import { showUnsafe } from '../../core/unsafe-characters.js';

const MOST_CHARACTERS = 400;

/** @returns one line, at most `most` characters of the text and, where it is longer, a mark with its length */
export function visibleText(text: string, most = MOST_CHARACTERS): string {
  // cut first: a log line may be a megabyte long
  const isCut = text.length > most;
  const shown = showUnsafe(isCut ? text.slice(0, most) : text);
  return isCut ? `${shown} … (${text.length.toLocaleString('en-US')} characters)` : shown;
}
