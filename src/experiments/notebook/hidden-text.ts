// Makes visible in a notebook what a terminal or a browser would obey without showing it.
import { showUnsafe } from '../../core/unsafe-characters.js';

/** Line breaks and tabs stay. */
export function showHidden(text: string): string {
  return showUnsafe(text.replaceAll('\r\n', '\n'), '\n\t');
}

/** The same on one line: breaks and tabs as `\n` and `\t`. */
export function showHiddenOnLine(text: string): string {
  return showUnsafe(text.replaceAll('\r\n', '\n'));
}
