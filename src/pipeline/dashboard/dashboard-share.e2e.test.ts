// Sending somebody what one sees, and looking without being allowed more, in a real browser.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { requireOrSkip } from '../../require.testkit.js';
import { expectWellMade, findBrowser, launchBrowser, type OpenedPage, openPage } from './browser.testkit.js';
import { type DashboardServer, serveStore } from './dashboard-server.testkit.js';
import { fillStore } from './dashboard-views.testkit.js';

const isThere = requireOrSkip('browser', findBrowser() !== undefined, 'apt-get install chromium');
const TOKEN = 'a-token-that-may-only-read';

describe.runIf(isThere)('sharing the page', () => {
  const folder = mkdtempSync(join(tmpdir(), 'loghorn-share-'));
  const path = join(folder, 'results.db');
  let browser: Browser;
  let server: DashboardServer | undefined;
  let opened: OpenedPage | undefined;

  beforeAll(async () => {
    await fillStore({ kind: 'sqlite', path }, Date.now());
    browser = await launchBrowser();
  });
  afterEach(async () => {
    await opened?.page.context().close();
    await server?.stop();
  });
  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const open = async (query: string, env: NodeJS.ProcessEnv = {}): Promise<Page> => {
    server = await serveStore(path, { env });
    opened = await openPage(browser, `${server.url}${query}`);
    return opened.page;
  };
  const copied = async (page: Page): Promise<URL> =>
    new URL(await page.evaluate<string>('navigator.clipboard.readText()'));

  test('a link to the view is copied, said to whoever listens, and shows the same time later', async () => {
    const page = await open('?last=1h&source=payments&theme=dark');
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.locator('.incident').first().waitFor();

    await page.getByRole('button', { name: 'Copy link to this view' }).click();
    await page.getByRole('status').filter({ hasText: 'Link copied' }).waitFor();

    const { searchParams } = await copied(page);
    expect(Number(searchParams.get('to')) - Number(searchParams.get('from'))).toBeGreaterThanOrEqual(
      3_600_000,
    );
    expect([searchParams.get('source'), searchParams.get('last'), searchParams.get('theme')]).toEqual([
      'payments',
      null,
      null,
    ]);
    await expectWellMade(opened!);
  });

  test('a link to an alert is copied, or shown where the browser forbids it', async () => {
    const page = await open('?view=alert&id=a-payments');
    const button = page.getByRole('button', { name: 'Copy link to this alert' });
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await button.click();
    await page.locator('.notice', { hasText: 'Link to this alert copied' }).waitFor();
    expect((await copied(page)).search).toBe('?view=alert&id=a-payments');

    await page.evaluate(`Object.defineProperty(navigator, 'clipboard', { value: undefined })`);
    await button.click();

    expect(await page.getByLabel('Address').inputValue()).toBe(`${server!.url}?view=alert&id=a-payments`);
    expect(await page.evaluate('String(getSelection())')).toContain('view=alert');
  });

  test.each([
    ['?last=1h&source=payments', '.swimlane-panel', 'Windows as CSV', /^loghorn-windows-\w+-\w+\.csv$/, 120],
    ['?last=1h&q=charge', '.incidents-panel', 'Their alerts as NDJSON', /^loghorn-alerts-.*ndjson$/, 0],
    ['?last=1h', '.incidents-panel', 'Incidents as CSV', /^loghorn-incidents-.*csv$/, 1],
    ['?view=templates&last=1d', '.view-templates', 'Templates as CSV', /^loghorn-templates-.*csv$/, 61],
  ])('what %s shows in %s is taken away as a file', async (query, panel, link, name, rows) => {
    const page = await open(query);
    const menu = page.locator(`${panel} .export`);

    await menu.locator('summary').click();
    await expectWellMade(opened!);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      menu.getByRole('link', { name: link }).click(),
    ]);

    expect(download.suggestedFilename()).toMatch(name);
    const lines = readFileSync(await download.path(), 'utf8')
      .trimEnd()
      .split(/\r?\n/);
    const all = link.endsWith('CSV') ? lines.slice(1) : lines.filter((line) => line !== '');
    // the last hour moves on while it is asked for
    expect(Math.abs(all.length - rows)).toBeLessThanOrEqual(rows / 20);
    await menu.locator('a').first().focus();
    await page.keyboard.press('Escape');
    expect(await menu.getAttribute('open')).toBeNull();
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Export');
  });

  test('whoever may only read is told so, and is offered nothing that would be refused', async () => {
    const page = await open('', { LOGHORN_DASHBOARD_READ_TOKEN: TOKEN });
    await page.getByLabel('Token').fill(TOKEN);
    await page.getByRole('button', { name: 'Log in' }).click();
    await page.locator('.banner', { hasText: 'Read only: your token may not' }).waitFor();

    for (const [query, drawn] of [
      ['?last=6h', '.incident'],
      ['?view=alert&id=a-payments', '.timeline li'],
      ['?view=templates', '.templates-table tbody tr'],
      ['?view=silences', '.panel'],
    ]) {
      await page.goto(`${server!.url}${query}`);
      await page.locator(drawn!).first().waitFor();
      const offers = page.getByRole('button', { name: /Acknowledge|Silence|Comment|Mute|Real|False|mine/ });
      expect(await offers.count()).toBe(0);
      await expectWellMade(opened!);
    }

    await page.goto(server!.url);
    await page.locator('.incident').first().waitFor();
    await page.keyboard.press('j');
    await page.keyboard.press('a');
    await page.locator('.notice', { hasText: 'Read only' }).waitFor();
  });
});
