// What a person would watch without any model: four plain numbers of a window, each of which adds up over time.
import { DEFAULT_WINDOW_SPEC } from '../../core/window/window-spec.js';
import { severityClassOf } from '../../core/window/pane.js';
import type { ExploredLog } from './explored-log.js';

/** `both`: fewer is as strange as more. */
export const EYES = [
  { name: 'volume', side: 'both', what: 'records' },
  { name: 'errors', side: 'high', what: 'ERROR and FATAL records' },
  { name: 'warnings', side: 'high', what: 'WARN records' },
  { name: 'new lines', side: 'high', what: 'templates that its service never wrote before' },
] as const;

/** One source's windows, without a gap from the first to the last. */
export interface WatchedSource {
  readonly source: string;
  readonly windowMs: number;
  /** Start of the first window, ms since epoch. */
  readonly startMs: number;
  /** By eye (in the order of EYES), by window. */
  readonly values: readonly Float64Array[];
}

/** Windows of the default length; all sources from the log's first window to its last. */
export function watchSources(log: ExploredLog): readonly WatchedSource[] {
  const { windowMs } = DEFAULT_WINDOW_SPEC;
  const { records, templateOf, sources } = log;
  const windowOf = (timeMs: number): number => Math.floor(timeMs / windowMs);
  let [first, last] = [Infinity, -Infinity];
  for (const { eventTimeMs } of records) {
    first = Math.min(first, windowOf(eventTimeMs));
    last = Math.max(last, windowOf(eventTimeMs));
  }
  const watched = new Map(
    sources.map((source) => [source, EYES.map(() => new Float64Array(last - first + 1))] as const),
  );
  const seen = new Set<string>();
  records.forEach(({ source, eventTimeMs, severity }, index) => {
    const [volume, errors, warnings, news] = watched.get(source)!;
    const window = windowOf(eventTimeMs) - first;
    const severityClass = severityClassOf(severity);
    const key = `${source}|${templateOf[index]!}`;
    volume![window]!++;
    if (severityClass >= 5) errors![window]!++;
    if (severityClass === 4) warnings![window]!++;
    if (!seen.has(key)) news![window]!++;
    seen.add(key);
  });
  return [...watched].map(([source, values]) => ({ source, windowMs, startMs: first * windowMs, values }));
}
