// Where errors gather: caught and missed by kind, strength and service, and by hour of day with the false alerts.
import type { Measures } from '../evaluate/measure.js';
import { ALL_SOURCES } from '../../core/window/window-spec.js';
import type { Figure } from '../notebook/figure.js';
import { COLOUR } from '../notebook/figure-style.js';
import type { ErrorAnalysis } from './error-analysis.js';

/** Four panels. A label counts for each of its services; an hour is that of the onset, UTC. */
export function groupFigure({ evaluation, byService, byHour }: ErrorAnalysis): Figure {
  const panels = [
    { groups: evaluation.byKind, order: byRecall },
    { groups: evaluation.byStrength, order: byStrength },
    { groups: byService, order: byRecall },
  ].flatMap(({ groups, order }, index) => {
    const rows = Object.entries(groups)
      .filter(([, { events }]) => events.labels > 0)
      .sort(order);
    const names = rows.map(([name]) => name);
    const axes = axesOf(index);
    return [
      bars(
        'caught',
        names,
        rows.map(([, { events }]) => events.caught),
        index === 0,
        axes,
      ),
      bars(
        'missed',
        names,
        rows.map(([, { events }]) => events.labels - events.caught),
        index === 0,
        axes,
      ),
      ...(groups === byService && !(ALL_SOURCES in evaluation.bySource)
        ? [
            bars(
              'false alerts',
              names,
              names.map((name) => evaluation.bySource[name]?.falseAlerts ?? 0),
              false,
              axes,
            ),
          ]
        : []),
    ];
  });
  const hours = byHour.map(({ hour }) => hour);
  const hourAxes = { ...axesOf(3), orientation: 'v' };
  const ofHour = (name: ErrorGroup, values: readonly number[], isNamed: boolean): object => ({
    ...bars(name, [], [], isNamed, hourAxes),
    x: hours,
    y: values,
  });
  return {
    data: [
      ...panels,
      ofHour(
        'caught',
        byHour.map(({ caught }) => caught),
        false,
      ),
      ofHour(
        'missed',
        byHour.map(({ labels, caught }) => labels - caught),
        false,
      ),
      ofHour(
        'false alerts',
        byHour.map(({ falseAlerts }) => falseAlerts),
        true,
      ),
    ],
    layout: {
      title: { text: 'Anomalies caught and missed, and false alerts' },
      barmode: 'stack',
      height: 640,
      grid: { rows: 2, columns: 2, pattern: 'independent', xgap: 0.3, ygap: 0.22 },
      xaxis: { title: { text: 'by kind' } },
      xaxis2: { title: { text: 'by strength, 0 barely visible to 1 obvious' } },
      xaxis3: { title: { text: 'by service' } },
      xaxis4: { title: { text: 'by hour of day, UTC' } },
    },
  };
}

type ErrorGroup = 'caught' | 'missed' | 'false alerts';

const COLOURS: Readonly<Record<ErrorGroup, string>> = {
  caught: COLOUR.normal,
  missed: COLOUR.anomaly,
  'false alerts': COLOUR.muted,
};

function axesOf(index: number): object {
  return index === 0 ? {} : { xaxis: `x${index + 1}`, yaxis: `y${index + 1}` };
}

function bars(
  name: ErrorGroup,
  y: readonly string[],
  x: readonly number[],
  isNamed: boolean,
  more: object,
): object {
  const marker = { color: COLOURS[name] };
  return {
    type: 'bar',
    orientation: 'h',
    name,
    legendgroup: name,
    showlegend: isNamed,
    x,
    y,
    marker,
    ...more,
  };
}

type Group = readonly [name: string, measures: Measures];

/** Plotly draws from the bottom up: what is missed most comes last, on top. */
function byRecall([a, { events: m }]: Group, [b, { events: n }]: Group): number {
  return (n.recall ?? 0) - (m.recall ?? 0) || m.labels - n.labels || (a < b ? 1 : -1);
}

function byStrength([a]: Group, [b]: Group): number {
  return Number.parseFloat(a) - Number.parseFloat(b);
}
