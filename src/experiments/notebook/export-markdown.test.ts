import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { arbHostileText } from '../report/report.testkit.js';
import { renderMarkdown } from './export-markdown.js';
import { safeMarkup } from './safe-markup.js';

test('headings get anchors that differ, and come back with their words', () => {
  const anchors = new Set<string>();

  const first = renderMarkdown('# Load & levels\n\n## What `WARN` means', anchors);
  const second = renderMarkdown('## What WARN means', anchors);

  expect(first.headings).toEqual([
    { id: 'load-levels', depth: 1, title: 'Load & levels' },
    { id: 'what-warn-means', depth: 2, title: 'What WARN means' },
  ]);
  expect(first.html.text).toContain('<h2 id="what-warn-means">What <code>WARN</code> means</h2>');
  expect(second.headings[0]!.id).toBe('what-warn-means-2');
});

test('lists, tables, emphasis and links become markup', () => {
  const { html } = renderMarkdown(
    '- *one*\n- **two**\n\n|a|b|\n|-|-:|\n|1|2|\n\n[next](02-features.ipynb)',
    new Set(),
  );

  expect(html.text).toContain('<li><em>one</em></li>');
  expect(html.text).toContain('<td align="right">2</td>');
  expect(html.text).toContain('<a href="02-features.ipynb">next</a>');
});

test('a link that could run something is its words alone', () => {
  const links = [
    'javascript:alert(1)',
    'data:text/html,x',
    'JaVaScRiPt:alert(1)',
    '//example.org',
    'vbscript:x',
  ];

  const made = links.map((href) => renderMarkdown(`[words](${href})`, new Set()).html.text);

  expect(made).toEqual(links.map(() => '<p>words</p>\n'));
});

test('a picture from elsewhere is its words', () => {
  expect(renderMarkdown('![a plot](https://example.org/x.png)', new Set()).html.text).toBe('<p>a plot</p>\n');
});

test('HTML in prose is text, whatever else stands around it', () => {
  fc.assert(
    fc.property(arbHostileText, arbHostileText, (first, second) => {
      const { html } = renderMarkdown(`# ${first}\n\n${second}\n\n* ${first}`, new Set());

      // what Markdown itself makes, and links and anchors, which are checked above
      const plain = html.text
        .replaceAll(/<a href="(?:https?:\/\/|#|[\w./-])[^"<>]*">|<\/a>/g, '')
        .replaceAll(/<h(\d) id="[^"<>]*">(.*?)<\/h\1>/gs, '<p>$2</p>')
        .replaceAll(/ align="\w+"| start="\d+"/g, '');
      expect(safeMarkup(plain)).not.toBeNull();
      expect(html.text.replaceAll(/[\n\t]/g, '')).not.toMatch(/\p{Cc}|\p{Cf}|\p{Cs}/u);
    }),
  );
});
