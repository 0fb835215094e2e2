// Rates as bars: one process beside the bare loop, and groups of consumers.
import { medianOf } from './bench-report.js';
import type { ConsumerCount } from './consumer-counts.js';
import type { ReadRate } from './read-rates.js';
import { COLOURS, svgBar, svgDocument, svgText } from './svg-marks.js';

const WIDTH = 720;
const LEFT = 190;
const RIGHT = 110;
const BAR = 22;
const ROW = 32;
const TOP = 48;
const GAP = 40;

export function ratesPlot(rates: readonly ReadRate[], counts: readonly ConsumerCount[]): string {
  const single = rates.map(({ name, perSecond }) => ({ name, value: medianOf(perSecond) }));
  const groups = counts.map(({ consumers, perSecond }) => ({
    name: consumers === 1 ? '1 consumer' : `${consumers} consumers`,
    value: perSecond,
  }));
  const most = Math.max(...[...single, ...groups].map(({ value }) => value));
  const bars = (
    rows: readonly { readonly name: string; readonly value: number }[],
    top: number,
    colour: string,
  ): readonly string[] =>
    rows.flatMap(({ name, value }, index) => {
      const y = top + index * ROW;
      const width = ((WIDTH - LEFT - RIGHT) * value) / most;
      return [
        svgText(LEFT - 10, y + 16, name, { anchor: 'end' }),
        svgBar(LEFT, y, width, BAR, colour),
        svgText(LEFT + width + 8, y + 16, `${Math.round(value / 1000)}k/s`),
      ];
    });
  const groupsTop = TOP + single.length * ROW + GAP;
  return svgDocument(WIDTH, groupsTop + groups.length * ROW + 16, 'Messages a second from Kafka', [
    ...bars(single, TOP, COLOURS[0]),
    svgText(16, groupsTop - 12, 'Consumers of one group, each a process'),
    ...bars(groups, groupsTop, COLOURS[1]),
  ]);
}
