// Whether a log says enough to learn from: how many windows its first lines make, and of how long, read no further than that
// takes.
import type { InputOptions } from '../../core/artifact.js';
import { sourceOfPath } from '../../core/source-name.js';
import type { WindowSpec } from '../../core/window/window-spec.js';
import { createWindowCount } from '../fit/count-windows.js';
import { MIN_WINDOWS } from '../fit/fit-model.js';
import { readRecords } from '../input/read-records.js';
import { createTally, type Tally } from '../input/tally.js';
import { statLog } from './log-growth.js';

/**
 * Many sources make the least number of windows within a minute or two, and what is usual changes from one to the next: on
 * healthy logs of eleven services fits on 3 and 5 minutes gave up to five times the false alerts of one on 10, which gave no
 * more than one on an hour.
 */
export const GOOD_SPAN_MS = 600_000;

export interface LogMeasure {
  /** Of all sources, as far as it was read. */
  readonly windows: number;
  /** MIN_WINDOWS of them, over GOOD_SPAN_MS or longer. */
  readonly isGood: boolean;
  /** That make MIN_WINDOWS and, where it is good, take so long: all there are where they are too few. */
  readonly lines: number;
  readonly sources: number;
  /** Of the first and the last record in time, ms; not finite where there is none. */
  readonly startMs: number;
  readonly endMs: number;
  readonly tally: Tally;
}

/** @throws InputError for a file that cannot be read */
export async function measureLog(
  path: string,
  input: InputOptions,
  window: WindowSpec,
  signal: AbortSignal,
): Promise<LogMeasure> {
  const enough = new AbortController();
  const count = createWindowCount(window);
  const tally = createTally();
  const sources = new Set<string>();
  let [startMs, endMs] = [Infinity, -Infinity];
  let least: number | undefined;
  const file = { path, bytes: statLog(path).size, defaultSource: sourceOfPath(path) };
  await readRecords([file], { ...input, signal: AbortSignal.any([signal, enough.signal]) }, (read) => {
    if (enough.signal.aborted) return;
    tally.onRead(read, path);
    if (!read.ok) return;
    const { eventTimeMs, source } = read.record;
    sources.add(source);
    startMs = Math.min(startMs, eventTimeMs);
    endMs = Math.max(endMs, eventTimeMs);
    count.add(read.record);
    if (count.windows() < MIN_WINDOWS) return;
    least ??= tally.tally().lines.read;
    if (endMs - startMs >= GOOD_SPAN_MS) enough.abort();
  });
  const total = tally.tally();
  const isGood = enough.signal.aborted;
  const lines = isGood ? total.lines.read : (least ?? total.lines.read);
  return { windows: count.windows(), isGood, lines, sources: sources.size, startMs, endMs, tally: total };
}
