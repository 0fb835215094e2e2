// Which features there are, in the order of the vector.
import type { FeatureDeclaration, TemplateFamily } from './feature-spec.js';
import { rollingFeatures, VOLUME_FEATURES } from './volume.js';

const TEMPLATE_FEATURES: readonly FeatureDeclaration[] = [
  {
    name: 'new_template_count',
    unit: 'line types',
    formula: 'line types (service, severity, template; INFO and above) in the window that the fit never saw',
  },
  { name: 'new_template_records', unit: 'records', formula: 'records of those line types' },
  {
    name: 'rare_template_spike',
    unit: 'bans',
    formula:
      'greatest count surprise among known line types that are in fewer than 5 % of healthy windows (negative binomial tail)',
  },
  {
    name: 'disappeared_template_count',
    unit: 'line types',
    formula:
      'line types without one record in the rolling horizon that never were missing that long in healthy windows',
  },
  {
    name: 'count_excess',
    unit: 'bans',
    formula:
      'greatest surprise of a known line type being in the window so often, beside the windows that hold it (negative binomial tail)',
  },
  {
    name: 'silence',
    unit: 'bans',
    formula:
      'surprise of this many windows in a row without any record, the window itself the last of them: by how often that was so, or by how many records came just before',
  },
  {
    name: 'critical_excess',
    unit: 'bans',
    formula: 'surprise of so many ERROR and FATAL records for this source (negative binomial tail)',
  },
  {
    name: 'volume_excess',
    unit: 'bans',
    formula: 'surprise of so many records for this source (negative binomial tail)',
  },
  {
    name: 'fall',
    unit: 'bans',
    formula:
      'surprise of so few records in the last windows, two at least, where this source and the windows just before had so many (negative binomial tail); 0 above a quarter of those, and below 20 of them a window',
  },
  {
    name: 'tfidf_distance',
    unit: 'distance',
    formula: '1 - cosine between the TF-IDF presence vector and the mean healthy one; known line types only',
  },
  {
    name: 'tfidf_residual',
    unit: 'weight',
    formula:
      'norm of the TF-IDF presence vector outside the principal components that hold 95 % of its healthy variance',
  },
];

/** Whether a feature, by its name, says how surprising a value is and not what it is: its unit is bans. */
export function isSurprise(name: string): boolean {
  return TEMPLATE_FEATURES.some((each) => each.name === name && each.unit === 'bans');
}

const HOUR_FEATURES: readonly FeatureDeclaration[] = [
  { name: 'hour_sin', unit: 'cycle', formula: 'sin(2π · hour of day (UTC) / 24)' },
  { name: 'hour_cos', unit: 'cycle', formula: 'cos(2π · hour of day (UTC) / 24)' },
];

export function declareFeatures(
  rollingMs: number,
  families: readonly TemplateFamily[],
  seasonality: boolean,
): readonly FeatureDeclaration[] {
  return [
    ...VOLUME_FEATURES,
    ...rollingFeatures(rollingMs),
    ...TEMPLATE_FEATURES,
    ...families.map((family): FeatureDeclaration => ({
      name: `family_${family.name}_tfidf`,
      unit: 'distance',
      formula: `share of the templates of the family "${family.name.replaceAll('_', ' ')}" in the window's TF-IDF weight, ln(1 + count) · idf`,
    })),
    ...(seasonality ? HOUR_FEATURES : []),
  ];
}
