// The obvious scanner: a message as a sequence of words, delimiters and values, in plain strings.
// It is the definition of a shape (and prints templates); `shape-bytes.ts` is held to it by a property test.

import { isValueWord, takeWord } from './shape-word.js';
import {
  DATE_WORDS,
  DELIMITERS,
  JOINERS,
  LITERALS,
  MAX_PAYLOAD_TOKENS,
  MAX_TOKENS,
  MESSAGE_KEYS,
  SIGNS,
  UNITS,
  USER_PREFIXES,
} from './vocabulary.js';

/** How a value is printed, and what a template's slot is called. */
export const SLOT = '<*>';

export interface Span {
  /** Offsets into the scanned text, UTF-16 units, half open. */
  readonly start: number;
  readonly end: number;
}

export interface ShapeToken extends Span {
  readonly kind: 'word' | 'delimiter' | 'value';
  /** As written; `<*>` for a value. */
  readonly text: string;
  /** Of a value: the single values it was folded from, in order. */
  readonly parts: readonly Span[];
  /** Of a value: what stood between and after its parts (joiners, units), so that equal layouts can be told. */
  readonly glue: string;
}

const CLOSERS: Readonly<Record<string, string>> = { ']': '[', '}': '{', '>': '<', '"': '"', "'": "'" };

/**
 * @param text a canonical text (see `canonicalText`): the head line, then one exception type a line
 * @returns at most `MAX_TOKENS` tokens of the head (one more where a pair went in last), then two for each type
 */
export function scanShape(text: string): ShapeToken[] {
  const [head = '', ...types] = text.split('\n');
  const tokens = scanHead(head);
  let at = head.length;
  for (const type of types) {
    tokens.push(plainToken('delimiter', '\n', at), plainToken('word', type, at + 1));
    at += 1 + type.length;
  }
  return tokens;
}

function scanHead(head: string): ShapeToken[] {
  const tokens: ShapeToken[] = [];
  /** Token indices of the `[` and `{` that are still open, and of an open double quote (-1: none). */
  const opened: number[] = [];
  let quote = -1;

  let at = 0;
  while (at < head.length && tokens.length < MAX_TOKENS) {
    const char = head[at]!;
    if (char <= ' ' || char === '\x7f') at++;
    else if (DELIMITERS.includes(char)) addDelimiter(char, at++);
    else at = addWord(at);
  }
  // a payload that was cut off is still a payload
  const cut = opened.find((open) => tokens.length - open - 1 > MAX_PAYLOAD_TOKENS);
  if (cut !== undefined) foldFrom(cut, at);
  return tokens;

  function addWord(start: number): number {
    const { end, next, isPath } = takeWord(head, start);
    const word = head.slice(start, end);
    const top = tokens.at(-1);
    const below = tokens.at(-2);
    if (word === '') return next;
    if (isPath || isValueWord(word, head.slice(end, end + 2))) {
      const isDrive =
        word.startsWith('\\') && top?.text === ':' && below !== undefined && /^[A-Za-z]$/.test(below.text);
      if (isDrive) tokens.length -= 2;
      addValue(isDrive ? below.start : start, end);
    } else if (top?.kind === 'value' && UNITS.includes(word)) {
      replaceTop({ ...top, end, glue: `${top.glue} ${word}` });
    } else if (
      (LITERALS.includes(word) && (isDelimiter(top, '=:(') || isEmptySlot(top, below))) ||
      (top?.text === 'user' && below !== undefined && USER_PREFIXES.includes(below.text))
    ) {
      addValue(start, end);
    } else tokens.push(plainToken('word', word, start));
    return next;
  }

  function addDelimiter(char: string, at: number): void {
    const before = head[at - 1];
    const after = head[at + 1];
    const top = tokens.at(-1);
    if ((char === '<' || char === '>') && after !== undefined && /[0-9]/.test(after)) return;
    if (char === '>' && (before === '-' || before === '=')) return; // an arrow reads like its shaft
    if (before !== undefined && before === CLOSERS[char] && isDelimiter(top, before)) {
      addValue(at, at); // an empty slot is a slot
      tokens.push(plainToken('delimiter', char, at));
      if (char === '"') quote = -1;
      if (char === ']' || char === '}') opened.pop();
      return;
    }
    if (char === before && '=,;<>|!?`:'.includes(char)) return;
    if (char === ')' && dropParenthesis(at)) return;
    if (char === ']' || char === '}') {
      while (opened.length > 0 && tokens[opened.at(-1)!]!.text !== CLOSERS[char]) opened.pop();
      const open = opened.pop();
      if (open !== undefined && tokens.length - open - 1 > MAX_PAYLOAD_TOKENS) return foldFrom(open, at + 1);
    }
    if (char === '[' || char === '{') opened.push(tokens.length);
    if (char === '"') {
      if (quote >= 0) foldQuoted(at);
      quote = quote >= 0 ? -1 : tokens.length;
    }
    tokens.push(plainToken('delimiter', char, at));
    if (char === '=' && isKeyEnd(before) && (after === undefined || after <= ' ' || ',;)]}'.includes(after)))
      addValue(at + 1, at + 1);
  }

  /** Pushes a value, or folds it into the value before it. */
  function addValue(start: number, end: number): void {
    let from = start;
    let dates = 0;
    for (; isWord(tokens.at(-1), DATE_WORDS); dates++) from = tokens.pop()!.start;
    if (isWord(tokens.at(-1), SIGNS) && tokens.at(-2)?.kind !== 'value') from = tokens.pop()!.start;
    const top = tokens.at(-1);
    const below = tokens.at(-2);
    const date = dates > 0 ? 'd' : '';
    const part = { start: from, end };
    if (top?.kind === 'value') {
      replaceTop({ ...top, end, parts: [...top.parts, part], glue: `${top.glue} ${date}` });
    } else if (top !== undefined && JOINERS.includes(top.text) && below?.kind === 'value') {
      tokens.pop();
      replaceTop({ ...below, end, parts: [...below.parts, part], glue: `${below.glue} ${top.text}${date}` });
    } else tokens.push({ kind: 'value', text: SLOT, start: from, end, parts: [part], glue: date });
  }

  /** A parenthesis that holds a value or nothing, after a value, is optional and no structure: it joins that value. */
  function dropParenthesis(at: number): boolean {
    const inner = tokens.at(-1)?.kind === 'value' ? tokens.at(-1)! : undefined;
    const open = tokens.at(inner ? -2 : -1);
    const value = tokens.at(inner ? -3 : -2);
    if (!isDelimiter(open, '(') || value?.kind !== 'value') return false;
    tokens.length -= inner ? 2 : 1;
    const parts = inner ? [...value.parts, ...inner.parts] : value.parts;
    replaceTop({ ...value, end: at + 1, parts, glue: `${value.glue}(${inner ? inner.glue : '-'})` });
    return true;
  }

  /** `key="some words"` becomes `key="<*>"`, unless the key says that this is the message. */
  function foldQuoted(at: number): void {
    const key = tokens[quote - 2];
    const isAttribute =
      isDelimiter(tokens[quote - 1], '=') && key?.kind === 'word' && !MESSAGE_KEYS.includes(key.text);
    if (!isAttribute || tokens.length - quote - 1 < 2) return;
    const start = tokens[quote]!.end;
    tokens.length = quote + 1;
    opened.splice(0, opened.length, ...opened.filter((open) => open < quote));
    addValue(start, at);
  }

  function foldFrom(open: number, end: number): void {
    const { start } = tokens[open]!;
    tokens.length = open;
    if (quote >= open) quote = -1;
    addValue(start, end);
  }

  function replaceTop(token: ShapeToken): void {
    tokens[tokens.length - 1] = token;
  }
}

function plainToken(kind: 'word' | 'delimiter', text: string, start: number): ShapeToken {
  return { kind, text, start, end: start + text.length, parts: [], glue: '' };
}

function isDelimiter(token: ShapeToken | undefined, chars: string): boolean {
  return token?.kind === 'delimiter' && chars.includes(token.text);
}

/** The slot of `key=` before a space. */
function isEmptySlot(top: ShapeToken | undefined, below: ShapeToken | undefined): boolean {
  return top?.kind === 'value' && top.start === top.end && isDelimiter(below, '=');
}

function isWord(token: ShapeToken | undefined, words: readonly string[]): boolean {
  return token?.kind === 'word' && words.includes(token.text);
}

function isKeyEnd(char: string | undefined): boolean {
  return char !== undefined && char > ' ' && char !== '\x7f' && !DELIMITERS.includes(char);
}
