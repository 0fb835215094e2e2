import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { CORE_MODULES } from './served-modules.js';

const dashboard = join(import.meta.dirname, '..');
const sources = ['page', 'view'].flatMap((folder) =>
  readdirSync(join(dashboard, folder))
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
    .map((name) => ({
      name: `${folder}/${name}`,
      text: readFileSync(join(dashboard, folder, name), 'utf8'),
    })),
);

test('no source of the page makes markup, code or inline styles out of text', () => {
  const FORBIDDEN =
    /\.(innerHTML|outerHTML|srcdoc|cssText)\b|insertAdjacentHTML|createContextualFragment|document\.write|\beval\(|new Function\(|setHTMLUnsafe|setAttribute\('style'|javascript:/;

  const guilty = sources.filter(({ text }) => FORBIDDEN.test(text)).map(({ name }) => name);

  expect(sources.length).toBeGreaterThan(40);
  expect(guilty).toEqual([]);
});

test('the page imports no module of the core that its server does not serve, and each that it serves is used', () => {
  const imported = new Set<string>();
  const pattern = /^import (?!type\b)[^;]*?from '(?:\.\.\/)+core\/([^']+)';/gm;
  for (const { text } of sources) for (const [, path] of text.matchAll(pattern)) imported.add(path!);

  expect([...imported].sort()).toEqual([...CORE_MODULES].sort());
});

test('what the core serves imports no more of it than is served', () => {
  for (const name of CORE_MODULES) {
    const text = readFileSync(join(dashboard, '../../core', name.replace(/\.js$/, '.ts')), 'utf8');

    const imported = [...text.matchAll(/^import (?!type\b)[^;]*?from '\.\/([^']+)';/gm)].map(
      ([, path]) => path,
    );
    expect(CORE_MODULES).toEqual(expect.arrayContaining(imported));
    expect(imported.length).toBe([...text.matchAll(/^import (?!type\b)/gm)].length);
  }
});

test('every picture, style and script comes from the same host', () => {
  const elsewhere = sources
    .filter(({ text }) => /['"`(]https?:\/\/(?!www\.w3\.org\/)/.test(text))
    .map(({ name }) => name);

  expect(elsewhere).toEqual([]);
});
