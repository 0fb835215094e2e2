// How much each service writes over the days, in bins of equal length.
import type { LogRecord } from '../../core/record.js';
import { PALETTE } from '../notebook/figure-style.js';
import type { Figure } from '../notebook/figure.js';

export interface LoadOverTime {
  readonly binMs: number;
  /** Start of each bin, ms since epoch, a whole multiple of `binMs`. */
  readonly startsMs: readonly number[];
  /** Records by bin, the busiest service first. */
  readonly services: readonly { readonly source: string; readonly counts: readonly number[] }[];
}

/** Only bins that lie wholly between the first and the last record, so that none is low for being cut. */
export function loadOverTime(records: readonly LogRecord[], binMs: number): LoadOverTime {
  let [leastMs, greatestMs] = [Infinity, -Infinity];
  for (const { eventTimeMs } of records) {
    leastMs = Math.min(leastMs, eventTimeMs);
    greatestMs = Math.max(greatestMs, eventTimeMs);
  }
  const firstBin = Math.ceil(leastMs / binMs);
  const bins = Math.max(0, Math.floor(greatestMs / binMs) - firstBin);
  const bySource = new Map<string, number[]>();
  for (const { source, eventTimeMs } of records) {
    const bin = Math.floor(eventTimeMs / binMs) - firstBin;
    if (bin < 0 || bin >= bins) continue;
    let counts = bySource.get(source);
    if (!counts) bySource.set(source, (counts = Array.from({ length: bins }, () => 0)));
    counts[bin]!++;
  }
  const sum = (counts: readonly number[]): number => counts.reduce((total, count) => total + count, 0);
  return {
    binMs,
    startsMs: Array.from({ length: bins }, (_, bin) => (firstBin + bin) * binMs),
    services: [...bySource]
      .map(([source, counts]) => ({ source, counts }))
      .sort((a, b) => sum(b.counts) - sum(a.counts) || (a.source < b.source ? -1 : 1)),
  };
}

/** Stacked areas, in records a minute; the busiest service lies at the bottom. */
export function loadFigure({ binMs, startsMs, services }: LoadOverTime): Figure {
  return {
    data: services.map(({ source, counts }, index) => ({
      type: 'scatter',
      mode: 'lines',
      name: source,
      stackgroup: 'all',
      line: { width: 0.5, color: PALETTE[index % PALETTE.length] },
      x0: startsMs[0],
      dx: binMs,
      y: counts.map((count) => count / (binMs / 60_000)),
    })),
    layout: {
      title: { text: 'Load by service' },
      xaxis: { type: 'date', tickformat: '%a %H:%M' },
      yaxis: { title: { text: 'records a minute' } },
    },
  };
}
