import { expect, test } from 'vitest';
import { settleFigure } from '../notebook/figure-json.js';
import type { Figure } from '../notebook/figure.js';
import { comparedBy, EAGER_FINDER, SPIKE_FINDER, TWO_HOURS } from './compare.testkit.js';
import { comparisonTable } from './comparison-table.js';
import { contestantStyles } from './contestant-style.js';
import { costFigure } from './cost-figure.js';
import { curveFigure } from './curve-figure.js';
import { delayFigure } from './delay-figure.js';
import { kindFigure } from './kind-figure.js';
import { spreadFigure } from './spread-figure.js';
import { spreadPoint } from './spread.js';
import { tradeOffFigure, tradeOffs } from './trade-off-figure.js';

const BOTH = [EAGER_FINDER, SPIKE_FINDER];

/** A trace by its position, to look into. */
function trace(figure: Figure, index: number): Readonly<Record<string, never>> {
  return figure.data[index] as Readonly<Record<string, never>>;
}

test('a kind that more contestants catch stands further left, with its counts written in it', () => {
  const rows = BOTH.map(({ name, evaluation }) => ({ name, byKind: evaluation.byKind }));

  expect(trace(kindFigure(rows), 0)).toMatchObject({
    x: ['error-spike', 'silence'],
    y: ['combined', 'new-templates'],
    z: [
      [1, 1],
      [1, 0],
    ],
    text: [
      ['1/1', '1/1'],
      ['1/1', '0/1'],
    ],
  });
});

test('a kind of which no label is judged is left out', () => {
  const labels = {
    ...TWO_HOURS,
    labels: [
      ...TWO_HOURS.labels,
      { ...TWO_HOURS.labels[0]!, id: 'later', kind: 'latency', startMs: 9e9, endMs: 9.1e9, onsetMs: 9e9 },
    ],
  };
  const { name, evaluation } = comparedBy('combined', () => 0.9, { ...labels, endMs: 1e10 });

  expect(trace(kindFigure([{ name, byKind: evaluation.byKind }]), 0)['x']).toEqual([
    'error-spike',
    'silence',
  ]);
});

test('delays are minutes from the onset to the end of the first window that alerts, a mark for each caught anomaly', () => {
  const figure = delayFigure(BOTH);

  expect(trace(figure, 0)).toMatchObject({ name: 'combined (2)', x: [0.5, 0.5] });
  expect(trace(figure, 1)).toMatchObject({ name: 'new-templates (1)', x: [2.5], text: ['error-spike'] });
});

test('the trade-off passes through what was measured at the chosen threshold', () => {
  const found = tradeOffs(BOTH, TWO_HOURS);

  for (const [index, { evaluation }] of BOTH.entries()) {
    const chosen = found[index]!.points.filter(({ isChosen }) => isChosen);
    expect(chosen).toHaveLength(1);
    expect(chosen[0]).toMatchObject({
      recall: evaluation.events.recall,
      falseAlertsADay: evaluation.events.falseAlertsADay,
      threshold: 0.5,
    });
    expect(trace(tradeOffFigure(found, 2), 2 * index + 1)).toMatchObject({
      mode: 'markers',
      y: [chosen[0]!.recall],
    });
  }
});

test('the spread shows each run beside its own detector and leaves out those that were not compared', () => {
  const others = [
    { ...spreadPoint(SPIKE_FINDER, '7'), eventRecall: 0.25 },
    spreadPoint(
      comparedBy('silence', () => 0),
      '7',
    ),
  ];

  const figure = spreadFigure(BOTH, [{ name: 'other data', points: others }]);

  expect(trace(figure, 0)).toMatchObject({ x: [1, 0.5], y: ['combined', 'new-templates'] });
  expect(trace(figure, 1)).toMatchObject({
    name: 'other data',
    x: [0.25],
    y: ['new-templates'],
    text: ['seed 7'],
  });
});

test('costs are seconds of fitting and microseconds a window', () => {
  const figure = costFigure([SPIKE_FINDER]);

  expect(trace(figure, 0)['x']).toEqual([2]);
  expect(trace(figure, 1)['x']).toEqual([100]);
});

test('curves begin and end where curves do, and only in the legend of one panel', () => {
  const figure = curveFigure([SPIKE_FINDER], TWO_HOURS);
  const [precisionRecall, roc] = [trace(figure, 0), trace(figure, 1)] as unknown as readonly {
    x: number[];
    y: number[];
  }[];

  expect([roc!.x[0], roc!.y[0], roc!.x.at(-1), roc!.y.at(-1)]).toEqual([0, 0, 1, 1]);
  expect(precisionRecall!.x.at(-1)).toBe(1);
  expect(roc).toMatchObject({ showlegend: false, xaxis: 'x2' });
});

test('without a label or an alert every figure is still plain data', () => {
  const nothing = comparedBy('null', () => 0, { ...TWO_HOURS, labels: [] });
  const labels = { ...TWO_HOURS, labels: [] };

  const figures = [
    curveFigure([nothing], labels),
    kindFigure([{ name: 'null', byKind: nothing.evaluation.byKind }]),
    delayFigure([nothing]),
    tradeOffFigure(tradeOffs([nothing], labels), 2),
    costFigure([nothing]),
    spreadFigure([nothing], []),
  ];

  expect(figures.map(settleFigure)).toHaveLength(6);
});

test('the table counts what was caught and says what is undefined', () => {
  const { alwaysOn, null: never } = EAGER_FINDER.evaluation.baselines;

  const rows = comparisonTable([
    ['new-templates', SPIKE_FINDER.evaluation],
    ['null', never],
    ['always-on', alwaysOn],
  ]);

  expect(rows.map(({ caught, precision }) => [caught, precision])).toEqual([
    ['1 of 2', 1],
    ['0 of 2', null],
    ['2 of 2', 1],
  ]);
});

test('detectors differ in colour or dash, and baselines take no colour away from them', () => {
  const styles = contestantStyles(['error-count', 'combined', 'null', 'robust-z']);

  const [combined, robustZ] = [styles.get('combined')!, styles.get('robust-z')!];
  expect(combined).toEqual(contestantStyles(['combined']).get('combined'));
  expect(robustZ.colour).not.toBe(combined.colour);
  expect(styles.get('null')!.colour).toBe(styles.get('error-count')!.colour);
});
