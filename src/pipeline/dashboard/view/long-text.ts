// Log text of any length, as much of it as a person reads: a line of a megabyte would take the page seconds to lay out.
import { showUnsafe } from '../../../core/unsafe-characters.js';
import { countText } from './number-text.js';

const READ_CHARACTERS = 4000;

/** Every character that hides is made visible, line breaks stay; what is cut is said at its end. */
export function longText(text: string, mostCharacters = READ_CHARACTERS): string {
  if (text.length <= mostCharacters) return showUnsafe(text, '\n');
  // not through the middle of a character
  const end = text.codePointAt(mostCharacters - 1)! > 0xffff ? mostCharacters - 1 : mostCharacters;
  return `${showUnsafe(text.slice(0, end), '\n')} … and ${countText(text.length - end)} more characters`;
}
