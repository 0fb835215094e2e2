import * as fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createLogFolder } from '../input/input.testkit.js';
import { resolveInputs } from '../input/resolve-inputs.js';
import { analyseErrors } from './analyse-errors.js';
import type { ErrorAnalysis } from './error-analysis.js';
import { renderReport } from './render-report.js';
import { ANALYSE_OPTIONS, arbHostileText, HOSTILE_TEXTS, smallCase } from './report.testkit.js';

const folder = createLogFolder();
afterAll(() => folder.remove());
let analysis: ErrorAnalysis;
let page: string;
beforeAll(async () => {
  const { todayPath, artifact, labels } = await smallCase(folder, HOSTILE_TEXTS.join(' '));
  analysis = (await analyseErrors(resolveInputs([todayPath]), artifact, labels, ANALYSE_OPTIONS))!;
  page = renderReport(analysis);
});

const VOID_TAGS = new Set(['meta', 'br', 'path', 'rect', 'circle']);

/** Tags by name in order. @throws Error on one that is closed out of turn */
function tagsOf(markup: string): string[] {
  const open: string[] = [];
  const names: string[] = [];
  for (const [, slash, name] of markup.matchAll(/<(\/?)([a-z][a-z0-9]*)(?:\s[^<>]*)?>/g)) {
    if (slash === '') names.push(name!);
    if (VOID_TAGS.has(name!)) continue;
    if (slash === '') open.push(name!);
    else if (open.pop() !== name) throw new Error(`</${name}> closes something else`);
  }
  if (open.length > 0) throw new Error(`never closed: ${open.join(', ')}`);
  return names;
}

/** Every text of the data replaced, keys and all, but for words that the code itself chooses among. */
function withTexts(value: unknown, text: string): unknown {
  if (typeof value === 'string') return text;
  if (Array.isArray(value)) return value.map((each) => withTexts(each, text));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [key, key === 'event' ? each : withTexts(each, text)]),
  );
}

test('whatever the texts hold, the page has the same tags', () => {
  const tags = tagsOf(renderReport(withTexts(analysis, 'plain') as ErrorAnalysis));

  fc.assert(
    fc.property(arbHostileText, (text) => {
      expect(tagsOf(renderReport(withTexts(analysis, text) as ErrorAnalysis))).toEqual(tags);
    }),
    { numRuns: 25 },
  );
});

test('groups are named by the data and escaped too', () => {
  const { evaluation } = analysis;
  const measures = Object.values(evaluation.byKind)[0]!;
  const hostile = { ...analysis, evaluation: { ...evaluation, byKind: { '<script>x': measures } } };

  const markup = renderReport(hostile);

  expect(markup).toContain('&lt;script&gt;x');
  tagsOf(markup);
});

test('the page holds no script, asks nobody for anything and hides no character', () => {
  expect(page).not.toMatch(/<script|<img|<iframe|<link|@import|url\(/i);
  expect(page).not.toMatch(/\s(?:src|srcset|on[a-z]+)=(?=["'])/i);
  expect(page).not.toMatch(/https?:\/\//);
  expect(page).not.toMatch(/(?![\t\n])\p{Cc}|\p{Cf}|\p{Cs}/u);
  expect(page).toContain('alert(1)');
});

test('every link leads to a place on the page, and no place has two names', () => {
  const ids = [...page.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id!);
  const links = [...page.matchAll(/ href="#([^"]*)"/g)].map(([, id]) => id!);

  expect(new Set(ids).size).toBe(ids.length);
  expect(links.length).toBeGreaterThan(8);
  expect(links.filter((link) => !ids.includes(link))).toEqual([]);
  expect([...page.matchAll(/ href="(?!#)/g)]).toEqual([]);
});

test('every chart has a title and a description, and every number in it is one', () => {
  const charts = [...page.matchAll(/<svg[\s\S]*?<\/svg>/g)].map(([chart]) => chart);

  expect(charts.length).toBeGreaterThan(5);
  for (const chart of charts)
    expect(chart).toMatch(/<title id="[^"]+">[^<]+<\/title>\s*<desc id="[^"]+">[^<]+/);
  expect(page).not.toMatch(/NaN|Infinity|undefined|\[object/);
});

test('nothing missed and nothing false is said in words', () => {
  const perfect = { ...analysis, missed: [], missedTotal: 0, falseAlerts: [], falseTotal: 0 };

  const markup = renderReport(perfect);

  expect(markup).toContain('None: every judged label has an alert.');
  expect(markup).toContain('None: every alert belongs to a label.');
});

test('data that came from its file gives the same page', () => {
  expect(renderReport(JSON.parse(JSON.stringify(analysis)) as ErrorAnalysis)).toBe(page);
});
