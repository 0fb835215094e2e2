// Markup from a notebook's outputs, taken over only if all of it is known to be harmless: a notebook is a file, and
// whoever wrote it may not have used `markup`. Anything else is shown as the output's plain text instead.
import type { Html } from '../report/html.js';
import { showHidden } from './hidden-text.js';

const TAGS: ReadonlySet<string> = new Set(
  (
    'article b blockquote br caption code col colgroup dd details div dl dt em figcaption figure h2 h3 h4 h5 h6 ' +
    'header hr i kbd li mark ol p pre s samp section small span strong sub summary sup table tbody td tfoot th thead tr ul'
  ).split(' '),
);
const VOID_TAGS: ReadonlySet<string> = new Set(['br', 'col', 'hr']);

/** What an attribute may hold; a value is within double quotes. */
const ATTRIBUTES: Readonly<Record<string, RegExp>> = {
  class: /^[\w -]*$/,
  colspan: /^\d{1,3}$/,
  rowspan: /^\d{1,3}$/,
  scope: /^(?:row|col|rowgroup|colgroup)$/,
  open: /^$/,
  title: /^[^<>"]*$/,
  'data-label': /^[^<>"]*$/,
  // nothing that loads, and nothing that leaves its place
  style:
    /^(?:(?:text-align|font-weight|font-size|width|min-width|max-width|color|background-color|background|white-space|margin|padding|border|border-left|opacity):[\w #%.,-]*;? *)*$/,
};

const TOKEN = /<(\/?)([a-z][a-z0-9]*)((?:\s+[a-z-]+(?:="[^"<>]*")?)*)\s*\/?>|[^<>]+|[<>]/g;

/** @returns the markup as it came; null when a tag, an attribute or the nesting is not harmless, or a character is hidden */
export function safeMarkup(text: string): Html | null {
  if (showHidden(text) !== text) return null;
  const open: string[] = [];
  for (const [token, end, tag, attributes] of text.matchAll(TOKEN)) {
    if (tag === undefined) {
      if (token === '<' || token === '>') return null;
      continue;
    }
    if (!TAGS.has(tag)) return null;
    if (end === '/') {
      if (open.pop() !== tag) return null;
    } else {
      if (!areHarmless(attributes!)) return null;
      if (!VOID_TAGS.has(tag)) open.push(tag);
    }
  }
  return open.length === 0 ? { text } : null;
}

function areHarmless(attributes: string): boolean {
  return [...attributes.matchAll(/([a-z-]+)(?:="([^"]*)")?/g)].every(
    ([, name, value = '']) => Object.hasOwn(ATTRIBUTES, name!) && ATTRIBUTES[name!]!.test(value),
  );
}
