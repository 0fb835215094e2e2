// A figure's JSON in its one settled form: the same figure gives the same bytes on every machine, and thus one name.
import { createHash } from 'node:crypto';
import type { Figure } from './figure.js';

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** Enough for any pixel; whole numbers (counts, ms since epoch) keep all of theirs. */
const SIGNIFICANT_DIGITS = 5;

/**
 * Plain JSON: numbers that are not whole rounded to 5 significant digits, -0 as 0, NaN and infinities as null (Plotly
 * leaves a gap there), typed arrays as arrays, dates as ms since epoch, and what is undefined left out.
 *
 * @throws TypeError on a function, symbol or bigint, saying where it stands
 */
export function settleFigure(figure: Figure): Figure {
  const data = settle(figure.data, 'data') as readonly object[];
  return figure.layout === undefined ? { data } : { data, layout: settle(figure.layout, 'layout') as object };
}

/** SHA-256 (64 hex digits) of the settled figure; the order of keys does not matter, that of lists does. */
export function figureHash(figure: Figure): string {
  return createHash('sha256')
    .update(JSON.stringify(sortKeys(settle(figure, 'figure'))))
    .digest('hex');
}

function settle(value: unknown, path: string): Json {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return value;
  if (typeof value === 'number') return settleNumber(value);
  if (value === undefined) return null;
  if (value instanceof Date) return settleNumber(value.getTime());
  if (Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView)))
    return Array.from(value as ArrayLike<unknown>, (each, index) => settle(each, `${path}[${index}]`));
  if (typeof value === 'object')
    return Object.fromEntries(
      Object.entries(value)
        .filter(([, each]) => each !== undefined)
        .map(([key, each]) => [key, settle(each, `${path}.${key}`)]),
    );
  throw new TypeError(`a figure is plain data, but ${path} is a ${typeof value}: put its value there`);
}

function settleNumber(value: number): number | null {
  if (!Number.isFinite(value)) return null;
  // adding 0 turns -0 into 0, which JSON cannot tell apart
  return Number.isInteger(value) ? value + 0 : Number(value.toPrecision(SIGNIFICANT_DIGITS)) + 0;
}

function sortKeys(value: Json): Json {
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map(sortKeys);
  const entries = Object.entries(value as { readonly [key: string]: Json });
  return Object.fromEntries(
    entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, each]) => [key, sortKeys(each)]),
  );
}
