// A feature that moved a score as one plain sentence: the same on the terminal, in notifications and in the page's lists.
import type { FeatureEvidence } from './alert.js';
import { isSurprise } from './features/features.js';
import { featureTitle, featureUsual, featureValue } from './feature-words.js';

/** `ERROR records: 9, usually 0 to 2`, `So many records: about 1 in 1,700 windows, usually no rarer than about 1 in 30 windows` */
export function featureReason(evidence: Omit<FeatureEvidence, 'amount'>): string {
  // of what else there is the title names the unit
  const feature = { ...evidence, unit: isSurprise(evidence.feature) ? 'bans' : '' };
  const usual = featureUsual(feature);
  const usually = usual === undefined ? '' : `, usually ${usual}`;
  return `${featureTitle(feature.feature)}: ${featureValue(feature, feature.value)}${usually}`;
}
