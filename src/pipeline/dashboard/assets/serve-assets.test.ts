import { gunzipSync, brotliDecompressSync } from 'node:zlib';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createTestDashboard } from '../dashboard.testkit.js';
import { CORE_MODULES } from '../view/served-modules.js';
import { readAssets } from './read-assets.js';

const LARGE = 'export const text = "words";\n'.repeat(200);

function folderWithPage(): string {
  const folder = mkdtempSync(join(tmpdir(), 'loghorn-assets-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const part of ['page', 'view', 'core', 'guard']) mkdirSync(join(folder, part));
  for (const [name, text] of [
    ['page/main.js', LARGE],
    ['page/main.js.map', '{}'],
    ['page/plotly.js', 'window.Plotly = {};'],
    ['view/heat.js', 'export {};'],
    ['guard/tokens.js', 'secret'],
    ...CORE_MODULES.map((each) => [`core/${each}`, 'export {};']),
  ] as [string, string][])
    writeFileSync(join(folder, name), text);
  return folder;
}

async function withPage() {
  const folder = folderWithPage();
  return createTestDashboard({ assets: readAssets(folder, join(folder, 'core')) });
}

test('the page, its chart library, its style and the modules that it shares are served, and nothing else', async () => {
  const { get } = await withPage();
  const statusOf = async (path: string): Promise<number> => (await get(path)).status;

  for (const path of [
    '/assets/page/main.js',
    '/assets/view/heat.js',
    '/assets/plotly.js',
    '/assets/style.css',
  ])
    expect([path, await statusOf(path)]).toEqual([path, 200]);
  for (const path of [
    '/assets/page/main.js.map',
    '/assets/guard/tokens.js',
    '/assets/page/../guard/tokens.js',
    '/assets/page/%2e%2e/guard/tokens.js',
    '/assets/page/..%2fguard%2ftokens.js',
    '/assets/page/..\\guard\\tokens.js',
    '/core/scorer.js',
    '/core/../package.json',
    '/assets/',
    '/assets/page/main.js/',
    '/assets/page/main.js%00.css',
  ])
    expect([path, await statusOf(path)]).toEqual([path, 404]);
});

test('a file is asked for again only when it changed', async () => {
  const { get } = await withPage();
  const { headers } = await get('/assets/page/main.js');
  const etag = headers.get('etag')!;

  expect(headers.get('cache-control')).toBe('no-cache');
  expect(headers.get('content-type')).toBe('text/javascript; charset=utf-8');
  expect((await get('/assets/page/main.js', { 'if-none-match': `W/${etag}, "x"` })).status).toBe(304);
  expect((await get('/assets/page/main.js', { 'if-none-match': '"x"' })).status).toBe(200);
});

test('the page names its files by addresses of its build, which are never asked for again', async () => {
  const { get } = await withPage();
  const page = await (await get('/')).text();
  const addresses = [...page.matchAll(/(?:href|src)="(\/assets\/[^"]+)"/g)].map(([, address]) => address!);

  expect(addresses.some((each) => each.endsWith('/style.css'))).toBe(true);
  expect(addresses.filter((each) => each.endsWith('/page/main.js'))).toHaveLength(2);
  for (const address of addresses) {
    const { status, headers } = await get(address);
    expect([address, status, headers.get('cache-control')]).toEqual([
      address,
      200,
      'public, max-age=31536000, immutable',
    ]);
    const ofAnother = await get(address.replace(/\/r-[^/]+\//, '/r-another/'));
    expect([ofAnother.status, ofAnother.headers.get('cache-control')]).toEqual([200, 'no-cache']);
  }
});

test.each([
  ['gzip, deflate, br', 'br', brotliDecompressSync],
  ['gzip', 'gzip', gunzipSync],
  ['gzip;q=1.0, br;q=0', 'gzip', gunzipSync],
  ['identity', null, (bytes: Uint8Array) => bytes],
  ['', null, (bytes: Uint8Array) => bytes],
])('whoever takes %j gets it as %s, and the same bytes', async (accepted, encoding, decode) => {
  const { get } = await withPage();

  const response = await get('/assets/page/main.js', { 'accept-encoding': accepted });

  expect(response.headers.get('content-encoding')).toBe(encoding);
  expect(Buffer.from(decode(new Uint8Array(await response.arrayBuffer()))).toString()).toBe(LARGE);
});

test('a page that was not built is told with what to do', () => {
  expect(() => readAssets('/nowhere', '/nowhere')).toThrow(/npm run build/);
});
