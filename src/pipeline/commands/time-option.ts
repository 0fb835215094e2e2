// A moment on the command line, the same for every command.
import { InvalidArgumentError } from 'commander';
import { parseTimestamp } from '../../core/timestamp.js';

/** @returns ms since epoch; UTC where the text names no zone */
export function timeOf(text: string): number {
  const timeMs = parseTimestamp(text, { zoneOffsetMinutes: 0 });
  if (timeMs === undefined)
    throw new InvalidArgumentError(
      `'${text}' is no time: write for example 2026-03-03T04:00:00Z, or milliseconds since 1970`,
    );
  return timeMs;
}
