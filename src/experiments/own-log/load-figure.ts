// How much a log says over time, by severity, with the part that the fit will see marked.
import { SEVERITY_CLASSES } from '../../core/window/pane.js';
import { bandShape, COLOUR } from '../notebook/figure-style.js';
import type { Figure } from '../notebook/figure.js';
import type { LoadBin } from './look-at-log.js';

const MAX_BARS = 240;
const COLOURS = [
  COLOUR.muted,
  COLOUR.debug,
  COLOUR.debug,
  COLOUR.info,
  COLOUR.warn,
  COLOUR.error,
  COLOUR.fatal,
] as const;

/**
 * @param load by time, at least one
 * @param untilMs where the fit ends
 */
export function loadFigure(load: readonly LoadBin[], binMs: number, untilMs: number): Figure {
  const [startMs, lastMs] = [load[0]!.startMs, load.at(-1)!.startMs];
  const binsABar = Math.max(1, Math.ceil(((lastMs - startMs) / binMs + 1) / MAX_BARS));
  const barMs = binsABar * binMs;
  const bars = Array.from({ length: Math.floor((lastMs - startMs) / barMs) + 1 }, () =>
    SEVERITY_CLASSES.map(() => 0),
  );
  for (const bin of load)
    bin.counts.forEach((count, level) => {
      bars[Math.floor((bin.startMs - startMs) / barMs)]![level]! += count;
    });
  const middles = bars.map((_, bar) => startMs + (bar + 0.5) * barMs);
  return {
    data: SEVERITY_CLASSES.flatMap((name, level) => {
      const counts = bars.map((bar) => bar[level]!);
      if (counts.every((count) => count === 0)) return [];
      const marker = { color: COLOURS[level] };
      return [{ type: 'bar', name: name.toLowerCase(), x: middles, y: counts, marker }];
    }),
    layout: {
      title: { text: `Records every ${describeMs(barMs)}; the band is fitted on` },
      barmode: 'stack',
      bargap: 0,
      xaxis: { type: 'date' },
      yaxis: { title: { text: 'records' }, rangemode: 'tozero' },
      shapes: [bandShape({ startMs, endMs: untilMs }, COLOUR.muted)],
    },
  };
}

function describeMs(ms: number): string {
  return ms % 60_000 === 0 ? `${ms / 60_000} min` : `${ms / 1000} s`;
}
