// Why: each feature that moved the score, what it was against what is usual, and its share in the alert. What stayed within its
// usual band is folded away: it only adds to the others.
import type { AlertDetail } from '../api-alerts.js';
import { isUnusual } from '../../../core/usual-words.js';
import { featureTitle, featureUsual, featureValue } from '../../../core/feature-words.js';
import { countOf, shareText, valueText } from '../view/number-text.js';
import { bandFigure } from './band-figure.js';
import { element } from './dom.js';
import type { ViewContext } from './view.js';

export function featureList(detail: AlertDetail, context: ViewContext): HTMLElement {
  const unusual = detail.features.filter(isUnusual);
  const usual = detail.features.filter((feature) => !isUnusual(feature));
  const listOf = (features: AlertDetail['features']): HTMLElement =>
    element('ol', { class: 'features' }, ...features.map((feature) => featureItem(feature, detail, context)));
  // where none stands out by itself, all of them together are the reason
  const isPlain = unusual.length === 0 || usual.length === 0;
  return element(
    'div',
    {},
    detail.features.some(({ unit }) => unit === 'bans') && element('p', { class: 'hint' }, RARITY_WORDS),
    listOf(isPlain ? detail.features : unusual),
    !isPlain &&
      element(
        'details',
        {},
        element('summary', {}, `${countOf(usual.length, 'more measure')} within what is usual`),
        listOf(usual),
      ),
  );
}

/** Once for all of them, in the unit that headlines and drawings have too. */
const RARITY_WORDS =
  '“1 in 1,700 windows” says how rare it is: among so many healthy windows one is as strange by chance.';

function featureItem(
  feature: AlertDetail['features'][number],
  detail: AlertDetail,
  context: ViewContext,
): HTMLElement {
  const { feature: name, unit, description, value, share } = feature;
  const usual = featureUsual(feature);
  const meter = element('span', { class: 'share-bar', 'aria-hidden': 'true' }, element('i'));
  meter.style.setProperty('--share', String(share));
  return element(
    'li',
    { class: 'feature' },
    element(
      'div',
      { class: 'feature-words' },
      element('h3', {}, featureTitle(name)),
      element(
        'p',
        { class: 'feature-value' },
        element('strong', {}, featureValue(feature, value)),
        usual !== undefined && element('span', {}, ` usually ${usual}`),
      ),
      element('p', { class: 'share' }, meter, `${shareText(share)} of the reasons`),
      element(
        'details',
        { class: 'hint' },
        element('summary', {}, 'How it is measured'),
        element('p', {}, element('code', {}, name), ` ${valueText(value, unit)}: ${description}`),
      ),
    ),
    bandFigure(drawnOf(feature, detail), detail.history, context),
  );
}

/** A fall wears off as a surprise while it goes on: what the windows hold does not. */
function drawnOf(
  feature: AlertDetail['features'][number],
  { fall, history }: AlertDetail,
): AlertDetail['features'][number] {
  if (fall === undefined || !['fall', 'silence'].includes(feature.feature)) return feature;
  const values = history.map(({ records }) => records);
  const usualHigh = Math.max(fall.usualRecords, ...values);
  return { ...feature, unit: 'records', values, usualLow: fall.endsAbove, usualHigh };
}
