// The feature spec by group: what a vector of many numbers is made of.
import type { FeatureDeclaration } from '../../core/features/feature-spec.js';
import { VOLUME_FEATURES } from '../../core/features/volume.js';

export const FEATURE_GROUPS = [
  'volume',
  'rate',
  'rolling',
  'template event',
  'surprise',
  'TF-IDF',
  'template family',
  'hour',
] as const;
export type FeatureGroup = (typeof FEATURE_GROUPS)[number];

const ROLLING = new RegExp(`^(${VOLUME_FEATURES.map(({ name }) => name).join('|')})_(mean|min|max|std|p95)_`);

export function groupOf({ name, unit }: FeatureDeclaration): FeatureGroup {
  if (VOLUME_FEATURES.some((feature) => feature.name === name)) return unit === 'ratio' ? 'rate' : 'volume';
  if (ROLLING.test(name)) return 'rolling';
  if (name.startsWith('tfidf_')) return 'TF-IDF';
  if (name.startsWith('family_')) return 'template family';
  if (name.startsWith('hour_')) return 'hour';
  return name.includes('template') ? 'template event' : 'surprise';
}

/** Indexes of the features that are shown one by one: all but the rolling ones, and of those the means. */
export function mainFeatures(features: readonly FeatureDeclaration[]): readonly number[] {
  return features.flatMap((feature, index) =>
    groupOf(feature) !== 'rolling' || feature.name.includes('_mean_') ? [index] : [],
  );
}

/** A row a group: how many there are, their units, and the first of them with its formula. */
export function featureGroupTable(
  features: readonly FeatureDeclaration[],
): readonly Readonly<Record<string, string | number>>[] {
  return FEATURE_GROUPS.flatMap((group) => {
    const own = features.filter((feature) => groupOf(feature) === group);
    const first = own[0];
    if (!first) return [];
    return [
      {
        group,
        features: own.length,
        units: [...new Set(own.map(({ unit }) => unit))].join(', '),
        'for example': first.name,
        'which is': first.formula,
      },
    ];
  });
}
