// A button that copies an address, and says so where a screen reader hears it. Where the browser keeps the clipboard from the
// page, as it does without https, the address is shown to be copied by hand.
import { openDialog, field } from './dialog.js';
import { element, svg } from './dom.js';
import type { ViewContext } from './view.js';

/** Two links of a chain. */
const SIGN =
  'M7 9a3 3 0 0 0 4.2.3l2.3-2.3a3 3 0 0 0-4.2-4.2l-1 1M9 7a3 3 0 0 0-4.2-.3L2.5 9a3 3 0 0 0 4.2 4.2l1-1';

/** @param title heard, and shown on hover @param said once it was copied */
export function copyLinkButton(
  title: string,
  words: string,
  copied: { readonly address: () => string; readonly said: string; readonly context: () => ViewContext },
): HTMLButtonElement {
  const sign = svg(
    'svg',
    { viewBox: '0 0 16 16', class: 'link-sign', 'aria-hidden': 'true' },
    svg('path', {
      d: SIGN,
      fill: 'none',
      stroke: 'currentColor',
      'stroke-width': 1.5,
      'stroke-linecap': 'round',
    }),
  );
  const button = element(
    'button',
    { type: 'button', class: 'quiet copy-link', title, 'aria-label': title },
    sign,
    words,
  );
  button.addEventListener('click', () => {
    const address = new URL(copied.address(), location.href).href;
    copyText(address).then(
      () => copied.context().notify(copied.said),
      () => showAddress(title, address),
    );
  });
  return button;
}

async function copyText(text: string): Promise<void> {
  // not there at all on a page that came without https
  const { clipboard } = navigator as { readonly clipboard?: Clipboard };
  if (clipboard === undefined) throw new Error('the browser gives no clipboard to this page');
  await clipboard.writeText(text);
}

function showAddress(title: string, address: string): void {
  const box = element('input', { type: 'text', readonly: true, value: address });
  openDialog({
    title,
    submit: 'Done',
    fields: [field('Address', box, 'The browser does not let this page copy: copy it from here.')],
    send: async () => await Promise.resolve(undefined),
  });
  box.focus();
  box.select();
}
