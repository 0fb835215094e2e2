// The address of the page and what it shows are one: links, the back button, a reload and a shared address all lead here.
import { changeView, readViewState, type ViewState, writeViewState } from '../view/view-state.js';

export interface Router {
  state(): ViewState;
  /** @param how `replace` for what nobody would want to go back to; default `push` */
  go(change: Partial<ViewState>, how?: 'push' | 'replace'): void;
  linkTo(change: Partial<ViewState>): string;
}

/** @param changed told after every change, with what was before */
export function createRouter(changed: (state: ViewState, before: ViewState) => void): Router {
  let state = readViewState(location.search);

  const show = (next: ViewState): void => {
    const before = state;
    state = next;
    changed(state, before);
  };
  const addressOf = (of: ViewState): string => `${location.pathname}${writeViewState(of)}`;
  const go = (change: Partial<ViewState>, how: 'push' | 'replace' = 'push'): void => {
    const next = changeView(state, change);
    const address = addressOf(next);
    if (address !== `${location.pathname}${location.search}`)
      history[how === 'push' ? 'pushState' : 'replaceState'](null, '', address);
    show(next);
  };

  window.addEventListener('popstate', () => show(readViewState(location.search)));
  document.addEventListener('click', (event) => {
    const link = event.target instanceof Element ? event.target.closest('a[data-link]') : null;
    // with a key held the browser opens another tab or saves, as it does with every link
    if (!(link instanceof HTMLAnchorElement) || event.defaultPrevented || event.button !== 0) return;
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    const next = readViewState(new URL(link.href).search);
    history.pushState(null, '', addressOf(next));
    show(next);
  });
  return { state: () => state, go, linkTo: (change) => addressOf(changeView(state, change)) };
}
