import { expect, test } from 'vitest';
import { isUnusual } from './usual-words.js';
import { featureTitle, featureUsual, featureValue } from './feature-words.js';

const featureOf = (feature: string, unit: string, value: number, usualLow = 0, usualHigh = 1) => ({
  feature,
  unit,
  value,
  usualLow,
  usualHigh,
  description: '',
  share: 0.5,
  values: [],
});

test('what is measured by its surprise is told by how rare it is, and not beyond what anybody can know', () => {
  const excess = (bans: number): string => featureValue(featureOf('count_excess', 'bans', bans), bans);

  expect([0, 1, 3.23, 5, 61.3].map(excess)).toEqual([
    'as in any window',
    'about 1 in 10 windows',
    'about 1 in 1,700 windows',
    'about 1 in 100 k windows',
    'far beyond anything seen',
  ]);
  expect(featureUsual(featureOf('count_excess', 'bans', 61.3, 0, 3.23))).toBe(
    'no rarer than about 1 in 1,700 windows',
  );
});

test('what has no unit is told by how many times the usual it is', () => {
  const residual = featureOf('tfidf_residual', 'weight', 13.7, 0, 4);

  expect(featureValue(residual, 13.7)).toBe('3.42 times as far off as usual');
  expect(featureValue(residual, 4)).toBe('no further off than usual');
  expect(featureUsual(residual)).toBeUndefined();
});

test('amounts and shares are told as such, and next to nothing as that', () => {
  const mean = featureOf('error_count_mean_5m', 'records', 9, 0, 0.000595);

  expect([featureValue(mean, 9), featureUsual(mean)]).toEqual(['9 records', 'almost none']);
  expect(featureValue(featureOf('error_rate', 'ratio', 0.12), 0.12)).toBe('12 %');
});

test('titles are words; a feature that nobody knows yet keeps its name', () => {
  expect(
    ['tfidf_residual', 'error_rate_p95_5m', 'family_payment_failed_tfidf', 'phase_of_moon'].map(featureTitle),
  ).toEqual([
    'Lines that do not come together as a rule',
    'Share of ERROR records, nearly at most within 5m',
    'Weight of lines like “payment failed”',
    'phase_of_moon',
  ]);
});

test('a value on the edge of the usual band is usual', () => {
  expect([0, 1, 1.1, -0.1].map((value) => isUnusual(featureOf('log_count', 'records', value)))).toEqual([
    false,
    false,
    true,
    true,
  ]);
});
