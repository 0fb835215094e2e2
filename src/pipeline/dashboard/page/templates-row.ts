// One template as a row: its text, which opens to a raw line of it, and how much there is of it, as figures and as a small
// drawing that says the same in words.
import { showUnsafe } from '../../../core/unsafe-characters.js';
import type { TemplateRow } from '../api-reports.js';
import { countText, shareText } from '../view/number-text.js';
import { trendWords } from '../view/templates-trend.js';
import { changeText } from '../view/templates-words.js';
import { type Child, element, fill } from './dom.js';
import { sparkline } from './sparkline.js';
import { ageElement } from './time.js';
import type { ViewContext } from './view.js';

const HOUR_MS = 3_600_000;
/** Those behind them are told when the row is opened. */
const MOST_SERVICES = 3;

/** Its cells are those of `COLUMNS` in templates.ts, filled by `updateRow`. */
export function createRow(row: TemplateRow, context: ViewContext): HTMLTableRowElement {
  const text = element('code', { class: 'template-text' });
  const mute = (): void => context.openSilence({ templateId: row.templateId }, row.text);
  return element(
    'tr',
    {},
    element(
      'th',
      { scope: 'row' },
      element('details', {}, element('summary', {}, text), element('div', { class: 'template-more' })),
      element('small', { class: 'template-services' }),
    ),
    element('td', { class: 'template-status' }),
    element('td', { class: 'number', 'data-label': 'Records' }),
    element('td', { class: 'number', 'data-label': 'Share' }),
    element('td', { class: 'template-trend' }),
    element('td', { class: 'number' }),
    element('td', { class: 'template-time', 'data-label': 'First seen' }),
    element('td', { class: 'template-time', 'data-label': 'Last seen' }),
    element(
      'td',
      { class: 'template-actions' },
      element('button', { type: 'button', class: 'quiet writes', onclick: mute }, 'Mute…'),
    ),
  );
}

export function updateRow(made: HTMLTableRowElement, row: TemplateRow, context: ViewContext): void {
  const [head, status, count, share, trend, change, first, last, actions] = made.cells;
  fill(head!.querySelector('code')!, ...withHoles(row.text));
  fill(head!.querySelector('.template-more')!, ...moreOf(row));
  const services = head!.querySelector('.template-services')!;
  fill(status!, element('span', { class: `tag status-${row.status}` }, row.status));
  fill(count!, countText(row.count));
  fill(share!, shareText(row.share));
  // counted by the hour: a range that reaches into this one has a last part that still grows
  const isLastOpen = context.span().toMs > context.nowMs() - HOUR_MS;
  fill(trend!, sparkline(row.trend, trendWords(row.trend, isLastOpen), isLastOpen));
  fill(change!, changeText(row));
  // whoever is in it stays in it
  if (!services.contains(document.activeElement)) fill(services, ...servicesOf(row, context, head!));
  fill(first!, row.isLearned && learnedMark(), ageElement(row.firstSeenMs, context));
  fill(last!, ageElement(row.lastSeenMs, context));
  const button = actions!.querySelector('button');
  button?.setAttribute('aria-label', `Mute alerts with the template ${showUnsafe(row.text)}`);
}

/** Its variable parts stand out, so that what is fixed can be read. */
function withHoles(text: string): Child[] {
  return text
    .split('<*>')
    .flatMap((part, index) => [
      index > 0 && element('span', { class: 'template-hole' }, '<*>'),
      part !== '' && showUnsafe(part),
    ]);
}

/** Two of the same words are told apart by who says them. */
function servicesOf({ sources }: TemplateRow, context: ViewContext, head: HTMLElement): Child[] {
  if (context.status().sources.length < 2) return [];
  const named = sources.slice(0, MOST_SERVICES);
  const more = sources.length - named.length;
  return [
    ...named.flatMap((source, index) => [index > 0 && ', ', element('bdi', {}, showUnsafe(source))]),
    more > 0 &&
      element(
        'button',
        {
          type: 'button',
          class: 'quiet more-services',
          onclick: () => head.querySelector('details')?.setAttribute('open', ''),
        },
        `and ${countText(more)} more`,
      ),
  ];
}

function learnedMark(): HTMLElement {
  return element(
    'span',
    { title: 'The model learned it: it is older than what this store holds of it' },
    'before ',
  );
}

function moreOf({ example, sources, templateId }: TemplateRow): Child[] {
  return [
    element('p', { class: 'label' }, 'A line of it'),
    element(
      'pre',
      { tabindex: 0, 'aria-label': 'A line of it' },
      example === '' ? 'none was kept' : showUnsafe(example, '\n'),
    ),
    element(
      'p',
      { class: 'hint' },
      `Logged by ${sources.map((source) => showUnsafe(source)).join(', ')} · template ${templateId}`,
    ),
  ];
}
