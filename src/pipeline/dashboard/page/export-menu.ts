// What a view shows, to take away: links that ask for all that its filters find, as a spreadsheet or a program reads it.
import type { ExportKind } from '../export/export-table.js';
import { createDropDown } from './drop-down.js';
import { element } from './dom.js';
import { type Parameters, queryOf } from './http.js';

const FORMATS = [
  ['csv', 'CSV', 'for a spreadsheet'],
  ['ndjson', 'NDJSON', 'for a program'],
] as const;

export interface ExportMenu {
  readonly root: HTMLElement;
  unmount(): void;
}

/**
 * @param kinds with what they are called
 * @param question what the view asks now, read whenever the menu unfolds
 */
export function createExportMenu(
  kinds: readonly (readonly [kind: ExportKind, words: string])[],
  question: () => Parameters,
): ExportMenu {
  const links = kinds.flatMap(([kind, words]) =>
    FORMATS.map(([format, name, what]) => ({
      path: `/api/export/${kind}`,
      format,
      // a refusal opens beside the page, not in its place
      link: element(
        'a',
        { target: '_blank', rel: 'noopener' },
        `${words} as ${name} `,
        element('small', {}, what),
      ),
    })),
  );
  const menu = createDropDown(
    'export',
    element('summary', {}, 'Export'),
    element('ul', { class: 'drop-down-body' }, ...links.map(({ link }) => element('li', {}, link))),
  );
  menu.root.addEventListener('toggle', () => {
    const asked = question();
    for (const { path, format, link } of links) link.href = `${path}${queryOf({ ...asked, format })}`;
  });
  return menu;
}
