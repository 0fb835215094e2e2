// Shadows beside the champion: models that score the same windows and alert nobody, and what they would have done instead.
import { showUnsafe } from '../../../core/unsafe-characters.js';
import type { ModelView } from '../api-reports.js';
import { agreementWords, correlationWords, isBeginning, type Shadow } from '../view/model-agreement.js';
import { countOf, countText, scoreText, valueText } from '../view/number-text.js';
import { element, keepChildren } from './dom.js';
import { modelFacts, modelName } from './model-card.js';
import { createTable } from './plain-table.js';
import { timeElement } from './time.js';
import type { ViewContext } from './view.js';

type Difference = Shadow['differences'][number];

/** Half an hour around a window that they differ on: enough to see what went on. */
const AROUND_MS = 15 * 60_000;

export function showShadows(root: HTMLElement, shadows: ModelView['shadows'], context: ViewContext): void {
  keepChildren(
    root,
    shadows,
    ({ name, version }) => `${name} ${version}`,
    () => element('article', { class: 'shadow' }),
    (made, shadow) => {
      // opened differences stay open while the figures change
      const isOpen = made.querySelector('details')?.open ?? false;
      if (made.contains(document.activeElement)) return;
      made.replaceChildren(...partsOf(shadow, context, isOpen));
    },
  );
}

function partsOf(shadow: Shadow, context: ViewContext, isOpen: boolean): HTMLElement[] {
  const correlation = correlationWords(shadow.rankCorrelation);
  const table = createTable<Difference>(
    'Windows on which they differ most',
    [
      {
        title: 'Window',
        cell: ({ source, startMs }) => [
          element(
            'a',
            {
              href: context.linkTo({
                view: 'overview',
                source,
                focus: null,
                range: { fromMs: startMs - AROUND_MS, toMs: startMs + AROUND_MS },
              }),
              'data-link': true,
            },
            element('bdi', {}, showUnsafe(source)),
            ', ',
            timeElement(startMs, context),
          ),
        ],
      },
      { title: 'Champion', isNumber: true, cell: ({ champion }) => [scoreText(champion)] },
      { title: 'Shadow', isNumber: true, cell: ({ shadow: score }) => [scoreText(score)] },
    ],
    ({ source, startMs }) => `${startMs} ${source}`,
  );
  table.show(shadow.differences);
  const details = element(
    'details',
    {},
    element('summary', {}, 'Windows on which they differ most'),
    table.root,
  );
  details.open = isOpen;
  return [
    element('h3', {}, modelName(shadow)),
    element('p', { class: 'agreement-words' }, agreementWords(shadow)),
    ...(shadow.bothAlert + shadow.onlyChampion + shadow.onlyShadow === 0 ? [] : [agreementBar(shadow)]),
    element(
      'p',
      { class: 'hint' },
      `On the same ${countOf(shadow.windows, 'window')}`,
      isBeginning(shadow) ? ': a beginning, wait for more. ' : '. ',
      shadow.rankCorrelation === null
        ? ''
        : `Rank correlation ${valueText(shadow.rankCorrelation)}: ${correlation}, by scores from `,
      shadow.rankCorrelation !== null && timeElement(shadow.scoresFromMs, context),
      shadow.rankCorrelation !== null && ' on.',
    ),
    modelFacts(shadow, context),
    ...(shadow.differences.length === 0 ? [] : [details]),
  ];
}

/** Windows that either alerts on: in both, the champion's alone, the shadow's alone. */
function agreementBar({ bothAlert, onlyChampion, onlyShadow }: Shadow): HTMLElement {
  const parts = [
    ['both', bothAlert, 'Both alert'],
    ['champion', onlyChampion, 'Champion alone'],
    ['shadow', onlyShadow, 'Shadow alone'],
  ] as const;
  return element(
    'ul',
    { class: 'agreement' },
    ...parts.map(([name, count, words]) => {
      const part = element(
        'li',
        { class: `agreement-${name}` },
        element('strong', {}, countText(count)),
        ` ${words}`,
      );
      // as wide as its share, and never too narrow for its words
      part.style.setProperty('flex-grow', String(count));
      return part;
    }),
  );
}
