// The swimlane as a table, for whoever listens to the page or wants the numbers.
import { showUnsafe } from '../../../core/unsafe-characters.js';
import type { Swimlane } from '../api.js';
import { laneRows } from '../view/lane-words.js';
import { countText, scoreText, shareText } from '../view/number-text.js';
import { element, fill } from './dom.js';
import { timeElement } from './time.js';
import type { ViewContext } from './view.js';

export function createLaneTable(context: ViewContext): {
  readonly root: HTMLElement;
  show(swimlane: Swimlane): void;
} {
  const rows = element('tbody');
  let latest: Swimlane | undefined;
  const heads = ['Service', 'Windows flagged', 'First of them', 'Highest score', 'At', 'Time covered'];
  const root = element(
    'details',
    { class: 'lane-table' },
    element('summary', {}, 'As a table'),
    element(
      'div',
      { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': 'Scores by service' },
      element(
        'table',
        {},
        element(
          'thead',
          {},
          element('tr', {}, ...heads.map((head) => element('th', { scope: 'col' }, head))),
        ),
        rows,
      ),
    ),
  );
  const draw = (): void => {
    // fifty rows that nobody looks at are not made
    if (!root.open || !latest) return;
    const time = (timeMs: number | null): Node | string =>
      timeMs === null ? '–' : timeElement(timeMs, context);
    fill(
      rows,
      ...laneRows(latest).map((row) =>
        element(
          'tr',
          {},
          element('th', { scope: 'row' }, element('bdi', {}, showUnsafe(row.source))),
          element('td', { class: 'number' }, countText(row.windowsAlerting)),
          element('td', {}, time(row.firstAlertMs)),
          element('td', { class: 'number' }, row.peakScore === null ? '–' : scoreText(row.peakScore)),
          element('td', {}, time(row.peakMs)),
          element('td', { class: 'number' }, shareText(row.covered)),
        ),
      ),
    );
  };
  root.addEventListener('toggle', draw);
  return {
    root,
    show: (swimlane) => {
      latest = swimlane;
      draw();
    },
  };
}
