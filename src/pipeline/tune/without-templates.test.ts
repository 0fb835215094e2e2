import { expect, test } from 'vitest';
import { oddsOf } from '../../core/score-odds.js';
import { history, line, reasons } from './tune.testkit.js';
import { historyWithout, scoreWithout } from './without-templates.js';

const isNoise = (templateId: string): boolean => templateId === 'noise';

test('what only muted lines carry is taken out of the odds', () => {
  const explanation = reasons({ critical_excess: 6, volume_excess: 2 }, line('noise'));

  const left = scoreWithout(0.9, explanation, isNoise);

  // a quarter of the evidence is left, and of 9 to 1 a quarter
  expect(oddsOf(left)).toBeCloseTo(9 / 4, 12);
});

test('a line that others speak beside keeps all of their evidence', () => {
  const explanation = reasons({ critical_excess: 6, new_template_count: 2 }, line('noise'), line('outage'));

  expect(scoreWithout(0.9, explanation, isNoise)).toBe(0.9);
});

test('nothing is left where every reason was muted, and nothing is gone where none was', () => {
  const explanation = reasons(
    { warn_count: 3, count_excess: 1 },
    line('noise', { event: 'spike', severity: 'WARN' }),
  );

  expect(scoreWithout(0.9, explanation, isNoise)).toBe(0);
  expect(scoreWithout(0.9, explanation, () => false)).toBe(0.9);
});

test('a line that stays away cannot be muted', () => {
  const explanation = reasons({ disappeared_template_count: 4 }, line('noise', { event: 'disappeared' }));

  expect(scoreWithout(0.9, explanation, isNoise)).toBe(0.9);
});

test('windows without reasons stay as they are', () => {
  const before = history([0.2, 0.9, 0.4], { 1: reasons({ new_template_count: 1 }, line('noise')) });

  expect(historyWithout(before, isNoise).scores).toEqual([0.2, 0, 0.4]);
});
