import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { escapeHtml, loginPage, shellPage, wordsPage } from './html.js';

const hostile = fc
  .array(
    fc.oneof(
      fc.constantFrom('<script>', '"', "'", '>', '&amp;', '</p>', ' onload=x', '<!--'),
      fc.string({ maxLength: 5 }),
    ),
  )
  .map((parts) => parts.join(''));

test('whatever is put into a page makes no tag and ends no attribute', () => {
  fc.assert(
    fc.property(hostile, (text) => {
      expect(escapeHtml(text)).not.toMatch(/[<>"']/);
      const tagsOf = (html: string): number => html.split('<').length;
      expect(tagsOf(wordsPage(text, [text], { action: text, button: text }))).toBe(
        tagsOf(wordsPage('a', ['a'], { action: 'a', button: 'a' })),
      );
      expect(tagsOf(loginPage(text, text))).toBe(tagsOf(loginPage('/', 'a')));
    }),
  );
});

test('no page has a script or a style of its own', () => {
  for (const page of [
    shellPage({
      style: '/assets/style.css',
      firstModule: '/assets/page/main.js',
      modules: ['/assets/page/main.js'],
    }),
    loginPage('/', 'wrong'),
    wordsPage('a', ['b'], { action: '/', button: 'c' }),
  ]) {
    expect(page).not.toMatch(/<style|style=|\son\w+=|javascript:/i);
    for (const [, attributes, content] of page.matchAll(/<script([^>]*)>(.*?)<\/script>/gs)) {
      expect(attributes).toMatch(/src="\/assets\/page\/main\.js"/);
      expect(content).toBe('');
    }
  }
});
