import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { markup } from '../report/html.js';
import { arbHostileText } from '../report/report.testkit.js';
import { renderTable } from './render-table.js';
import { safeMarkup } from './safe-markup.js';

test('what the project itself shows comes through as it is', () => {
  fc.assert(
    fc.property(arbHostileText, (text) => {
      const table = renderTable([{ [`c${text}`]: text, count: 3 }], { caption: text, maxRows: 0 }).html;
      const card = markup`<section class="card false"><h3>${text}<br/></h3><details open><summary title="${text}">${text}</summary><ul><li>${text}</li></ul></details></section>`;

      expect(safeMarkup(table.text)).toEqual(table);
      expect(safeMarkup(card.text)).toEqual(card);
    }),
  );
});

const HARMFUL = [
  '<script>alert(1)</script>',
  '<SCRIPT>alert(1)</SCRIPT>',
  '<p onclick="alert(1)">a</p>',
  "<p class='a'>a</p>",
  '<p class=a>a</p>',
  '<p class="a" onclick=alert(1)>a</p>',
  '<p/onclick="alert(1)">a</p>',
  '<img src="x" onerror="alert(1)"/>',
  '<a href="javascript:alert(1)">a</a>',
  '<svg><style>*{display:none}</style></svg>',
  '<style>body{display:none}</style>',
  '<p style="position:fixed;top:0">a</p>',
  '<p style="background:url(https://example.org/x)">a</p>',
  '<p style="width:100px;}body{display:none">a</p>',
  '<iframe src="https://example.org"></iframe>',
  '<p id="top">a</p>',
  '<!-- a comment -->',
  '<p>invoice\u202egpj.exe</p>',
  '<p>never closed',
  '</div></main><p>outside</p>',
  '<b><i>crossed</b></i>',
  'a < b',
  '<p a="1" a="<b>">x</p>',
];

test('what could run, load, leave its place or break the page is not taken over', () => {
  expect(HARMFUL.filter((text) => safeMarkup(text) !== null)).toEqual([]);
});

test('a harmful part anywhere spoils the whole', () => {
  fc.assert(
    fc.property(fc.constantFrom(...HARMFUL), fc.nat(3), (text, depth) => {
      const wrapped = `<p>ok</p>${'<div>'.repeat(depth)}${text}${'</div>'.repeat(depth)}`;

      expect(safeMarkup(wrapped)).toBeNull();
    }),
  );
});
