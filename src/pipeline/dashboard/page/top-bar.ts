// The head of the page: its menu, how the live stream stands, and what goes for every view: range, zone and theme.
import { showUnsafe } from '../../../core/unsafe-characters.js';
import type { Size, Theme, ViewName, ViewState } from '../view/view-state.js';
import { field } from './dialog.js';
import { createDropDown } from './drop-down.js';
import { element, fill } from './dom.js';
import type { Router } from './router.js';
import type { Connection } from './stream.js';
import { rememberTheme } from './theme.js';
import { VIEWS } from './views.js';

export interface TopBar {
  readonly root: HTMLElement;
  update(state: ViewState): void;
  setConnection(connection: Connection): void;
  /** @param name of the viewer's token; null where nobody had to log in */
  setViewer(name: string | null): void;
}

const OTHER = 'other';
/** Of the menu before the current view, where it scrolls. */
const EDGE_PX = 48;
const RANGES: readonly (readonly [label: string, lastMs: number])[] = [
  ['Last 15 min', 900_000],
  ['Last hour', 3_600_000],
  ['Last 6 h', 21_600_000],
  ['Last 24 h', 86_400_000],
  ['Last 7 days', 604_800_000],
  ['Last 30 days', 2_592_000_000],
];
const THEMES: readonly (readonly [label: string, theme: Theme])[] = [
  ['As the system', 'system'],
  ['Light', 'light'],
  ['Dark', 'dark'],
];
const CONNECTION_WORDS: Readonly<Record<Connection, string>> = {
  connecting: 'connecting…',
  live: 'live',
  reconnecting: 'reconnecting…',
};

/** @param chooseRange asks for a stretch of its own @param share a button that copies the address */
export function createTopBar(router: Router, chooseRange: () => void, share: HTMLElement): TopBar {
  const links = new Map<ViewName, HTMLAnchorElement>();
  for (const { name, label } of VIEWS)
    if (label !== undefined) links.set(name, element('a', { 'data-link': true }, label));
  const menu = element('ul', {}, ...[...links.values()].map((link) => element('li', {}, link)));
  const connection = element('span', { class: 'connection', role: 'status' });
  const range = element('select', { 'aria-label': 'Range', class: 'range' });
  range.append(
    ...RANGES.map(([label, lastMs]) => element('option', { value: lastMs }, label)),
    element('option', { value: OTHER }, 'From … to …'),
  );
  const zone = element(
    'select',
    {},
    element('option', { value: 'local' }, 'Local time'),
    element('option', { value: 'UTC' }, 'UTC'),
  );
  const theme = element('select');
  theme.append(...THEMES.map(([label, value]) => element('option', { value }, label)));

  const size = element(
    'select',
    {},
    element('option', { value: 'normal' }, 'For a desk'),
    element('option', { value: 'wall' }, 'For a wall screen'),
  );
  size.addEventListener('change', () => router.go({ size: size.value as Size }, 'replace'));

  range.addEventListener('change', () => {
    if (range.value !== OTHER) return router.go({ range: { lastMs: Number(range.value) }, focus: null });
    updateRange(range, router.state());
    chooseRange();
  });
  zone.addEventListener('change', () => router.go({ zone: zone.value }, 'replace'));
  theme.addEventListener('change', () => {
    rememberTheme(theme.value as Theme);
    router.go({ theme: theme.value as Theme }, 'replace');
  });

  const viewer = element('form', { method: 'post', action: '/logout', class: 'viewer', hidden: true });
  const settings = createDropDown(
    'settings',
    element('summary', { 'aria-label': 'Settings', title: 'Settings' }, '⚙'),
    element(
      'div',
      { class: 'drop-down-body' },
      field('Times', zone),
      field('Theme', theme),
      field('Size', size),
      viewer,
    ),
  );
  const root = element(
    'header',
    { class: 'top-bar' },
    element(
      'a',
      { class: 'brand', href: '/', 'data-link': true },
      element('span', { 'aria-hidden': 'true', class: 'mark' }),
      'loghorn',
    ),
    element('nav', { 'aria-label': 'Views' }, menu),
    element('div', { class: 'top-tools' }, connection, range, share, settings.root),
  );
  return {
    root,
    setViewer: (name) => {
      viewer.hidden = name === null;
      if (name === null) return;
      fill(
        viewer,
        element('p', {}, 'Logged in as ', element('bdi', {}, showUnsafe(name))),
        element('button', {}, 'Log out'),
      );
    },
    setConnection: (now) => {
      connection.className = `connection ${now}`;
      connection.textContent = CONNECTION_WORDS[now];
    },
    update: (state) => {
      for (const [name, link] of links) {
        const isHere = name === state.view || (name === 'overview' && state.view === 'alert');
        link.href = router.linkTo({ view: name, alertId: null, own: {} });
        const wasHere = link.hasAttribute('aria-current');
        if (isHere) link.setAttribute('aria-current', 'page');
        else link.removeAttribute('aria-current');
        // on a narrow screen the menu scrolls sideways
        if (isHere && !wasHere)
          requestAnimationFrame(() => menu.scrollTo({ left: link.offsetLeft - menu.offsetLeft - EDGE_PX }));
      }
      updateRange(range, state);
      if (zone.value !== state.zone) {
        if (!['local', 'UTC'].includes(state.zone) && zone.options.length < 3)
          zone.append(element('option', { value: state.zone }, state.zone));
        zone.value = state.zone;
      }
      theme.value = state.theme;
      size.value = state.size;
    },
  };
}

/** What stands in the list stays as it is: a list that is made anew closes while somebody chooses. */
function updateRange(select: HTMLSelectElement, { range }: ViewState): void {
  const known = 'lastMs' in range ? RANGES.find(([, lastMs]) => lastMs === range.lastMs) : undefined;
  const value = known ? String(known[1]) : OTHER;
  if (select.value !== value) select.value = value;
}
