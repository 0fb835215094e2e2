// Reads the rows that `score` wrote. Whoever evaluates a broken file should hear which line, not get a number.

import type { ScoredWindow } from './scored-window.js';
import { showValue } from './show-value.js';

export class ScoresError extends Error {
  override readonly name = 'ScoresError';
}

/** One window a line; blank lines are skipped, keys that an evaluation does not need are ignored. */
export function* readScores(lines: Iterable<string>): Generator<ScoredWindow> {
  let number = 0;
  for (const line of lines) {
    number++;
    if (line.trim() !== '') yield parseScoreLine(line, number);
  }
}

/**
 * @param number 1-based, for the message
 * @throws ScoresError naming the line, what was wanted and what came
 */
export function parseScoreLine(line: string, number: number): ScoredWindow {
  const row = parseObject(line, number);
  const wanted = (key: string, what: string): ScoresError =>
    new ScoresError(
      `scores line ${number}: "${key}" must be ${what}, got ${showValue(row[key])}; give the rows that score wrote`,
    );
  const { source, startMs, endMs, records, score, threshold, alert, file, revision } = row;
  if (typeof source !== 'string' || source === '') throw wanted('source', 'a service name or "*"');
  if (!isWhole(startMs)) throw wanted('startMs', 'whole milliseconds since 1970');
  if (!isWhole(endMs) || endMs <= startMs)
    throw wanted('endMs', `whole milliseconds after startMs ${startMs}`);
  if (!isWhole(records) || records < 0) throw wanted('records', 'a whole number of at least 0');
  if (!isNumber(score) || score < 0 || score > 1) throw wanted('score', 'a number from 0 to 1');
  if (!isNumber(threshold)) throw wanted('threshold', 'a number');
  if (typeof alert !== 'boolean') throw wanted('alert', 'true or false');
  if (file !== undefined && typeof file !== 'string') throw wanted('file', 'a text or absent');
  if (revision !== undefined && (!isWhole(revision) || revision < 0)) {
    throw wanted('revision', 'a whole number of at least 0, or absent');
  }
  return {
    source,
    startMs,
    endMs,
    records,
    score,
    threshold,
    alert,
    ...(file === undefined ? {} : { file }),
    ...(revision === undefined ? {} : { revision }),
  };
}

function parseObject(line: string, number: number): Record<string, unknown> {
  let row: unknown;
  try {
    row = JSON.parse(line);
  } catch (cause) {
    throw new ScoresError(`scores line ${number}: wanted a JSON object, got ${showValue(line)}`, { cause });
  }
  if (typeof row !== 'object' || row === null || Array.isArray(row)) {
    throw new ScoresError(`scores line ${number}: wanted a JSON object, got ${showValue(row)}`);
  }
  return row as Record<string, unknown>;
}

function isWhole(value: unknown): value is number {
  return Number.isSafeInteger(value);
}

function isNumber(value: unknown): value is number {
  return Number.isFinite(value);
}
