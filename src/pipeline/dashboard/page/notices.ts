// What the page says by the way: a line at its foot that goes by itself and can be taken back, and a line that only a
// screen reader hears.
import { element, fill } from './dom.js';

export interface Notices {
  readonly root: HTMLElement;
  /** @param undo offered as long as the line stands */
  notify(text: string, undo?: () => void): void;
  announce(text: string): void;
}

const SHOWN_MS = 8000;

export function createNotices(): Notices {
  const line = element('div', { class: 'notice', role: 'status', hidden: true });
  const spoken = element('div', { class: 'visually-hidden', 'aria-live': 'polite' });
  let timer: ReturnType<typeof setTimeout> | undefined;

  let before: Element | null = null;
  const hide = (): void => {
    const hadFocus = line.contains(document.activeElement);
    line.hidden = true;
    fill(line);
    // a button that goes away must not take the focus with it
    if (hadFocus && before instanceof HTMLElement && before.isConnected) before.focus();
  };
  return {
    root: element('div', { class: 'notices' }, line, spoken),
    notify: (text, undo) => {
      clearTimeout(timer);
      if (!line.contains(document.activeElement)) before = document.activeElement;
      const takeBack = (): void => {
        hide();
        undo?.();
      };
      fill(
        line,
        element('span', {}, text),
        undo && element('button', { type: 'button', onclick: takeBack }, 'Undo'),
        element('button', { type: 'button', class: 'quiet', 'aria-label': 'Close', onclick: hide }, '×'),
      );
      line.hidden = false;
      timer = setTimeout(hide, SHOWN_MS);
    },
    announce: (text) => {
      // the same text twice is silent unless it was gone in between
      spoken.textContent = '';
      requestAnimationFrame(() => {
        spoken.textContent = text;
      });
    },
  };
}
