// What one run of word characters is: where it ends, and whether it is a value (an id, a number, a path, a host)
// or a word of the template. Strings and regular expressions: the reference that the byte scanner is held to.

import { DELIMITERS, HOST_ENDINGS } from './vocabulary.js';

const NOT_WORD = `\\x00-\\x20\\x7f${DELIMITERS.replaceAll(/[\]]/g, '\\$&')}`;
/** A run of word characters up to a leader (`exception.....0`: two dots or more part words). */
const WORD = new RegExp(`(?:(?!\\.\\.)[^${NOT_WORD}])+`, 'y');
const LEADER = /\.{2,}/y;
/** Paths and URLs go on over `? = ; ! :` as long as a word character follows. */
const PATH = new RegExp(`(?:[^${NOT_WORD}]|[?=;!:](?=[^${NOT_WORD}]))+`, 'y');
/** Clock times, MAC and IPv6 addresses: 2 to 15 colons between groups of at most 4 hex digits, some may be empty. */
const HEX_RUN = /[0-9A-Fa-f]{1,4}(?::[0-9A-Fa-f]{0,4}){1,14}:[0-9A-Fa-f]{1,4}(?![0-9A-Ya-z])/y;
const MAC = /^(?:[0-9A-Fa-f]{2}:){5}[0-9A-Fa-f]{2}$/;

/** Where a word ends (its trailing dot left out) and where to go on; `isPath` if it is a path, URL or hex run. */
export interface WordEnd {
  readonly end: number;
  readonly next: number;
  readonly isPath: boolean;
}

/** @param at offset of a character that is neither space nor delimiter */
export function takeWord(text: string, at: number): WordEnd {
  const run = matchAt(HEX_RUN, text, at);
  if (run !== '' && (/[0-9]/.test(run) || MAC.test(run))) {
    const next = at + run.length + matchAt(WORD, text, at + run.length).length;
    return { end: trimDots(text, at, next), next, isPath: true };
  }
  const leader = matchAt(LEADER, text, at);
  if (leader !== '') return { end: at, next: at + leader.length, isPath: false };

  const word = matchAt(WORD, text, at);
  const wordEnd = at + word.length;
  const isPath = word.startsWith('/') && isWordChar(text[at + 1]);
  const isUrl = text.startsWith('://', wordEnd) && isWordChar(text[wordEnd + 3]);
  const next = isPath || isUrl ? at + matchAt(PATH, text, at).length : wordEnd;
  return { end: trimDots(text, at, next), next, isPath: isPath || isUrl };
}

/**
 * Whether a word stands for something that varies.
 *
 * @param word without trailing dots
 * @param after the two characters that follow it
 */
export function isValueWord(word: string, after: string): boolean {
  if (/[0-9]/.test(word)) return true;
  if (count(word, '/') >= 2 && /[A-Za-z]/.test(word)) return true;
  if (word.startsWith('\\') || count(word, '\\') >= 2) return true;
  if (/^[A-Fa-f]{8,}$/.test(word)) return true;
  if (word.indexOf('@') > 0) return true;
  return word.indexOf('.') > 0 && (/^:[0-9]/.test(after) || isHost(word));
}

function isHost(word: string): boolean {
  if (!/^[a-z_-]+(?:\.[a-z_-]+)+$/.test(word)) return false;
  const labels = word.split('.');
  const last = labels.at(-1)!;
  return HOST_ENDINGS.includes(last) || (last.length === 2 && HOST_ENDINGS.includes(labels.at(-2)!));
}

function matchAt(sticky: RegExp, text: string, at: number): string {
  sticky.lastIndex = at;
  return sticky.exec(text)?.[0] ?? '';
}

function isWordChar(char: string | undefined): boolean {
  return char !== undefined && char > ' ' && char !== '\x7f' && !DELIMITERS.includes(char);
}

function trimDots(text: string, start: number, end: number): number {
  let trimmed = end;
  while (trimmed > start && text[trimmed - 1] === '.') trimmed--;
  return trimmed;
}

function count(text: string, char: string): number {
  let found = 0;
  for (let at = text.indexOf(char); at >= 0; at = text.indexOf(char, at + 1)) found++;
  return found;
}
