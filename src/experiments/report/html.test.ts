import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { escapeHtml, markup } from './html.js';
import { arbHostileText } from './report.testkit.js';

test('whatever a text holds, it opens no tag, closes no attribute and hides no character', () => {
  fc.assert(
    fc.property(arbHostileText, (text) => {
      const { text: made } = markup`<p title="${text}">${text}</p>`;

      const inner = made.slice('<p title="'.length, -'</p>'.length);
      const [attribute, content, ...more] = inner.split('">');
      expect(more).toEqual([]);
      expect(attribute).toBe(content);
      expect(content).not.toMatch(/[<>"'`]/);
      expect(content).not.toMatch(/(?![\t\n])\p{Cc}|\p{Cf}|\p{Cs}|\u2028|\u2029/u);
    }),
  );
});

test('a text of ordinary letters, in any script, comes through as it is', () => {
  const text = 'Zahlung 12 € für 東京 – заказ №5\n\tat shop.Pool';

  expect(escapeHtml(text)).toBe(text);
});

test('a terminal escape and a right-to-left override are shown by their number', () => {
  expect(escapeHtml('\u001b[31mred\u202egpj.exe')).toBe('\\x1b[31mred\\u{202e}gpj.exe');
});

test('markup is put in as it is, in lists too, and null is nothing', () => {
  const items = ['a<b', 'c'].map((each) => markup`<li>${each}</li>`);

  expect(markup`<ul>${items}</ul>${null}${3}`.text).toBe('<ul><li>a&lt;b</li><li>c</li></ul>3');
});
