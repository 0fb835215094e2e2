// Scored windows of a range, each once, by whichever model was champion then.
import type { TimeRange } from '../reader.js';
import type { DashboardData } from '../answers/dashboard-data.js';
import type { ModelLine } from '../answers/model-line.js';
import { type ExportTable, isoTime } from './export-table.js';
import { type FigureSources, spokenFigures } from './spoken-figures.js';

const COLUMNS = ['source', 'start', 'end', 'records', 'score', 'threshold', 'alert', 'model', 'version'];

export function windowTable(
  sources: FigureSources,
  line: ModelLine | undefined,
  range: TimeRange,
  wanted: string | undefined,
): ExportTable {
  return {
    columns: COLUMNS,
    parts: (async function* () {
      if (line === undefined) return;
      for await (const { artifact, windows } of spokenFigures(sources, line, range, wanted))
        yield windows.map(({ source, startMs, endMs, records, score, threshold, alert }) => [
          source,
          isoTime(startMs),
          isoTime(endMs),
          records,
          score,
          threshold,
          alert,
          artifact.name,
          artifact.version,
        ]);
    })(),
  };
}

/** How many there are, as the sums by the hour have it: at least as many as lie in the range. */
export async function countWindows(
  { reader }: Pick<DashboardData, 'reader'>,
  line: ModelLine | undefined,
  { fromMs, toMs }: TimeRange,
  source: string | undefined,
): Promise<number> {
  const whole = { fromMs: Math.floor(fromMs / HOUR_MS) * HOUR_MS, toMs: Math.ceil(toMs / HOUR_MS) * HOUR_MS };
  let windows = 0;
  for (const { artifact } of line?.spans ?? [])
    for (const bucket of await reader.swimlane(artifact, whole, HOUR_MS))
      if (source === undefined || bucket.source === source) windows += bucket.windows;
  return windows;
}

const HOUR_MS = 3_600_000;
