// What a delimiter byte does by what stands next to it: the questions that the byte scanner asks of single bytes.

import {
  APOSTROPHE,
  COLON,
  COMMA,
  CURLY_CLOSE,
  CURLY_OPEN,
  EQUALS,
  GREATER,
  LESS,
  QUOTE,
  ROUND_CLOSE,
  ROUND_OPEN,
  SEMICOLON,
  SQUARE_CLOSE,
  SQUARE_OPEN,
} from './byte-names.js';

/** What an empty pair begins with, by its end: `[` for `]`, a quote for itself; 0 for bytes that end no pair. */
export function openerOf(byte: number): number {
  if (byte === SQUARE_CLOSE) return SQUARE_OPEN;
  if (byte === CURLY_CLOSE) return CURLY_OPEN;
  if (byte === GREATER) return LESS;
  return byte === QUOTE || byte === APOSTROPHE ? byte : 0;
}

/** `= , ; < > | ! ? backquote :` written twice are one. */
export function isRepeatable(byte: number): boolean {
  return openerOf(byte) !== byte && !isBracket(byte);
}

function isBracket(byte: number): boolean {
  return (
    byte === ROUND_OPEN ||
    byte === ROUND_CLOSE ||
    byte === SQUARE_OPEN ||
    byte === SQUARE_CLOSE ||
    byte === CURLY_OPEN ||
    byte === CURLY_CLOSE
  );
}

/** After these, `true`, `none` and the like are values. */
export function isBeforeLiteral(byte: number): boolean {
  return byte === EQUALS || byte === COLON || byte === ROUND_OPEN;
}

/** What follows the `=` of a key without a value. */
export function isAfterEmptySlot(byte: number): boolean {
  return byte <= 0x20 || byte === COMMA || byte === SEMICOLON || isCloser(byte);
}

function isCloser(byte: number): boolean {
  return byte === ROUND_CLOSE || byte === SQUARE_CLOSE || byte === CURLY_CLOSE;
}
