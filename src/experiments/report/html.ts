// HTML that cannot be injected into: text becomes markup only through the tag below, which escapes all of it.
// What a terminal or a browser would obey without showing it (controls, text direction) is made visible.
import { showUnsafe } from '../../core/unsafe-characters.js';

/** Markup that may be put into a page as it is. */
export interface Html {
  readonly text: string;
}

type Part = string | number | Html | null | readonly (Html | null)[];

/** A template whose parts are escaped unless they are `Html`; null is nothing. */
export function markup(texts: TemplateStringsArray, ...parts: readonly Part[]): Html {
  let text = texts[0]!;
  parts.forEach((part, index) => {
    text += textOf(part) + texts[index + 1]!;
  });
  return { text };
}

export const NOTHING: Html = { text: '' };

function textOf(part: Part): string {
  if (part === null) return '';
  if (typeof part === 'string') return escapeHtml(part);
  if (typeof part === 'number') return String(part);
  if ('text' in part) return part.text;
  return part.map((each) => each?.text ?? '').join('');
}

/** Safe as text and inside a quoted attribute; line breaks and tabs stay. */
export function escapeHtml(text: string): string {
  return showUnsafe(text, '\t\n').replace(MARKUP, (character) => ENTITIES[character]!);
}

const MARKUP = /[&<>"'`]/g;

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  '`': '&#96;',
};
