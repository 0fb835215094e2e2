// Why: each feature that moved the score, what it was against what is usual, and its share in the alert.
import type { AlertDetail } from '../api-alerts.js';
import { shareText, valueText } from '../view/number-text.js';
import { bandFigure } from './band-figure.js';
import { element } from './dom.js';
import type { ViewContext } from './view.js';

export function featureList({ features, history }: AlertDetail, context: ViewContext): HTMLElement {
  const list = element('ol', { class: 'features' });
  for (const feature of features) {
    const { feature: name, unit, description, value, usualLow, usualHigh, share } = feature;
    const meter = element('span', { class: 'share-bar', 'aria-hidden': 'true' }, element('i'));
    meter.style.setProperty('--share', String(share));
    list.append(
      element(
        'li',
        { class: 'feature' },
        element(
          'div',
          { class: 'feature-words' },
          element('h3', {}, element('code', {}, name)),
          element(
            'p',
            { class: 'feature-value' },
            element('strong', {}, valueText(value, unit)),
            element('span', {}, ` usually ${usualText(usualLow, usualHigh, unit)}`),
          ),
          element('p', { class: 'share' }, meter, `${shareText(share)} of the reasons`),
          element('p', { class: 'hint' }, description),
        ),
        bandFigure(feature, history, context),
      ),
    );
  }
  return list;
}

function usualText(low: number, high: number, unit: string): string {
  const [from, to] = [valueText(low, unit), valueText(high, unit)];
  return from === to ? to : `${valueText(low)} – ${to}`;
}
