// The service that everything is kept to, chosen from those that are known.
import { showUnsafe } from '../../../core/unsafe-characters.js';
import { element, keepChildren } from './dom.js';
import type { ViewContext } from './view.js';

export function createServiceChoice(context: ViewContext): { readonly root: HTMLElement; update(): void } {
  const root = element('select', {
    'aria-label': 'Service',
    onchange: () => context.navigate({ source: root.value === '' ? null : root.value }),
  });
  const update = (): void => {
    const { source } = context.state();
    const known = context.status().sources;
    // an address may name one that is not known here
    const names = source === null || known.includes(source) ? known : [...known, source];
    keepChildren(
      root,
      ['', ...names],
      (name) => name,
      (name) => element('option', { value: name }, name === '' ? 'All services' : showUnsafe(name)),
      () => undefined,
    );
    root.value = source ?? '';
  };
  update();
  return { root, update };
}
