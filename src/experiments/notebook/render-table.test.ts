import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { arbHostileText } from '../report/report.testkit.js';
import { renderTable } from './render-table.js';

test('numbers of a column share their decimals and stand to the right, also in plain text', () => {
  const { text, html } = renderTable([
    { source: 'api', errors: 120_000, share: 0.123456, meanMs: 1234.5678 },
    { source: 'payment', errors: 7, share: 0.5, meanMs: 3 },
  ]);

  expect(text).toBe(
    [
      'source    errors   share  meanMs',
      'api      120,000  0.1235    1235',
      'payment        7  0.5000       3',
    ].join('\n'),
  );
  expect(html.text).toContain('<td style="text-align:right;white-space:nowrap">0.5000</td>');
  expect(html.text).toContain('<td style="text-align:left;white-space:nowrap">payment</td>');
});

test('a small number among great ones is not shown as none, and nothing is shown as minus nothing', () => {
  const { text } = renderTable([{ p: 0.5 }, { p: 0.0000031 }, { p: 0 }, { p: -0.5 }, { p: -0 }]);

  expect(text.split('\n').map((line) => line.trim())).toEqual([
    'p',
    '0.5000',
    '3.1e-6',
    '0.0000',
    '-0.5000',
    '0.0000',
  ]);
});

test('what is not there is a dash, and truth is a word', () => {
  const { text } = renderTable([{ delayMs: 30, isCaught: true }, { delayMs: null, isCaught: false }, {}]);

  expect(text.split('\n').slice(1)).toEqual(['     30  yes', '      –  no', '      –  –']);
});

test('rows beyond the limit are left out and counted, and do not change how the others look', () => {
  const rows = [...Array.from({ length: 25 }, (_, row) => ({ row })), { row: 0.25 }];

  const { text, html } = renderTable(rows, { maxRows: 3, caption: 'Windows' });

  expect(text).toBe('Windows\n row\n0.00\n1.00\n2.00\n23 more rows are left out');
  expect(html.text.match(/<tr>/g)).toHaveLength(4);
  expect(html.text).toContain('<p>23 more rows are left out</p>');
});

test('no rows make an empty table', () => {
  expect(renderTable([], { caption: 'Missed' }).text).toBe('Missed\n');
});

test('whatever a text holds, it opens no tag, starts no line and hides nothing', () => {
  fc.assert(
    fc.property(arbHostileText, arbHostileText, (name, cell) => {
      const { html, text } = renderTable([{ [`c${name}`]: cell }], { caption: cell });

      expect(
        html.text.replaceAll(
          /<\/?(?:table|caption|thead|tbody|tr|th|td)(?: (?:scope|style)="[\w:;-]*")*>/g,
          '',
        ),
      ).not.toMatch(/[<>]/);
      expect(text.split('\n')).toHaveLength(3);
      expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
    }),
  );
});
