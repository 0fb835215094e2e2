// A cell's code as markup, coloured when the page is made: the page itself needs no highlighter. Long code is folded.
import highlighter from 'highlight.js/lib/core';
import typescript from 'highlight.js/lib/languages/typescript';
import { type Html, markup } from '../report/html.js';
import { showHidden } from './hidden-text.js';

highlighter.registerLanguage('typescript', typescript);

const MAX_OPEN_LINES = 16;

export function renderCode(source: string): Html {
  const lines = source.split('\n').length;
  // highlight.js escapes the text that it wraps
  const coloured = highlighter.highlight(showHidden(source), { language: 'typescript' }).value;
  const code = markup`<pre class="code" tabindex="0"><code>${{ text: coloured }}</code></pre>`;
  if (lines <= MAX_OPEN_LINES) return code;
  return markup`<details class="long"><summary>${lines} lines of code</summary>${code}</details>`;
}
