// The viewer's name, which stands beside everything they do: a token's where there is one, else asked once and remembered by
// this browser.
import { openDialog, field } from './dialog.js';
import { element } from './dom.js';

const KEY = 'loghorn-who';
const MAX_LENGTH = 200;

/** @param tokenName of the status; @returns undefined when they closed the question */
export async function askWho(tokenName: string | null): Promise<string | undefined> {
  const known = tokenName ?? remembered();
  if (known !== undefined) return known;
  return await new Promise((resolve) => {
    const input = element('input', {
      type: 'text',
      maxlength: MAX_LENGTH,
      autocomplete: 'name',
      required: true,
    });
    let name: string | undefined;
    openDialog({
      title: 'Who are you?',
      submit: 'Go on',
      fields: [field('Name', input, 'Shown beside what you do here. Kept in this browser.')],
      send: async () => {
        const text = input.value.trim();
        if (text === '') return await Promise.resolve('A name is needed: colleagues see who did it.');
        name = text;
        remember(text);
        return undefined;
      },
      closed: () => resolve(name),
    });
  });
}

function remembered(): string | undefined {
  try {
    return localStorage.getItem(KEY) ?? undefined;
  } catch {
    // storage may be forbidden: then the name is asked for each time
    return undefined;
  }
}

function remember(name: string): void {
  try {
    localStorage.setItem(KEY, name);
  } catch {
    // see above
  }
}
