// The map of windows as two panels: the plane of the first two components, and the distance from it.
import { SEQUENTIAL, seriesStyle } from '../notebook/figure-style.js';
import type { Figure } from '../notebook/figure.js';
import type { Place, WindowMap } from './window-map.js';

const CELLS = 40;

/** Left: second over first component. Right: distance from the plane over the first component. */
export function windowMapFigure({ variance, healthy, anomalies }: WindowMap): Figure {
  const kinds = [...new Set(anomalies.map(({ label }) => label.kind))].sort();
  const percent = (component: 0 | 1): string => `${(100 * variance[component]).toFixed(0)} %`;
  const panels = [
    { axes: { xaxis: 'x', yaxis: 'y' }, of: 1 as const },
    { axes: { xaxis: 'x2', yaxis: 'y2' }, of: 2 as const },
  ];
  return {
    data: panels.flatMap(({ axes, of }, panel) => [
      { ...density(healthy, of), ...axes, showlegend: false, showscale: panel === 0 },
      ...kinds.map((kind, index) => {
        const own = anomalies.filter(({ label }) => label.kind === kind);
        const { colour, symbol } = seriesStyle(index);
        return {
          type: 'scatter',
          mode: 'markers',
          name: kind,
          legendgroup: kind,
          showlegend: panel === 0,
          marker: { color: colour, symbol, size: 9, line: { color: '#ffffff', width: 1 } },
          ...axes,
          x: own.map(({ at }) => at[0]),
          y: own.map(({ at }) => at[of]),
          text: own.map(({ label }) => `${label.rootService}, strength ${label.strength}`),
        };
      }),
    ]),
    layout: {
      title: { text: 'Windows as the principal components of health see them' },
      height: 480,
      xaxis: { domain: [0, 0.45], title: { text: `component 1 (${percent(0)} of the variance)` } },
      yaxis: { title: { text: `component 2 (${percent(1)})` } },
      xaxis2: { domain: [0.55, 1], anchor: 'y2', title: { text: 'component 1' } },
      yaxis2: { anchor: 'x2', title: { text: 'distance from the plane' }, rangemode: 'tozero' },
      legend: { x: 1.16 },
    },
  };
}

/** Windows by cell of a grid over all of them, the logarithm of their number as colour; empty cells are blank. */
function density(places: readonly Place[], of: 1 | 2): object {
  const axis = (coordinate: 0 | 1 | 2): { low: number; size: number } => {
    let [low, high] = [Infinity, -Infinity];
    for (const place of places) {
      low = Math.min(low, place[coordinate]);
      high = Math.max(high, place[coordinate]);
    }
    return { low, size: (high - low) / CELLS || 1 };
  };
  const [x, y] = [axis(0), axis(of)];
  const cellOf = (value: number, { low, size }: { low: number; size: number }): number =>
    Math.min(CELLS - 1, Math.floor((value - low) / size));
  const counts = Array.from({ length: CELLS }, () => Array.from({ length: CELLS }, () => 0));
  for (const place of places) counts[cellOf(place[of], y)]![cellOf(place[0], x)]!++;
  return {
    type: 'heatmap',
    x0: x.low + x.size / 2,
    dx: x.size,
    y0: y.low + y.size / 2,
    dy: y.size,
    z: counts.map((row) =>
      row.map((count) => (count === 0 ? null : Math.round(100 * Math.log10(count)) / 100)),
    ),
    zmin: 0,
    zmax: Math.max(1, Math.log10(Math.max(...counts.flat()))),
    // without white, so that a single window is seen
    colorscale: SEQUENTIAL.slice(1).map(([at, colour]) => [(at - 0.25) / 0.75, colour]),
    colorbar: {
      title: { text: 'healthy<br>windows' },
      thickness: 12,
      tickvals: [0, 1, 2, 3, 4],
      ticktext: ['1', '10', '100', '1,000', '10,000'],
    },
    hoverinfo: 'skip',
  };
}
