// What a model is, in the words of whoever must trust it: how it detects, from when to when it learned, and on how much.
import { showUnsafe } from '../../../core/unsafe-characters.js';
import type { ArtifactRef } from '../api.js';
import type { ArtifactCard } from '../api-reports.js';
import { countOf, countText, scoreText } from '../view/number-text.js';
import { spanText, utcText } from '../view/time-text.js';
import { type Child, element } from './dom.js';
import { createTable } from './plain-table.js';
import { timeElement } from './time.js';
import type { ViewContext } from './view.js';

export function modelFacts(card: ArtifactCard, context: ViewContext): HTMLElement {
  // a store may hold only what an artifact said, not the artifact: then nothing is known of its fit
  const isKnown = card.fittedToMs > 0;
  return element(
    'dl',
    { class: 'facts' },
    fact('Detector', showUnsafe(card.detector)),
    fact(
      'Threshold',
      scoreText(card.threshold),
      card.ownThresholds.length > 0 &&
        element('small', {}, ` but of ${countOf(card.ownThresholds.length, 'service')}`),
    ),
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

/** What people taught it: thresholds that differ from its own, and lines that mean no harm. Nothing of one that was not tuned. */
export function tuningParts(card: ArtifactCard, context: ViewContext): HTMLElement[] {
  const { ownThresholds, muted, version, tunedFrom } = card;
  const parts: HTMLElement[] = [];
  if (ownThresholds.length > 0) {
    const table = createTable<(typeof ownThresholds)[number]>(
      `Thresholds of their own, of version ${showUnsafe(shortVersion(version))}`,
      [
        { title: 'Service', cell: ({ source }) => [element('bdi', {}, showUnsafe(source))] },
        { title: 'Threshold', isNumber: true, cell: ({ threshold }) => [scoreText(threshold)] },
      ],
      ({ source }) => source,
    );
    table.show(ownThresholds);
    parts.push(
      element('h3', {}, 'Thresholds of their own'),
      element(
        'p',
        { class: 'hint' },
        `Of version ${showUnsafe(shortVersion(version))}${tunedFrom === null ? '' : `, tuned from ${showUnsafe(shortVersion(tunedFrom))}`}; all other services alert from ${scoreText(card.threshold)} on.`,
      ),
      table.root,
    );
  }
  if (muted.length > 0)
    parts.push(
      element('h3', {}, 'Muted lines'),
      element('p', { class: 'hint' }, 'They count in the volume of their window and in nothing else.'),
      element(
        'ul',
        { class: 'muted-lines' },
        ...muted.map(({ text, reason, who, atMs }) =>
          element(
            'li',
            {},
            element('code', {}, element('bdi', {}, showUnsafe(text))),
            element('small', {}, ` ${showUnsafe(reason)} — ${showUnsafe(who)}, `, timeElement(atMs, context)),
          ),
        ),
      ),
    );
  return parts;
}

/** A version may be a long hash, whose beginning tells it apart. */
export function shortVersion(version: string): string {
  return version.length > 14 ? `${version.slice(0, 12)}…` : version;
}

/** `shop 3f2a…` */
export function modelName({ name, version }: ArtifactRef): HTMLElement {
  return element(
    'span',
    { class: 'model-name', title: showUnsafe(`${name} ${version}`) },
    element('strong', {}, showUnsafe(name)),
    ' ',
    element('code', {}, showUnsafe(shortVersion(version))),
  );
}

function fact(name: string, ...children: readonly Child[]): HTMLElement {
  return element('div', {}, element('dt', {}, name), element('dd', {}, ...children));
}
