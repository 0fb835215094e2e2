import { expect, test } from 'vitest';
import { declareFeatures } from '../../core/features/features.js';
import { featureGroupTable, groupOf, mainFeatures } from './feature-groups.js';

const features = declareFeatures(300_000, [{ name: 'parcel', templateIds: ['a'] }], true);
const named = (name: string): (typeof features)[number] => features.find((each) => each.name === name)!;

test('every feature of the spec belongs to one group', () => {
  const groups = [
    'log_count',
    'warn_to_info_ratio',
    'error_rate_p95_5m',
    'rare_template_spike',
    'new_template_count',
    'silence',
    'critical_excess',
    'tfidf_residual',
    'family_parcel_tfidf',
    'hour_sin',
  ].map((name) => groupOf(named(name)));

  expect(groups).toEqual([
    'volume',
    'rate',
    'rolling',
    'template event',
    'template event',
    'surprise',
    'surprise',
    'TF-IDF',
    'template family',
    'hour',
  ]);
  const rows = featureGroupTable(features);
  expect(rows.reduce((sum, row) => sum + Number(row['features']), 0)).toBe(features.length);
});

test('of the rolling statistics only the means are shown one by one', () => {
  const main = mainFeatures(features).map((index) => features[index]!.name);

  expect(main).toContain('log_count');
  expect(main).toContain('error_rate_mean_5m');
  expect(main.filter((name) => /_(min|max|std|p95)_5m$/.test(name))).toEqual([]);
});
