// A question in front of the page. The browser's own dialog keeps the focus inside, closes on Escape and gives the focus back.
import { type Child, element } from './dom.js';

export interface DialogOptions {
  readonly title: string;
  readonly submit: string;
  readonly fields: readonly Child[];
  /** @returns a sentence when something is missing: the dialog stays. A rejection's message is shown in the same way */
  send(): Promise<string | undefined>;
  closed?(): void;
}

let number = 0;

export function openDialog(options: DialogOptions): void {
  const { title, submit, fields } = options;
  const id = `dialog-${++number}`;
  const complaint = element('p', { class: 'complaint', role: 'alert', hidden: true });
  const button = element('button', { class: 'primary' }, submit);
  const cancel = element('button', { type: 'button', onclick: () => dialog.close() }, 'Cancel');

  const complain = (sentence: string): void => {
    complaint.textContent = sentence;
    complaint.hidden = false;
    button.disabled = false;
  };
  const submitted = (event: Event): void => {
    event.preventDefault();
    button.disabled = true;
    options.send().then(
      (sentence) => (sentence === undefined ? dialog.close() : complain(sentence)),
      (error: unknown) => complain(error instanceof Error ? error.message : String(error)),
    );
  };
  const form = element(
    'form',
    { onsubmit: submitted },
    element('h2', { id }, title),
    ...fields,
    complaint,
    element('div', { class: 'dialog-buttons' }, cancel, button),
  );
  const dialog = element('dialog', { 'aria-labelledby': id }, form);
  dialog.addEventListener('close', () => {
    dialog.remove();
    options.closed?.();
  });
  document.body.append(dialog);
  dialog.showModal();
}

/** A label with its control below it, and a line that explains. */
export function field(label: string, control: HTMLElement, hint = ''): HTMLElement {
  const id = `field-${++number}`;
  control.id = id;
  if (hint !== '') control.setAttribute('aria-describedby', `${id}-hint`);
  return element(
    'div',
    { class: 'field' },
    element('label', { for: id }, label),
    control,
    hint !== '' && element('small', { id: `${id}-hint` }, hint),
  );
}
