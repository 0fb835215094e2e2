// Features around anomalies, one panel each: the feature's course, its usual band for that service, the anomaly.
import type { Label } from '../labels.js';
import { COLOUR } from '../notebook/figure-style.js';
import type { Figure } from '../notebook/figure.js';
import { stretchOf } from './stretches.js';
import type { WindowTable } from './window-table.js';

export interface FeatureScene {
  readonly feature: string;
  readonly label: Label;
  /** End of the first window, minutes since the anomaly's start; below 0 before it. */
  readonly fromMinute: number;
  readonly windowMinutes: number;
  /** By window, in the feature's own unit. */
  readonly values: readonly number[];
  readonly usualLow: number;
  readonly usualHigh: number;
}

const LEAST_AROUND_MS = 10 * 60_000;

/**
 * The label's root service from one length of the anomaly before to one after it, ten minutes at least.
 *
 * @throws RangeError for a feature or service that the table does not have
 */
export function featureScene(table: WindowTable, label: Label, feature: string): FeatureScene {
  const index = table.features.findIndex(({ name }) => name === feature);
  if (index < 0)
    throw new RangeError(
      `there is no feature ${feature}; those of this spec are ${table.features.map(({ name }) => name).join(', ')}`,
    );
  const own = table.sources.find(({ source }) => source === label.rootService);
  if (!own)
    throw new RangeError(
      `no window of ${label.rootService} was tabulated: are these the labels of these logs?`,
    );
  const aroundMs = Math.max(LEAST_AROUND_MS, label.endMs - label.startMs);
  const { from, to } = stretchOf(
    { ...own, windows: own.rows.length },
    { startMs: label.startMs - aroundMs, endMs: label.endMs + aroundMs },
  );
  const rows = own.rows.slice(from, to);
  const band = table.scaler.band(label.rootService, index);
  return {
    feature,
    label,
    fromMinute: (own.startMs + (from + 1) * own.windowMs - label.startMs) / 60_000,
    windowMinutes: own.windowMs / 60_000,
    values: rows.map((row) => row.features[index]!),
    usualLow: band.low,
    usualHigh: band.high,
  };
}

/** @param columns panels beside each other, 1 or more */
export function featureScenesFigure(title: string, scenes: readonly FeatureScene[], columns: number): Figure {
  const rows = Math.ceil(scenes.length / columns);
  const axes: Record<string, object> = {};
  scenes.forEach((_, index) => {
    const column = index % columns;
    const top = 1 - Math.floor(index / columns) / rows;
    axes[`xaxis${index + 1}`] = {
      anchor: `y${index + 1}`,
      domain: [(column + 0.04) / columns, (column + 0.94) / columns],
    };
    axes[`yaxis${index + 1}`] = {
      anchor: `x${index + 1}`,
      domain: [top - 0.82 / rows, top - 0.16 / rows],
      rangemode: 'tozero',
    };
  });
  const band = (index: number, values: object): object => ({
    type: 'rect',
    xref: `x${index + 1}`,
    yref: `y${index + 1} domain`,
    line: { width: 0 },
    layer: 'below',
    opacity: 0.25,
    ...values,
  });
  return {
    data: scenes.map(({ feature, fromMinute, windowMinutes, values }, index) => ({
      type: 'scatter',
      mode: 'lines',
      name: feature,
      // a value is that of a whole window, not of a moment between two
      line: { shape: 'vh', width: 1.5, color: COLOUR.normal },
      xaxis: `x${index + 1}`,
      yaxis: `y${index + 1}`,
      x0: fromMinute,
      dx: windowMinutes,
      y: values,
    })),
    layout: {
      title: { text: title },
      height: 165 * rows + 90,
      showlegend: false,
      ...axes,
      shapes: scenes.flatMap(({ label, usualLow, usualHigh }, index) => [
        band(index, {
          x0: 0,
          x1: (label.endMs - label.startMs) / 60_000,
          y0: 0,
          y1: 1,
          fillcolor: COLOUR.label,
        }),
        band(index, {
          xref: `x${index + 1} domain`,
          yref: `y${index + 1}`,
          x0: 0,
          x1: 1,
          y0: usualLow,
          y1: usualHigh,
          fillcolor: COLOUR.benign,
          opacity: 0.15,
        }),
      ]),
      annotations: scenes.map(({ feature, label }, index) => ({
        xref: `x${index + 1} domain`,
        yref: `y${index + 1} domain`,
        x: 0,
        y: 1.03,
        xanchor: 'left',
        yanchor: 'bottom',
        showarrow: false,
        text: `<b>${feature}</b> ${label.rootService}, ${label.kind}`,
      })),
    },
  };
}
