// A notebook as one page that opens from a file, offline: prose, coloured code, tables, and figures that can be zoomed.
// Nothing in the notebook can run: the page allows its own two scripts by their hash, and nothing from elsewhere.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type Html, markup } from '../report/html.js';
import { renderCode } from './export-code.js';
import { type Anchors, type Heading, renderMarkdown } from './export-markdown.js';
import { renderOutput } from './export-output.js';
import { EXPORT_SCRIPT } from './export-script.js';
import { EXPORT_STYLE } from './export-style.js';
import { type Notebook, textOf } from './notebook-file.js';

export interface ExportOptions {
  /** Default the notebook's first heading. */
  readonly title?: string;
}

/**
 * The same notebook gives the same bytes.
 *
 * @returns a whole HTML document; with figures it carries Plotly (1.4 MB)
 */
export function exportNotebookHtml(notebook: Notebook, options: ExportOptions = {}): string {
  const anchors: Anchors = new Set(['top']);
  const headings: Heading[] = [];
  const parts = notebook.cells.map((cell) => {
    const source = textOf(cell.source);
    if (cell.cell_type === 'code')
      return markup`${source.trim() === '' ? null : renderCode(source)}${(cell.outputs ?? []).map(renderOutput)}`;
    const prose = renderMarkdown(cell.cell_type === 'markdown' ? source : '', anchors);
    headings.push(...prose.headings);
    return prose.html;
  });
  const title = options.title ?? headings[0]?.title ?? 'Notebook';
  const scripts = parts.some(({ text }) => text.includes('<figure class="plot"'))
    ? [readPlotly(), EXPORT_SCRIPT]
    : [];
  return markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8"/>
<meta http-equiv="Content-Security-Policy" content="${{ text: policyFor(scripts) }}"/>
<meta name="viewport" content="width=device-width, initial-scale=1"/>
<meta name="color-scheme" content="light dark"/>
<title>${title}</title>
<style>${{ text: EXPORT_STYLE }}</style>
</head>
<body id="top">
<a class="skip" href="#content">Skip to the content</a>
<div class="page">
<nav aria-label="Contents">
<ol>
${contents(headings)}
</ol>
</nav>
<main id="content">
${parts}
</main>
</div>
${scripts.map((script) => markup`<script>${{ text: script }}</script>`)}
</body>
</html>
`.text;
}

function contents(headings: readonly Heading[]): Html[] {
  return headings
    .filter(({ depth }) => depth === 2 || depth === 3)
    .map(
      ({ id, depth, title }) =>
        markup`<li${depth === 3 ? markup` class="deeper"` : null}><a href="#${id}">${title}</a></li>\n`,
    );
}

/** Without scripts none may run. A click on Plotly's camera saves a picture, which it makes as a blob. */
function policyFor(scripts: readonly string[]): string {
  const hashes = scripts.map((script) => `'sha256-${createHash('sha256').update(script).digest('base64')}'`);
  return `default-src 'none'; script-src ${hashes.join(' ') || "'none'"}; style-src 'unsafe-inline'; img-src data: blob:; base-uri 'none'; form-action 'none'`;
}

let plotly: string | null = null;

function readPlotly(): string {
  const path = createRequire(import.meta.url).resolve('plotly.js/dist/plotly-cartesian.min.js');
  // neither may end or comment out the element that it stands in
  plotly ??= readFileSync(path, 'utf8')
    .replaceAll(/<(?=\/script)/gi, '\\x3c')
    .replaceAll('<!--', '\\x3c!--');
  return plotly;
}
