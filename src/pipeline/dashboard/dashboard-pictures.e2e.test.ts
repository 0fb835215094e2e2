// Every view of a shop's day in a real browser, light, dark and on a phone: looked over for what keeps people out, and kept as
// pictures where LOGHORN_SCREENSHOTS names a folder.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { requireOrSkip } from '../../require.testkit.js';
import {
  expectChartsDrawn,
  expectWellMade,
  findBrowser,
  launchBrowser,
  openPage,
} from './browser.testkit.js';
import { type DashboardServer, serveStore } from './dashboard-server.testkit.js';
import { openShop, type Shop } from './dashboard-shop.testkit.js';

const isThere = requireOrSkip('browser', findBrowser() !== undefined, 'apt-get install chromium');
const LOOKS = {
  light: { widthPx: 1440, theme: 'light' },
  dark: { widthPx: 1440, theme: 'dark' },
  phone: { widthPx: 390, theme: 'light' },
} as const;

describe.runIf(isThere)('a day of the shop', () => {
  let folder = '';
  let pictures: string | undefined;
  let shop: Shop;
  let server: DashboardServer | undefined;
  let browser: Browser;
  let url = '';

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'loghorn-pictures-'));
    pictures = process.env['LOGHORN_SCREENSHOTS'];
    if (pictures !== undefined) mkdirSync(pictures, { recursive: true });
    shop = await openShop(folder, Date.now());
    server = await serveStore(shop.path);
    ({ url } = server);
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
    await shop?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  test.each([
    ['overview', '.incident'],
    ['alert', '.timeline li'],
    ['templates', '.templates-table tbody tr'],
    ['health', '.time-chart'],
    ['quality', '.tile-figure'],
    ['model', '.preview-words'],
    ['silences', 'tr.active'],
  ])('%s is well made: light, dark and on a phone', async (view, drawn) => {
    expect.hasAssertions();
    for (const [look, options] of Object.entries(LOOKS)) {
      await shop.beat();
      const id = view === 'alert' ? `&id=${shop.alertId}` : '';
      const last = view === 'quality' ? '&last=1d' : '';
      const opened = await openPage(browser, `${url}?view=${view}${id}${last}`, options);
      const { page } = opened;
      await page.locator(drawn).first().waitFor();
      await page.locator('.panel[aria-busy=true]').first().waitFor({ state: 'detached' });
      await expectChartsDrawn(page);

      if (pictures !== undefined) await page.screenshot({ path: join(pictures, `${view}-${look}.png`) });
      await expectWellMade(opened);
      await page.context().close();
    }
  });
});
