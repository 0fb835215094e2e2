import { expect, test } from 'vitest';
import { featureReason } from './feature-reason.js';
import { declareFeatures } from './features/features.js';

const of = (feature: string, value: number, usualHigh: number): string =>
  featureReason({ feature, value, usualLow: 0, usualHigh });

test('a reason says in words what came and what is usual', () => {
  expect(of('critical_excess', 3.5, 1)).toBe(
    'So many ERROR and FATAL records: about 1 in 3,200 windows, usually no rarer than about 1 in 10 windows',
  );
  expect(of('error_count', 1234, 2)).toBe('ERROR records: 1,234, usually 0 to 2');
  expect(of('tfidf_residual', 8, 4)).toBe(
    'Lines that do not come together as a rule: 2 times as far off as usual',
  );
});

test('no feature is told by the name that its formula goes by', () => {
  for (const { name } of declareFeatures(300_000, [{ name: 'card_declined', templateIds: [] }], false))
    expect(of(name, 9, 2)).not.toContain('_');
});
