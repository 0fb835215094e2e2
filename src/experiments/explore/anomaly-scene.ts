// One anomaly before, while and after it, as the service where it began wrote it: records and errors by bin.
// Small multiples of these, all on one scale of time, show what each kind looks like.
import { severityClassOf } from '../../core/window/pane.js';
import type { LogRecord } from '../../core/record.js';
import type { Label } from '../labels.js';
import { COLOUR } from '../notebook/figure-style.js';
import type { Figure } from '../notebook/figure.js';

export interface AnomalyScene {
  readonly label: Label;
  readonly binMs: number;
  /** Start of the first bin, ms since epoch. */
  readonly fromMs: number;
  /** Records of WARN and below. */
  readonly others: readonly number[];
  /** Records of ERROR and FATAL. */
  readonly errors: readonly number[];
}

const ERROR_CLASS = 5;
/** An anomaly takes up the middle third or more: as much is shown before and after, and at least this much. */
const LEAST_AROUND_MS = 5 * 60_000;
const BINS = 48;

/** The strongest anomaly of each kind, kinds by name: what the kind looks like where it shows at all. */
export function strongestOfEachKind(labels: readonly Label[]): readonly Label[] {
  const best = new Map<string, Label>();
  for (const label of labels)
    if (label.strength > (best.get(label.kind)?.strength ?? -1)) best.set(label.kind, label);
  return [...best.values()].sort((a, b) => (a.kind < b.kind ? -1 : 1));
}

/** @throws RangeError when there is none of that kind */
export function strongestOfKind(labels: readonly Label[], kind: string): Label {
  const strongest = strongestOfEachKind(labels);
  const found = strongest.find((label) => label.kind === kind);
  if (!found)
    throw new RangeError(
      `these labels hold no ${kind}, only ${strongest.map((label) => label.kind).join(', ')}: take another seed or more time`,
    );
  return found;
}

/** Counts the records of the label's root service alone. */
export function anomalyScene(records: readonly LogRecord[], label: Label): AnomalyScene {
  const lengthMs = label.endMs - label.startMs;
  const aroundMs = Math.max(LEAST_AROUND_MS, lengthMs);
  const binMs = (lengthMs + 2 * aroundMs) / BINS;
  const fromMs = label.startMs - aroundMs;
  const others = Array.from({ length: BINS }, () => 0);
  const errors = Array.from({ length: BINS }, () => 0);
  for (const { eventTimeMs, source, severity } of records) {
    if (source !== label.rootService) continue;
    const bin = Math.floor((eventTimeMs - fromMs) / binMs);
    if (bin < 0 || bin >= BINS) continue;
    (severityClassOf(severity) >= ERROR_CLASS ? errors : others)[bin]!++;
  }
  return { label, binMs, fromMs, others, errors };
}

const COLUMNS = 3;

/** A panel a scene, in rows of three; the anomaly itself lies on a band. */
export function anomalyScenesFigure(scenes: readonly AnomalyScene[]): Figure {
  const rows = Math.ceil(scenes.length / COLUMNS);
  const axes: Record<string, object> = {};
  scenes.forEach((_, index) => {
    const column = index % COLUMNS;
    const row = Math.floor(index / COLUMNS);
    const top = 1 - row / rows;
    axes[`xaxis${index + 1}`] = {
      anchor: `y${index + 1}`,
      domain: [(column + 0.04) / COLUMNS, (column + 0.94) / COLUMNS],
    };
    axes[`yaxis${index + 1}`] = {
      anchor: `x${index + 1}`,
      domain: [top - 0.82 / rows, top - 0.16 / rows],
      rangemode: 'tozero',
    };
  });
  const bars = (
    index: number,
    { label, binMs, fromMs }: AnomalyScene,
    name: string,
    colour: string,
    y: readonly number[],
  ): object => ({
    type: 'bar',
    name,
    legendgroup: name,
    showlegend: index === 0,
    marker: { color: colour },
    xaxis: `x${index + 1}`,
    yaxis: `y${index + 1}`,
    x0: (fromMs + binMs / 2 - label.startMs) / 60_000,
    dx: binMs / 60_000,
    y,
  });
  return {
    data: scenes.flatMap((scene, index) => [
      bars(index, scene, 'other records', COLOUR.normal, scene.others),
      bars(index, scene, 'ERROR and FATAL', COLOUR.error, scene.errors),
    ]),
    layout: {
      title: { text: 'Each kind before, while (band) and after it: records, by minutes since its start' },
      height: 170 * rows + 60,
      barmode: 'stack',
      bargap: 0,
      ...axes,
      shapes: scenes.map(({ label }, index) => ({
        type: 'rect',
        xref: `x${index + 1}`,
        yref: `y${index + 1} domain`,
        x0: 0,
        x1: (label.endMs - label.startMs) / 60_000,
        y0: 0,
        y1: 1,
        fillcolor: COLOUR.label,
        opacity: 0.25,
        line: { width: 0 },
        layer: 'below',
      })),
      annotations: scenes.map(({ label }, index) => ({
        xref: `x${index + 1} domain`,
        yref: `y${index + 1} domain`,
        x: 0,
        y: 1.04,
        xanchor: 'left',
        yanchor: 'bottom',
        showarrow: false,
        text: `<b>${label.kind}</b> ${label.rootService}, strength ${label.strength}`,
      })),
    },
  };
}
