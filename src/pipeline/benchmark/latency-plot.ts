// Stage latencies as ranges from p50 to p99, one colour a rate, on an axis that grows by tens.
import type { Durations } from '../latency/telemetry.js';
import { COLOURS, FAINT, svgDocument, svgDot, svgLine, svgText } from './svg-marks.js';

export interface PlottedStage {
  readonly name: string;
  /** By rate, in the order of the rates; undefined where the stage was not seen. */
  readonly times: readonly (Durations | undefined)[];
}

const WIDTH = 860;
const LEFT = 230;
const RIGHT = 30;
const TOP = 84;
const LANE = 11;
const GAP = 14;
/** What is quicker is shown here. */
const LEAST_MS = 0.01;
const DECADES = [0.01, 0.1, 1, 10, 100, 1000, 10_000, 100_000];

export function latencyPlot(rates: readonly string[], stages: readonly PlottedStage[]): string {
  const most = Math.max(1, ...stages.flatMap(({ times }) => times.map((each) => each?.max ?? 0)));
  const lastMs = DECADES.find((decade) => decade >= most) ?? most;
  const x = (ms: number): number =>
    LEFT +
    ((WIDTH - LEFT - RIGHT) * Math.log(Math.max(ms, LEAST_MS) / LEAST_MS)) / Math.log(lastMs / LEAST_MS);
  const rowHeight = rates.length * LANE + GAP;
  const bottom = TOP + stages.length * rowHeight;
  const axis = DECADES.filter((decade) => decade <= lastMs).flatMap((decade) => [
    svgLine(x(decade), TOP - 8, x(decade), bottom, FAINT),
    svgText(x(decade), bottom + 18, decade >= 1000 ? `${decade / 1000} s` : `${decade} ms`, {
      anchor: 'middle',
    }),
  ]);
  const legend = rates.flatMap((rate, index) => {
    const left = LEFT + index * 130;
    return [svgDot(left, 52, 5, COLOURS[index % COLOURS.length]!), svgText(left + 12, 56, rate)];
  });
  const rows = stages.flatMap(({ name, times }, row) => {
    const top = TOP + row * rowHeight;
    return [
      svgText(LEFT - 12, top + (rates.length * LANE) / 2 + 4, name, { anchor: 'end' }),
      ...times.flatMap((each, index) =>
        each === undefined
          ? []
          : range(each, x, top + index * LANE + LANE / 2, COLOURS[index % COLOURS.length]!),
      ),
    ];
  });
  const title = 'How long each stage takes: p50 (large), p95, p99';
  return svgDocument(WIDTH, bottom + 34, title, [...axis, ...legend, ...rows]);
}

function range({ p50, p95, p99 }: Durations, x: (ms: number) => number, y: number, colour: string): string[] {
  return [
    svgLine(x(p50), y, x(p99), y, colour, 2),
    svgDot(x(p50), y, 4.5, colour),
    svgDot(x(p95), y, 3, colour),
    svgDot(x(p99), y, 3, colour),
  ];
}
