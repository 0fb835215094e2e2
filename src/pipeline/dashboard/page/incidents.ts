// The incidents of what is looked at, those that fire first, with what one does about them. j and k walk through them, a acknowledges,
// s silences, Enter opens.
import type { AlertState, Severity } from '../api.js';
import type { Incident, IncidentPage } from '../api-alerts.js';
import { SEVERITY_WORDS, STATE_WORDS } from '../view/alert-words.js';
import { countOf, countText } from '../view/number-text.js';
import { readOnlyWords } from '../view/read-only.js';
import { element, keepChildren } from './dom.js';
import { createExportMenu } from './export-menu.js';
import { incidentQuestion, nothingFound } from './incident-question.js';
import { createIncidentRow, type IncidentRow } from './incident-row.js';
import { createPanel } from './panel.js';
import type { ViewContext } from './view.js';

export interface IncidentList {
  readonly root: HTMLElement;
  /** Asks the server for what the address says now. */
  refresh(): void;
  unmount(): void;
}

const PAGE_SIZE = 50;
const MOST_AT_ONCE = 200;
const TYPING_MS = 250;

/** @param wasRead whether windows were stored in the range; undefined while that is not known */
export function createIncidentList(context: ViewContext, wasRead: () => boolean | undefined): IncidentList {
  const panel = createPanel('Incidents', 2, 'incidents-panel');
  const list = element('ol', { class: 'incidents' });
  const more = element('button', { type: 'button', class: 'more', hidden: true }, 'Show more');
  const cut = element(
    'p',
    { class: 'hint list-cut', hidden: true },
    'These are of the newest alerts alone, the range has more: choose a shorter one to see those before.',
  );
  const total = element('span', { class: 'total', role: 'status' });
  const search = element('input', {
    type: 'search',
    placeholder: 'Search',
    'aria-label': 'Search in incidents',
    value: context.state().text,
  });
  const rows = new WeakMap<Element, IncidentRow>();
  let wantedRows = PAGE_SIZE;
  let asking: AbortController | undefined;
  let typing: ReturnType<typeof setTimeout> | undefined;

  const refresh = (): void => {
    asking?.abort();
    asking = new AbortController();
    panel.waiting();
    void load(asking.signal).catch((error: unknown) => panel.failed(error, refresh));
  };
  const load = async (signal: AbortSignal): Promise<void> => {
    const incidents: Incident[] = [];
    let page: IncidentPage | undefined;
    // one question unless somebody asked for more than the server gives at once
    do {
      page = await context.api.get<IncidentPage>(
        '/incidents',
        {
          ...incidentQuestion(context),
          limit: Math.min(MOST_AT_ONCE, wantedRows - incidents.length),
          after: page?.next ?? null,
        },
        signal,
      );
      incidents.push(...page.incidents);
    } while (page.next !== null && incidents.length < wantedRows);
    show({ ...page, incidents });
  };
  const show = ({ incidents, total: count, next, isCut }: IncidentPage): void => {
    total.textContent = count === 0 ? '' : countOf(count, 'incident');
    cut.hidden = !isCut;
    if (incidents.length === 0) panel.empty(...nothingFound(context, wasRead()));
    else panel.ready();
    keepChildren<Incident, HTMLElement>(
      list,
      incidents,
      ({ id }) => id,
      (incident) => {
        const row = createIncidentRow(incident, context, refresh);
        rows.set(row.root, row);
        return row.root;
      },
      (made, incident) => rows.get(made)?.update(incident),
    );
    more.hidden = next === null;
    more.textContent = `Show more (${countText(count - incidents.length)} left)`;
  };

  const toggles = (
    label: string,
    words: Readonly<Record<string, string>>,
    chosen: () => readonly string[],
    choose: (names: readonly string[]) => void,
  ): HTMLElement => {
    const group = element('div', { class: 'toggles', role: 'group', 'aria-label': label });
    for (const [name, word] of Object.entries(words)) {
      const button = element('button', { type: 'button', 'data-name': name }, word);
      button.addEventListener('click', () => {
        const names = chosen();
        choose(names.includes(name) ? names.filter((each) => each !== name) : [...names, name]);
      });
      group.append(button);
    }
    return group;
  };
  const stateToggles = toggles(
    'State',
    STATE_WORDS,
    () => context.state().states,
    (states) => context.navigate({ states: states as readonly AlertState[] }, 'replace'),
  );
  const severityToggles = toggles(
    'Severity',
    SEVERITY_WORDS,
    () => context.state().severities,
    (severities) => context.navigate({ severities: severities as readonly Severity[] }, 'replace'),
  );
  const press = (): void => {
    const chosen = new Set<string>([...context.state().states, ...context.state().severities]);
    for (const button of panel.tools.querySelectorAll('button[data-name]'))
      button.setAttribute('aria-pressed', String(chosen.has(button.getAttribute('data-name')!)));
    if (document.activeElement !== search) search.value = context.state().text;
  };
  search.addEventListener('input', () => {
    clearTimeout(typing);
    typing = setTimeout(() => context.navigate({ text: search.value.trim() }, 'replace'), TYPING_MS);
  });
  more.addEventListener('click', () => {
    wantedRows += PAGE_SIZE;
    refresh();
  });

  const walk = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    if (document.querySelector('dialog[open]')) return;
    const links = [...list.querySelectorAll<HTMLAnchorElement>('a.headline')];
    const here = document.activeElement?.closest('.incident');
    const index = links.findIndex((link) => link.closest('.incident') === here);
    if (event.key === 'j') links[Math.min(links.length - 1, index + 1)]?.focus();
    else if (event.key === 'k') links[Math.max(0, index - 1)]?.focus();
    else if ((event.key === 'a' || event.key === 's') && here && !context.mayWrite())
      context.notify(`${readOnlyWords(context.status())}.`);
    else if (event.key === 'a') here?.querySelector<HTMLElement>('[data-act=acknowledge]')?.click();
    else if (event.key === 's') here?.querySelector<HTMLElement>('[data-act=silence]')?.click();
    else return;
    event.preventDefault();
  };
  document.addEventListener('keydown', walk);

  const take = createExportMenu(
    [
      ['incidents', 'Incidents'],
      ['alerts', 'Their alerts'],
    ],
    () => incidentQuestion(context),
  );
  panel.tools.append(total, stateToggles, severityToggles, search, take.root);
  panel.body.append(list, more, cut, keyHint());
  press();
  return {
    root: panel.root,
    refresh: () => {
      press();
      refresh();
    },
    unmount: () => {
      asking?.abort();
      clearTimeout(typing);
      take.unmount();
      document.removeEventListener('keydown', walk);
    },
  };
}

function keyHint(): HTMLElement {
  const key = (name: string, does: string): HTMLElement =>
    element('span', {}, element('kbd', {}, name), ` ${does}  `);
  return element(
    'p',
    { class: 'key-hint' },
    key('j', 'next'),
    key('k', 'previous'),
    key('Enter', 'open'),
    element('span', { class: 'writes' }, key('a', 'acknowledge'), key('s', 'silence')),
  );
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('input, textarea, select, [contenteditable]') !== null;
}
