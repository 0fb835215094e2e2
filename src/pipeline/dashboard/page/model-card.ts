// What a model is, in the words of whoever must trust it: how it detects, from when to when it learned, and on how much.
import { showUnsafe } from '../../../core/unsafe-characters.js';
import type { ArtifactRef } from '../api.js';
import type { ArtifactCard } from '../api-reports.js';
import { countText, scoreText } from '../view/number-text.js';
import { spanText, utcText } from '../view/time-text.js';
import { type Child, element } from './dom.js';
import type { ViewContext } from './view.js';

export function modelFacts(card: ArtifactCard, context: ViewContext): HTMLElement {
  // a store may hold only what an artifact said, not the artifact: then nothing is known of its fit
  const isKnown = card.fittedToMs > 0;
  return element(
    'dl',
    { class: 'facts' },
    fact('Detector', showUnsafe(card.detector)),
    fact('Threshold', scoreText(card.threshold)),
    isKnown &&
      fact(
        'Learned from',
        element(
          'span',
          { title: `${utcText(card.fittedFromMs)} – ${utcText(card.fittedToMs)}` },
          spanText(card.fittedFromMs, card.fittedToMs, context.state().zone, context.nowMs()),
        ),
      ),
    isKnown && fact('Records', countText(card.records)),
    isKnown && fact('Templates', countText(card.templates)),
    fact('Features', countText(card.features)),
  );
}

/** `shop · 3f2a…`: a version may be a long hash, whose beginning tells it apart. */
export function modelName({ name, version }: ArtifactRef): HTMLElement {
  const short = version.length > 14 ? `${version.slice(0, 12)}…` : version;
  return element(
    'span',
    { class: 'model-name', title: showUnsafe(`${name} ${version}`) },
    element('strong', {}, showUnsafe(name)),
    ' ',
    element('code', {}, showUnsafe(short)),
  );
}

function fact(name: string, ...children: readonly Child[]): HTMLElement {
  return element('div', {}, element('dt', {}, name), element('dd', {}, ...children));
}
