// What a feature is about and how strange its value is, in words for whoever never read a formula: how rare, how many times as
// much. The formula itself is there for whoever opens it.
import type { FeatureEvidence } from './alert.js';
import { countText, shareText, valueText } from './number-text.js';

/** @param unit as its declaration has it; left out where the title says it already */
type Feature = Pick<FeatureEvidence, 'feature' | 'usualLow' | 'usualHigh'> & { readonly unit: string };

const TITLES: Readonly<Record<string, string>> = {
  new_template_count: 'Kinds of lines that were never seen',
  new_template_records: 'Lines of kinds that were never seen',
  rare_template_spike: 'A rare line came so often',
  disappeared_template_count: 'Known kinds of lines that stayed away',
  count_excess: 'A known line came so often',
  silence: 'Nothing was logged for so long',
  fall: 'So few records, after so many',
  critical_excess: 'So many ERROR and FATAL records',
  volume_excess: 'So many records',
  tfidf_distance: 'Another mix of lines',
  tfidf_residual: 'Lines that do not come together as a rule',
  canary_missed: 'Canary anomalies in a row that were not told',
  log_count: 'Records',
  error_count: 'ERROR records',
  fatal_count: 'FATAL records',
  warn_count: 'WARN records',
  info_count: 'INFO records',
  critical_count: 'ERROR and FATAL records',
  error_rate: 'Share of ERROR records',
  fatal_rate: 'Share of FATAL records',
  warn_rate: 'Share of WARN records',
  critical_rate: 'Share of ERROR and FATAL records',
  warn_to_info_ratio: 'WARN records for each INFO record',
};

const STATISTICS: Readonly<Record<string, string>> = {
  mean: 'on average',
  min: 'at least',
  max: 'at most',
  std: 'how much they vary',
  p95: 'nearly at most',
};

/** Rarer than what can be told from weeks of windows. */
const MOST_BANS = 5;
const LEAST_BANS = 0.3;
/** What is less is no amount that anybody pictures. */
const LEAST_AMOUNT = 0.01;
const ALMOST_NONE = 'almost none';

/** A feature that this build does not know yet goes by its own name. */
export function featureTitle(name: string): string {
  if (Object.hasOwn(TITLES, name)) return TITLES[name]!;
  const [, base = '', statistic = '', horizon = ''] = /^(.+)_(mean|min|max|std|p95)_(\w+)$/.exec(name) ?? [];
  if (Object.hasOwn(TITLES, base)) return `${TITLES[base]!}, ${STATISTICS[statistic]!} within ${horizon}`;
  const [, family] = /^family_(.+)_tfidf$/.exec(name) ?? [];
  return family === undefined ? name : `Weight of lines like “${family.replaceAll('_', ' ')}”`;
}

/**
 * `about 1 in 1,700 windows`, `far beyond anything seen`, `2.4 times as far off as usual`, `12 %`, `9 records`.
 *
 * @param value of the feature, in its own unit
 */
export function featureValue(
  { feature, unit, usualHigh }: Pick<Feature, 'feature' | 'unit' | 'usualHigh'>,
  value: number,
): string {
  if (unit === 'bans') return rarity(value);
  if (/_rate(?:_|$)|^family_/.test(feature)) return shareText(value);
  if (feature.startsWith('tfidf_')) {
    if (usualHigh <= 0) return value <= 0 ? 'as usual' : 'unlike anything usual';
    return value <= usualHigh
      ? 'no further off than usual'
      : `${valueText(value / usualHigh)} times as far off as usual`;
  }
  return amount(value, unit);
}

/** What is usual, to stand behind `usually`; undefined where the value says it already. */
export function featureUsual(feature: Feature): string | undefined {
  const { unit, usualLow, usualHigh } = feature;
  if (unit === 'bans') return usualHigh > MOST_BANS ? undefined : `no rarer than ${rarity(usualHigh)}`;
  if (feature.feature.startsWith('tfidf_')) return undefined;
  const [from, to] = [featureValue(feature, usualLow), featureValue(feature, usualHigh)];
  return from === to || to === ALMOST_NONE ? to : `${from} to ${to}`;
}

/** @param bans −log10 of how often a window is as strange: 3 is one in a thousand */
function rarity(bans: number): string {
  if (bans > MOST_BANS) return 'far beyond anything seen';
  if (bans < LEAST_BANS) return 'as in any window';
  return `about 1 in ${countText(Number((10 ** bans).toPrecision(2)))} windows`;
}

function amount(value: number, unit: string): string {
  if (value > 0 && value < LEAST_AMOUNT) return ALMOST_NONE;
  return valueText(value, unit);
}
