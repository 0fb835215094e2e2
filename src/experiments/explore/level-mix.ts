// Which severities each service writes: the share of each among its records.
import type { LogRecord } from '../../core/record.js';
import { SEVERITY_CLASSES, severityClassOf } from '../../core/window/pane.js';
import { COLOUR } from '../notebook/figure-style.js';
import type { Figure } from '../notebook/figure.js';

export interface LevelMix {
  readonly source: string;
  readonly records: number;
  /** By SEVERITY_CLASSES; they add up to 1. */
  readonly shares: readonly number[];
}

/** @returns the service with the greatest share of ERROR and FATAL first */
export function levelMix(records: readonly LogRecord[]): readonly LevelMix[] {
  const bySource = new Map<string, number[]>();
  for (const { source, severity } of records) {
    let counts = bySource.get(source);
    if (!counts) bySource.set(source, (counts = SEVERITY_CLASSES.map(() => 0)));
    counts[severityClassOf(severity)]!++;
  }
  return [...bySource]
    .map(([source, counts]) => {
      const total = counts.reduce((sum, count) => sum + count, 0);
      return { source, records: total, shares: counts.map((count) => count / total) };
    })
    .sort((a, b) => criticalShare(b) - criticalShare(a) || (a.source < b.source ? -1 : 1));
}

function criticalShare({ shares }: LevelMix): number {
  return shares[5]! + shares[6]!;
}

const COLOUR_OF: Readonly<Record<string, string>> = {
  UNSPECIFIED: COLOUR.muted,
  TRACE: COLOUR.muted,
  DEBUG: COLOUR.debug,
  INFO: COLOUR.info,
  WARN: COLOUR.warn,
  ERROR: COLOUR.error,
  FATAL: COLOUR.fatal,
};

/** A mark a severity and service on a log axis, so that one ERROR in ten thousand is seen; what never came has none. */
export function levelMixFigure(mixes: readonly LevelMix[]): Figure {
  const upwards = [...mixes].reverse();
  return {
    data: SEVERITY_CLASSES.flatMap((name, index) => {
      const own = upwards.filter(({ shares }) => shares[index]! > 0);
      if (own.length === 0) return [];
      return [
        {
          type: 'scatter',
          mode: 'markers',
          name,
          marker: { color: COLOUR_OF[name], size: 12 },
          y: own.map(({ source }) => source),
          x: own.map(({ shares }) => 100 * shares[index]!),
        },
      ];
    }),
    layout: {
      title: { text: 'Level mix by service' },
      xaxis: { title: { text: '% of its records' }, type: 'log', dtick: 1, exponentformat: 'none' },
      yaxis: { categoryorder: 'array', categoryarray: upwards.map(({ source }) => source) },
    },
  };
}
