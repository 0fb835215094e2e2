// Templates as a person reads them: an example line with its own spacing, punctuation and case, `<*>` for what varies.
// Unit words and constants with digits that never varied (`<*> bytes`, `ssh2`) stand as they were written.

import { createHash } from 'node:crypto';
import { scanShape, SLOT, type ShapeToken } from './shape.js';
import type { Habit } from './value-habits.js';

/** A value that never varied in so many messages, and begins with a letter, is taken for a constant. */
const MIN_CONSTANT_MESSAGES = 5;
const MAX_TEXT_CHARS = 1000;

/** First 16 hex digits of SHA-256 over the tokens, values and slots as `<*>`: spacing and parameters do not count. */
export function templateId(tokens: readonly string[]): string {
  return createHash('sha256').update(tokens.join(' ')).digest('hex').slice(0, 16);
}

/**
 * @param example canonical text of one message
 * @param slots token positions that vary though they look like words
 * @param habits what never varied
 * @param count messages that the habits were seen over
 * @returns at most 1,000 characters, then `…`
 */
export function printTemplate(
  example: string,
  slots: readonly number[],
  habits: readonly Habit[],
  count: number,
): string {
  const habitAt = new Map(habits.map((habit) => [habit.position, habit]));
  const slotSet = new Set(slots);
  let text = '';
  let at = 0;
  scanShape(example).forEach((token, i) => {
    text += example.slice(at, token.start);
    at = token.end;
    if (slotSet.has(i)) text += SLOT;
    else if (token.text === '\n') text += ' … ';
    else if (token.kind === 'value') text += printValue(token, example, habitAt.get(i), count);
    else text += example.slice(token.start, token.end);
  });
  const line = (text + example.slice(at)).replace(/\p{Cc}+/gu, ' ').trim();
  if (line === '') return '(empty)';
  return line.length > MAX_TEXT_CHARS ? `${line.slice(0, MAX_TEXT_CHARS)}…` : line;
}

function printValue(token: ShapeToken, example: string, habit: Habit | undefined, count: number): string {
  const written = example.slice(token.start, token.end);
  if (habit?.textHash !== undefined) {
    if (written === '') return '';
    if (count >= MIN_CONSTANT_MESSAGES && token.parts.length === 1 && /^[A-Za-z]/.test(written))
      return written;
  }
  if (habit?.glueHash === undefined) return SLOT;
  let text = '';
  let at = token.start;
  for (const part of token.parts) {
    text += example.slice(at, part.start) + SLOT;
    at = part.end;
  }
  return text + example.slice(at, token.end);
}
