// Something that unfolds below a button and folds by itself: by Escape, or when anything else is clicked.
import { element } from './dom.js';

/** @param summary what is always there; it takes the focus back @returns a `details` element */
export function createDropDown(
  className: string,
  summary: HTMLElement,
  body: HTMLElement,
): { readonly root: HTMLDetailsElement; unmount(): void } {
  const root = element('details', { class: `drop-down ${className}` }, summary, body);
  const closeFor = (event: Event): void => {
    if (event.target instanceof Node && !root.contains(event.target)) root.open = false;
  };
  document.addEventListener('click', closeFor);
  root.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return;
    root.open = false;
    summary.focus();
  });
  return { root, unmount: () => document.removeEventListener('click', closeFor) };
}
