// Whether a log says enough to learn from: how many windows its first lines make, read no further than that takes.
import { statSync } from 'node:fs';
import type { InputOptions } from '../../core/artifact.js';
import { sourceOfPath } from '../../core/source-name.js';
import type { WindowSpec } from '../../core/window/window-spec.js';
import { createWindowCount } from '../fit/count-windows.js';
import { MIN_WINDOWS } from '../fit/fit-model.js';
import { readRecords } from '../input/read-records.js';
import { createTally, type Tally } from '../input/tally.js';

export interface LogMeasure {
  /** Of all sources, at most MIN_WINDOWS. */
  readonly windows: number;
  /** That make them: all there are where they are too few. */
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
  const file = { path, bytes: statSync(path).size, defaultSource: sourceOfPath(path) };
  await readRecords([file], { ...input, signal: AbortSignal.any([signal, enough.signal]) }, (read) => {
    if (enough.signal.aborted) return;
    tally.onRead(read, path);
    if (!read.ok) return;
    const { eventTimeMs, source } = read.record;
    sources.add(source);
    startMs = Math.min(startMs, eventTimeMs);
    endMs = Math.max(endMs, eventTimeMs);
    count.add(read.record);
    if (count.windows() >= MIN_WINDOWS) enough.abort();
  });
  const total = tally.tally();
  const windows = Math.min(MIN_WINDOWS, count.windows());
  return { windows, lines: total.lines.read, sources: sources.size, startMs, endMs, tally: total };
}
