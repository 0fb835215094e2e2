// Templates as a person reads them: an example line with its own punctuation and case, `<*>` for what varies.
// Unit words and constants with a digit that never varied (`<*> bytes`, `ssh2`) stand as they were written.

import { createHash } from 'node:crypto';
import { scanShape, SLOT, type ShapeToken } from './shape.js';
import type { Habit } from './value-habits.js';
import { DELIMITERS } from './vocabulary.js';

/** A word with digits that was the same in so many messages is taken for a constant … */
const MIN_CONSTANT_MESSAGES = 5;
/** … if it begins with a letter and has few digits: an id that happened not to vary is none. */
const CONSTANT = /^[A-Za-z](?:\D*\d){0,3}\D*$/;
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
 * @returns one line, runs of space as one, at most 1,000 characters and then `…`
 */
export function printTemplate(
  example: string,
  slots: readonly number[],
  habits: readonly Habit[],
  count: number,
): string {
  const habitAt = new Map(habits.map((habit) => [habit.position, habit]));
  let text = '';
  let at = 0;
  scanShape(example).forEach((token, i) => {
    text += example.slice(at, token.start);
    at = token.end;
    if (slots.includes(i)) text += SLOT;
    else if (token.text === '\n') text += ' … ';
    else if (token.kind === 'value') text += printValue(token, example, habitAt.get(i), count);
    else text += example.slice(token.start, token.end);
  });
  const line = (text + example.slice(at)).replace(/[\p{Cc} ]+/gu, ' ').trim();
  if (line === '') return '(empty)';
  return line.length > MAX_TEXT_CHARS ? `${line.slice(0, MAX_TEXT_CHARS)}…` : line;
}

function printValue(token: ShapeToken, example: string, habit: Habit | undefined, count: number): string {
  if (habit?.isEmpty === true) return '';
  if (habit?.glueHash === undefined) return SLOT;
  const constants = constantPieces(token, example, habit, count);
  let text = '';
  let at = token.start;
  for (const part of token.parts) {
    if (part.start === part.end && token.parts.length > 1) continue;
    const written = example.slice(part.start, part.end);
    text += example.slice(at, part.start) + (constants.has(part.start) ? written : SLOT);
    at = part.end;
  }
  return text + example.slice(at, token.end);
}

/** Offsets of the pieces of a value that were the same in every message and look like constants. */
function constantPieces(token: ShapeToken, example: string, habit: Habit, count: number): Set<number> {
  if (count < MIN_CONSTANT_MESSAGES) return new Set();
  const parts = new Map(token.parts.map(({ start, end }) => [start, end]));
  const pieces = piecesOf(example, token.start, token.end);
  const constants = habit.pieceHashes.flatMap((hash, p) => {
    const piece = pieces[p];
    if (hash === undefined || piece === undefined || parts.get(piece.start) !== piece.end) return [];
    return CONSTANT.test(example.slice(piece.start, piece.end)) ? [piece.start] : [];
  });
  return new Set(constants);
}

/** Runs of word characters, as the habits count them. */
function piecesOf(text: string, start: number, end: number): { start: number; end: number }[] {
  const pieces: { start: number; end: number }[] = [];
  let from = -1;
  for (let at = start; at <= end; at++) {
    const char = text[at]!;
    const isWord = at < end && char > ' ' && char !== '\x7f' && !DELIMITERS.includes(char);
    if (isWord && from < 0) from = at;
    if (!isWord && from >= 0) {
      pieces.push({ start: from, end: at });
      from = -1;
    }
  }
  return pieces;
}
