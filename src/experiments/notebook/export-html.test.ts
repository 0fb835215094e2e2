import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { arbHostileText } from '../report/report.testkit.js';
import { exportNotebookHtml } from './export-html.js';
import { displayOf, FIGURE, notebookOf, PNG } from './export.testkit.js';
import type { NotebookOutput } from './notebook-file.js';

test('a page has the title of its notebook, its parts in the contents, and no script without a figure', () => {
  const page = exportNotebookHtml(
    notebookOf('const a = 1;', [{ output_type: 'stream', name: 'stdout', text: ['one\n', 'two\n'] }]),
  );

  expect(page).toContain('<title>Which window?</title>');
  expect(page).toContain('<a href="#the-data">The data</a>');
  expect(page).toContain('<span class="hljs-keyword">const</span> a =');
  expect(page).toContain('<pre class="printed" tabindex="0">one\ntwo</pre>');
  expect(page).toContain("script-src 'none'");
  expect(page).not.toContain('<script');
});

test('a figure carries its data, its picture and its words', () => {
  const page = exportNotebookHtml(notebookOf('show', [displayOf({ ...FIGURE, 'image/png': PNG })]));

  const [frame] = /<figure class="plot".*?<\/figure>/s.exec(page)!;
  expect(frame).toContain('aria-label="Load over a day"');
  expect(frame).toContain(`<img src="data:image/png;base64,${PNG}" alt="Load over a day"/>`);
  expect(JSON.parse(/<script type="application\/json">(.*?)<\/script>/s.exec(frame)![1]!)).toEqual(
    FIGURE['application/vnd.plotly.v1+json'],
  );
  expect(page.match(/script-src '[^;]*/)![0].match(/sha256-/g)).toHaveLength(2);
});

test('long code is folded and says how long it is', () => {
  const page = exportNotebookHtml(
    notebookOf(Array.from({ length: 17 }, (_, n) => `f(${n});`).join('\n'), []),
  );

  expect(page).toContain('<summary>17 lines of code</summary>');
});

test('HTML that is not known to be harmless is shown as its plain text', () => {
  const page = exportNotebookHtml(
    notebookOf('x', [
      displayOf({
        'text/html': ['<table><tbody><tr><td>', '7</td></tr></tbody></table>'],
        'text/plain': 'seven',
      }),
      displayOf({ 'text/html': '<img src="x" onerror="alert(1)"/>', 'text/plain': 'a <table>' }),
    ]),
  );

  expect(page).toContain('<div class="shown"><table><tbody><tr><td>7</td>');
  expect(page).toContain('<pre class="printed" tabindex="0">a &lt;table&gt;</pre>');
  expect(page).not.toContain('onerror');
});

test('an error shows its trace, without the colours of a terminal', () => {
  const page = exportNotebookHtml(
    notebookOf('x', [
      {
        output_type: 'error',
        ename: 'Error',
        evalue: 'no',
        traceback: ['\u001b[31mError: no\u001b[0m', ' at x'],
      },
    ]),
  );

  expect(page).toContain('<pre class="failed" tabindex="0">Error: no\n at x</pre>');
});

test('whatever source and outputs hold, no tag or attribute comes from them and nothing is hidden', () => {
  fc.assert(
    fc.property(arbHostileText, (text) => {
      const outputs: NotebookOutput[] = [
        { output_type: 'stream', name: 'stderr', text },
        displayOf({ 'text/html': `<div>${text}</div>`, 'text/plain': text }),
        displayOf({ ...FIGURE, 'image/png': text, 'text/plain': text }),
        displayOf({ 'application/vnd.plotly.v1+json': { data: [{ name: text }] }, 'text/plain': text }),
        { output_type: 'error', ename: text, evalue: text, traceback: [] },
      ];

      const body = withoutScripts(exportNotebookHtml(notebookOf(text, outputs), { title: text }));

      expect(body.match(/<(?:script|img|iframe|svg|object)\b/gi) ?? []).toEqual([]);
      expect(body.replaceAll(/="[^"<>]*"/g, '')).not.toMatch(/<[^>]*=/);
      expect(body.match(/<\/(?:main|body|html|title|style)>/g)).toHaveLength(5);
      expect(body.replaceAll(/[\n\t]/g, '')).not.toMatch(/\p{Cc}|\p{Cf}|\p{Cs}|\u2028/u);
    }),
    { numRuns: 25 },
  );
});

/** The page without its own two scripts and without the figures' data, which JSON keeps harmless. */
function withoutScripts(page: string): string {
  const data = /<script type="application\/json">([^<]*)<\/script>/g;
  return page.replaceAll(data, '').replaceAll(/<script>[^]*?<\/script>/g, '');
}
