// Who calls whom, in layers: each service stands one step to the right of the last that calls it, so that every arrow
// points to the right and a failure spreads to the left.
import type { Figure } from '../notebook/figure.js';
import { COLOUR } from '../notebook/figure-style.js';

export interface CallEdge {
  readonly from: string;
  readonly to: string;
}

export interface PlacedService {
  readonly name: string;
  /** 0 = called by nobody. */
  readonly layer: number;
  /** Place within its layer, centred around 0. */
  readonly row: number;
}

/**
 * @returns by layer, then by row; within a layer near their callers
 * @throws RangeError when the calls go round in a circle: then there are no layers
 */
export function placeServices(
  names: readonly string[],
  edges: readonly CallEdge[],
): readonly PlacedService[] {
  const layerOf = new Map<string, number>(names.map((name) => [name, 0]));
  // the longest path has at most one step a service: what still moves after that moves for ever
  for (let round = 0, moves = true; moves; round++) {
    if (round > names.length)
      throw new RangeError(
        'the calls go round in a circle: layers need a call graph without one, leave out an edge',
      );
    moves = false;
    for (const { from, to } of edges) {
      const layer = (layerOf.get(from) ?? 0) + 1;
      if (layer > (layerOf.get(to) ?? 0)) {
        layerOf.set(to, layer);
        moves = true;
      }
    }
  }
  const placed: PlacedService[] = [];
  for (let layer = 0; placed.length < layerOf.size; layer++) {
    const rowOf = new Map(placed.map(({ name, row }) => [name, row]));
    const members = [...layerOf]
      .filter(([, own]) => own === layer)
      .map(([name]) => ({ name, pull: meanRow(edges, name, rowOf) }))
      .sort((a, b) => a.pull - b.pull);
    // every other layer is wider, so that few arrows that pass a layer run through its circles
    const apart = layer % 2 === 0 ? 1.5 : 1;
    members.forEach(({ name }, index) =>
      placed.push({ name, layer, row: apart * (index - (members.length - 1) / 2) }),
    );
  }
  return placed;
}

/** Mean row of a service's callers: near them its arrows are short and seldom cross. */
function meanRow(edges: readonly CallEdge[], name: string, rowOf: ReadonlyMap<string, number>): number {
  const rows = edges.filter(({ to }) => to === name).map(({ from }) => rowOf.get(from) ?? 0);
  return rows.length === 0 ? 0 : rows.reduce((sum, row) => sum + row, 0) / rows.length;
}

/** Circles as large as what a service writes; an arrow for each call. */
export function callGraphFigure(
  placed: readonly PlacedService[],
  edges: readonly CallEdge[],
  recordsOf: ReadonlyMap<string, number>,
): Figure {
  const placeOf = new Map(placed.map((each) => [each.name, each]));
  const most = Math.max(1, ...recordsOf.values());
  // the area, not the width, is in proportion; nobody is too small to see
  const sizes = placed.map(({ name }) => 6 + 30 * Math.sqrt((recordsOf.get(name) ?? 0) / most));
  const lastLayer = Math.max(0, ...placed.map(({ layer }) => layer));
  const rows = placed.map(({ row }) => row);
  return {
    data: [
      {
        type: 'scatter',
        mode: 'markers+text',
        x: placed.map(({ layer }) => layer),
        y: placed.map(({ row }) => row),
        text: placed.map(({ name }) => `<b>${name}</b><br>${count(recordsOf.get(name) ?? 0)}`),
        textposition: 'bottom center',
        hoverinfo: 'skip',
        marker: {
          size: sizes,
          color: COLOUR.info,
          opacity: 1,
          line: { color: COLOUR.normal, width: 1.5 },
        },
      },
    ],
    layout: {
      title: { text: 'Who calls whom, and how many records each writes' },
      height: 560,
      showlegend: false,
      xaxis: { visible: false, range: [-0.4, lastLayer + 0.4] },
      yaxis: { visible: false, range: [Math.min(...rows) - 0.8, Math.max(...rows) + 0.4] },
      annotations: edges.flatMap(({ from, to }) => {
        const [tail, head] = [placeOf.get(from), placeOf.get(to)];
        if (!tail || !head) return [];
        return [
          {
            x: head.layer,
            y: head.row,
            ax: tail.layer,
            ay: tail.row,
            xref: 'x',
            yref: 'y',
            axref: 'x',
            ayref: 'y',
            text: '',
            showarrow: true,
            arrowhead: 2,
            arrowsize: 1.2,
            arrowwidth: 1.2,
            arrowcolor: COLOUR.muted,
            standoff: 4 + sizes[placed.indexOf(head)]! / 2,
            startstandoff: 2 + sizes[placed.indexOf(tail)]! / 2,
          },
        ];
      }),
    },
  };
}

function count(value: number): string {
  return value.toLocaleString('en-US');
}
