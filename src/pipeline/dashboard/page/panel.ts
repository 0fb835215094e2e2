// A titled part of a view that is waiting, full, empty or broken, and says which: nothing on the page is ever just blank.
import { type Child, element, fill } from './dom.js';
import { ApiError, isAbort } from './http.js';

export interface Panel {
  readonly root: HTMLElement;
  /** Right of the title: filters and the like. */
  readonly tools: HTMLElement;
  readonly body: HTMLElement;
  /** While the first answer is awaited; what is shown already stays. */
  waiting(): void;
  /** Takes the place of the body. @param hint what the viewer could do */
  empty(sentence: string, hint?: Child): void;
  /** Beside whatever is shown already, with a way to try again; an abort is not told. */
  failed(error: unknown, retry: () => void): void;
  /** Back to the body. */
  ready(): void;
}

let number = 0;

/** @param level of its heading */
export function createPanel(title: string, level: 2 | 3 = 2, className = ''): Panel {
  const id = `panel-${++number}`;
  const tools = element('div', { class: 'panel-tools' });
  const message = element('div', { class: 'panel-message', hidden: true });
  const body = element('div', { class: 'panel-body' });
  const root = element(
    'section',
    { class: `panel ${className}`.trim(), 'aria-labelledby': id },
    element('header', { class: 'panel-head' }, element(`h${level}`, { id }, title), tools),
    message,
    body,
  );
  let isFilled = false;

  const show = (tone: string, ...children: readonly Child[]): void => {
    message.className = `panel-message ${tone}`;
    message.hidden = false;
    fill(message, ...children);
  };
  return {
    root,
    tools,
    body,
    waiting: () => {
      root.setAttribute('aria-busy', 'true');
      if (!isFilled) show('waiting', element('p', {}, 'Loading…'));
    },
    empty: (sentence, hint) => {
      root.removeAttribute('aria-busy');
      isFilled = false;
      body.hidden = true;
      show(
        'empty',
        element('p', {}, sentence),
        hint instanceof Node ? hint : hint ? element('p', {}, hint) : null,
      );
    },
    failed: (error, retry) => {
      if (isAbort(error)) return;
      root.removeAttribute('aria-busy');
      const sentence = error instanceof ApiError ? error.message : 'This part of the page failed.';
      show(
        'failed',
        element('p', { role: 'alert' }, sentence),
        element('button', { type: 'button', onclick: retry }, 'Try again'),
      );
      if (!(error instanceof ApiError)) console.error(error);
    },
    ready: () => {
      root.removeAttribute('aria-busy');
      isFilled = true;
      body.hidden = false;
      message.hidden = true;
    },
  };
}
