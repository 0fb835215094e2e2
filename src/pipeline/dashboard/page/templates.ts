// All that the services say, as templates: how much of each, since when, what is new and what is gone. The place to look for
// what a change brought, and to mute a line that only makes noise.
import { showUnsafe } from '../../../core/unsafe-characters.js';
import type { TemplatePage, TemplateRow } from '../api-reports.js';
import { countOf, countText } from '../view/number-text.js';
import { orderOf, type TemplateOrder } from '../view/templates-words.js';
import { spanText } from '../view/time-text.js';
import { element, fill, keepChildren } from './dom.js';
import { createExportMenu } from './export-menu.js';
import type { Parameters } from './http.js';
import { createLatest } from './latest.js';
import { createDebounce, createThrottle } from './pace.js';
import { createPanel } from './panel.js';
import { createServiceChoice } from './service-choice.js';
import { createRow, updateRow } from './templates-row.js';
import type { View, ViewContext, ViewHandle } from './view.js';

const PAGE_ROWS = 50;
/** The server gives no more at once. */
const MOST_ROWS = 500;
const REFRESH_MS = 20_000;
const TYPING_MS = 250;

/** In the order of a row's cells; those with an order can be sorted by. */
const COLUMNS: readonly {
  readonly title: string;
  readonly order?: TemplateOrder;
  readonly className?: string;
}[] = [
  { title: 'Template' },
  { title: 'Status' },
  { title: 'Records', order: 'count', className: 'number' },
  { title: 'Share', order: 'share', className: 'number' },
  { title: 'Trend' },
  { title: 'Change', order: 'trend', className: 'number' },
  { title: 'First seen', order: 'new' },
  { title: 'Last seen', order: 'gone' },
  { title: 'Action' },
];

export const templatesView: View = { title: 'Templates', mount };

function mount(root: HTMLElement, context: ViewContext): ViewHandle {
  const latest = createLatest(context.api);
  const panel = createPanel('Templates');
  const search = element('input', {
    type: 'search',
    'aria-label': 'Search the templates',
    placeholder: 'Search the templates',
    value: context.state().text,
  });
  const typing = createDebounce(() => context.navigate({ text: search.value.trim() }, 'replace'), TYPING_MS);
  search.addEventListener('input', () => typing.ask());
  const service = createServiceChoice(context);
  const summary = element('p', { class: 'hint templates-summary' });
  const head = element('tr');
  const rows = element('tbody');
  const more = element('button', { type: 'button', onclick: () => loadMore() }, 'Show more');
  const take = createExportMenu([['templates', 'Templates']], () => templateQuestion(context));
  panel.tools.append(service.root, search, take.root);
  panel.body.hidden = true;
  panel.body.append(
    summary,
    element(
      'table',
      { class: 'templates-table' },
      element(
        'caption',
        { class: 'visually-hidden' },
        'Templates of the range, with how much there is of each',
      ),
      element('thead', {}, head),
      rows,
    ),
    element('p', { class: 'templates-more' }, more),
  );
  root.append(panel.root);

  let shown: readonly TemplateRow[] = [];
  let next: string | null = null;

  const ask = async (after: string | null, limit: number): Promise<TemplatePage> =>
    await latest.ask<TemplatePage>('/templates', { ...templateQuestion(context), after, limit });
  const show = (page: TemplatePage, all: readonly TemplateRow[]): void => {
    shown = all;
    next = page.next;
    if (all.length === 0) {
      panel.empty(...nothingFound(context));
      return;
    }
    panel.ready();
    showHead(head, context);
    const { fromMs, toMs } = context.span();
    const { zone } = context.state();
    fill(
      summary,
      `${countOf(page.total, 'template')} in ${countOf(page.records, 'record')}, ${spanText(fromMs, toMs, zone, context.nowMs())}`,
    );
    keepChildren(
      rows,
      all,
      ({ templateId }) => templateId,
      (row) => createRow(row, context),
      (made, row) => updateRow(made, row, context),
    );
    more.hidden = next === null;
    more.textContent = `Show more (${countText(page.total - all.length)} left)`;
  };
  const load = (isAnnounced = false): void => {
    panel.waiting();
    // as many as are shown already: a refresh must not take away what somebody reads
    ask(null, Math.min(MOST_ROWS, Math.max(PAGE_ROWS, shown.length))).then(
      (page) => {
        show(page, page.templates);
        if (isAnnounced) context.announce(`${countOf(page.total, 'template')} found`);
      },
      (error: unknown) => panel.failed(error, () => load()),
    );
  };
  const loadMore = (): void => {
    const first = shown.length;
    ask(next, PAGE_ROWS).then(
      (page) => {
        show(page, [...shown, ...page.templates]);
        // whoever went on by keys goes on at the first of the new rows
        rows.children[first]?.querySelector('summary')?.focus();
      },
      (error: unknown) => panel.failed(error, loadMore),
    );
  };
  const refresh = createThrottle(() => load(), REFRESH_MS);

  load();
  return {
    update: (state) => {
      if (document.activeElement !== search) search.value = state.text;
      service.update();
      shown = [];
      load(true);
    },
    onPushed: (name) => {
      if (name === 'windows') refresh.ask();
    },
    unmount: () => {
      latest.abort();
      take.unmount();
      typing.stop();
      refresh.stop();
    },
  };
}

function templateQuestion(context: ViewContext): Parameters {
  const { fromMs, toMs } = context.span();
  const { source, text, own } = context.state();
  return { from: Math.floor(fromMs), to: Math.ceil(toMs), source, q: text, sort: orderOf(own['sort']) };
}

function showHead(head: HTMLElement, context: ViewContext): void {
  const sorted = orderOf(context.state().own['sort']);
  keepChildren(
    head,
    COLUMNS,
    ({ title }) => title,
    ({ title, order, className }) =>
      element(
        'th',
        { scope: 'col', class: className },
        order === undefined
          ? title
          : element(
              'button',
              {
                type: 'button',
                class: 'sort',
                onclick: () => context.navigate({ own: { ...context.state().own, sort: order } }, 'replace'),
              },
              title,
            ),
      ),
    (made, { order }) => {
      if (order === undefined) return;
      // 'gone' begins with what was last seen longest ago
      if (order !== sorted) made.removeAttribute('aria-sort');
      else made.setAttribute('aria-sort', order === 'gone' ? 'ascending' : 'descending');
    },
  );
}

function nothingFound(context: ViewContext): [string, string] {
  const { text, source } = context.state();
  if (text !== '') return [`No template matches “${text}”.`, 'Search for fewer words, or in a longer range.'];
  if (source !== null)
    return [
      `${showUnsafe(source)} logged nothing in this range.`,
      'Choose a longer range or another service.',
    ];
  return ['Nothing was logged in this range.', 'Choose a longer range; if that is empty too, see Pipeline.'];
}
