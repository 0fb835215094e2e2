import { afterAll, beforeAll, expect, test } from 'vitest';
import { createLogFolder } from '../input/input.testkit.js';
import { resolveInputs } from '../input/resolve-inputs.js';
import { settleFigure } from '../notebook/figure-json.js';
import { safeMarkup } from '../notebook/safe-markup.js';
import { analyseErrors } from './analyse-errors.js';
import type { ErrorAnalysis } from './error-analysis.js';
import { falseAlertRows, missedRows } from './error-rows.js';
import { groupFigure } from './group-figure.js';
import { historyFigure } from './history-figure.js';
import { renderFalseAlertCard } from './render-false-alerts.js';
import { renderMissedCard } from './render-missed.js';
import { ANALYSE_OPTIONS, HOSTILE_TEXTS, smallCase } from './report.testkit.js';

const folder = createLogFolder();
afterAll(() => folder.remove());
let analysis: ErrorAnalysis;
beforeAll(async () => {
  const { todayPath, artifact, labels } = await smallCase(folder, HOSTILE_TEXTS.join(' '));
  const result = await analyseErrors(resolveInputs([todayPath]), artifact, labels, ANALYSE_OPTIONS);
  if (result === undefined) throw new Error('it was not stopped');
  analysis = result;
});

test('the tables have a row for each card, also for a label of a service that was never scored', () => {
  expect(missedRows(analysis).map((row) => [row['kind'], row['highest score'] === null])).toEqual([
    ['latency', false],
    ['silence', true],
  ]);
  const rows = falseAlertRows(analysis);
  expect(rows).toHaveLength(analysis.falseAlerts.length);
  expect(rows.find(({ service }) => service === 'db')).toMatchObject({ 'harmless cause': 'deploy' });
});

test('a card outside of its page has no picture and no name, and is harmless whatever the log holds', () => {
  const cards = [
    ...analysis.missed.map((card) => renderMissedCard(card, 1)),
    ...analysis.falseAlerts.map((card) => renderFalseAlertCard(card)),
  ];

  expect(cards.length).toBeGreaterThan(2);
  for (const card of cards) {
    expect(card.text).not.toMatch(/<svg| id="/);
    expect(safeMarkup(card.text)).toEqual(card);
  }
});

test('the bars of each panel add up to the labels and false alerts there are', () => {
  const { labels, caught } = analysis.evaluation.events;
  const traces = groupFigure(analysis).data as readonly {
    name: string;
    x: number[];
    y: number[];
    xaxis?: string;
    orientation: string;
  }[];
  const sum = (name: string, xaxis: string | undefined): number =>
    traces
      .filter((each) => each.name === name && each.xaxis === xaxis)
      .flatMap(({ x, y, orientation }) => (orientation === 'h' ? x : y))
      .reduce((total, each) => total + each, 0);

  for (const axis of [undefined, 'x2', 'x4'])
    expect([sum('caught', axis), sum('missed', axis)]).toEqual([caught, labels - caught]);
  expect(sum('false alerts', 'x4')).toBe(analysis.falseTotal);
});

test('a panel is drawn for each error that has a score, missed ones above', () => {
  const { data, layout } = settleFigure(historyFigure(analysis, 2));
  const falses = Math.min(2, analysis.falseAlerts.length);

  expect(data).toHaveLength(1 + falses);
  expect(data[0]).not.toHaveProperty('xaxis');
  expect(data[1]).toMatchObject({ xaxis: 'x3', yaxis: 'y3' });
  expect(layout).toMatchObject({ grid: { rows: 2, columns: 2 } });
});
