import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { escapeHtml, markup } from '../report/html.js';
import { arbHostileText } from '../report/report.testkit.js';
import { wordsOf } from './show-html.js';

test('the words of a card are its blocks, line by line', () => {
  const card = markup`<style>h3{margin:0}</style><section><h3>Missed: ${'a < b'}</h3><ul><li>first &amp; last</li><li>second</li></ul><table><tr><td>errors</td><td>7</td></tr></table></section>`;

  expect(wordsOf(card)).toBe('Missed: a < b\nfirst & last\nsecond\nerrors  7');
});

test('text that looks like markup is words', () => {
  fc.assert(
    fc.property(arbHostileText, (text) => {
      const words = wordsOf(markup`<p>(${text})</p>`);

      const unescaped = escapeHtml(text).replaceAll('&lt;', '<').replaceAll('&gt;', '>');
      for (const tag of unescaped.match(/<\/?\w+>/g) ?? []) expect(words).toContain(tag);
      expect(words.startsWith('(') && words.endsWith(')')).toBe(true);
    }),
  );
});
