import { afterAll, beforeAll, expect, test } from 'vitest';
import { createLogFolder } from '../input/input.testkit.js';
import { resolveInputs } from '../input/resolve-inputs.js';
import { analyseErrors } from './analyse-errors.js';
import type { AnalyseOptions } from './analyse-options.js';
import type { ErrorAnalysis } from './error-analysis.js';
import { ANALYSE_OPTIONS, type SmallCase, smallCase } from './report.testkit.js';

const folder = createLogFolder();
afterAll(() => folder.remove());
let small: SmallCase;
let analysis: ErrorAnalysis;
beforeAll(async () => {
  small = await smallCase(folder);
  analysis = await analyse([small.todayPath]);
});

async function analyse(
  paths: readonly string[],
  change: Partial<AnalyseOptions> = {},
): Promise<ErrorAnalysis> {
  const options = { ...ANALYSE_OPTIONS, ...change };
  const result = await analyseErrors(resolveInputs(paths), small.artifact, small.labels, options);
  if (result === undefined) throw new Error('it was not stopped');
  return result;
}

test('a label without an alert has a card with its window, its lines and why', () => {
  expect(analysis.missedTotal).toBe(2);
  const [strongest, unseen] = analysis.missed;

  expect(strongest!.label.id).toBe('nothing');
  expect(strongest!.peak!.source).toBe('api');
  expect(strongest!.peak!.score).toBeLessThan(strongest!.threshold!);
  expect(strongest!.reasons[0]).toContain('stayed under the threshold');
  expect(strongest!.lines.total).toBe(strongest!.peak!.records);
  expect(strongest!.weighed.length).toBeGreaterThan(0);
  expect(strongest!.history.length).toBeGreaterThan(10);
  expect(unseen!.peak).toBeNull();
  expect(unseen!.reasons[0]).toContain('No window of mail was scored');
});

test('an alert without a label has a card with its explanation, its harmless cause and a healthy window beside it', () => {
  const card = analysis.falseAlerts.find(({ source }) => source === 'db')!;

  expect(card.benign.map(({ kind }) => kind)).toEqual(['deploy']);
  expect(card.explanation!.templates[0]!.text).toContain('kernel panic');
  expect(card.lines.lines.some(({ text }) => text.startsWith('kernel panic'))).toBe(true);
  expect(card.nearest!.startMs).not.toBe(card.peak.startMs);
  expect(card.nearest!.differs.map(({ feature }) => feature)).toContain('fatal_count');
});

test('labels, hours and services count the same caught and missed ones', () => {
  const { labels, caught } = analysis.evaluation.events;
  const sum = (of: (hour: ErrorAnalysis['byHour'][number]) => number): number =>
    analysis.byHour.reduce((total, hour) => total + of(hour), 0);

  expect([labels, caught, labels - caught]).toEqual([3, 1, analysis.missedTotal]);
  expect([sum((hour) => hour.labels), sum((hour) => hour.caught)]).toEqual([labels, caught]);
  expect(sum(({ falseAlerts }) => falseAlerts)).toBe(analysis.falseTotal);
  expect(analysis.byService['api']!.events).toMatchObject({ labels: 2, caught: 1 });
});

test('the analysis is plain JSON, and the same for the same input', async () => {
  const again = await analyse([small.todayPath]);

  expect(JSON.stringify(again)).toBe(JSON.stringify(analysis));
  expect(JSON.parse(JSON.stringify(analysis))).toEqual(analysis);
});

test('windows of the time that was fitted on are left out and counted', async () => {
  const both = await analyse([small.historyPath, small.todayPath]);

  expect(both.run.totals.leftOut).toBeGreaterThan(0);
  expect(both.run.startMs).toBeGreaterThanOrEqual(small.artifact.provenance.endMs);
  expect(both.run.inputs.map(({ name }) => name)).toEqual(['history.ndjson', 'today.ndjson']);
});

test('input that lies within the fit is refused with what to do, and judged when told to', async () => {
  await expect(analyse([small.historyPath])).rejects.toThrow('--keep-fit-span');

  const kept = await analyse([small.historyPath], { keepFitSpan: true });
  expect(kept.run.totals.leftOut).toBe(0);
});

test('labels of another time are refused', async () => {
  const { labels } = small;
  const early = { ...labels, labels: [], endMs: labels.startMs + 1 };

  await expect(
    analyseErrors(resolveInputs([small.todayPath]), small.artifact, early, ANALYSE_OPTIONS),
  ).rejects.toThrow('give the labels of these logs');
});

test('cards beyond the cap are counted, not made', async () => {
  const capped = await analyse([small.todayPath], { maxCards: 1 });

  expect(capped.missed).toEqual(analysis.missed.slice(0, 1));
  expect(capped.missedTotal).toBe(2);
});

test('a signal stops it without a result', async () => {
  const stop = AbortSignal.abort();

  const result = await analyseErrors(
    resolveInputs([small.todayPath]),
    small.artifact,
    small.labels,
    ANALYSE_OPTIONS,
    { signal: stop },
  );

  expect(result).toBeUndefined();
});
