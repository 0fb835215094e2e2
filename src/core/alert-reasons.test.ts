import { expect, test } from 'vitest';
import { line, moved } from './alert-life.testkit.js';
import { addReasons, isNews, NOTHING_KNOWN, reasonsOf, type WindowReasons } from './alert-reasons.js';
import type { TemplateEvidence } from './alert.js';

const because = (
  amounts: Readonly<Record<string, number>>,
  ...templates: TemplateEvidence[]
): WindowReasons => reasonsOf(moved(0, amounts, templates))!;

test('everything is news where nothing is known', () => {
  expect(isNews(because({ volume_excess: 16 }), NOTHING_KNOWN)).toBe(true);
});

test('a feature on the other side of its band is another reason', () => {
  const above = moved(0, { log_count: 20 });
  const [evidence] = above.explanation!.features;
  const below = reasonsOf({
    ...above,
    explanation: { ...above.explanation!, features: [{ ...evidence!, value: 0, usualLow: 5, usualHigh: 9 }] },
  })!;
  const known = addReasons(NOTHING_KNOWN, reasonsOf(above)!);

  expect(isNews(reasonsOf(above)!, known)).toBe(false);
  expect(isNews(below, known)).toBe(true);
});

test('of lines that come too often only the strongest must be known: rare errors are shown beside it however few', () => {
  const [shop, login, rare] = [
    line('spike', 'INFO', 'GET <*>'),
    line('spike', 'INFO', 'login of <*>'),
    line('spike', 'ERROR', 'card <*> declined'),
  ];
  const known = addReasons(NOTHING_KNOWN, because({ count_excess: 20 }, shop));

  expect(isNews(because({ count_excess: 20 }, shop, rare), known)).toBe(false);
  expect(isNews(because({ count_excess: 20 }, login, shop), known)).toBe(true);
});

test('lines that stay away are known by their names', () => {
  const [pulse, sweep] = [line('disappeared', 'INFO', 'pulse'), line('disappeared', 'INFO', 'sweep')];
  const known = addReasons(NOTHING_KNOWN, because({ disappeared_template_count: 20 }, pulse));

  expect(isNews(because({ disappeared_template_count: 20 }, pulse), known)).toBe(false);
  expect(isNews(because({ disappeared_template_count: 20 }, pulse, sweep), known)).toBe(true);
});

test('errors, silence and FATAL lines are grave, and so is a new ERROR line beside other reasons', () => {
  const areGrave = [
    because({ critical_excess: 20 }),
    because({ silence: 20 }),
    because({ tfidf_residual: 20 }, line('spike', 'FATAL', 'panic')),
    because({ volume_excess: 20 }, line('new', 'ERROR', 'refused')),
    because({ volume_excess: 20 }, line('spike', 'ERROR', 'refused')),
    because({ new_template_count: 20 }, line('new', 'WARN', 'pool is nearly full')),
  ].map(({ isGrave }) => isGrave);

  expect(areGrave).toEqual([true, true, true, true, false, false]);
});
