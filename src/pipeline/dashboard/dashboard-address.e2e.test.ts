// The address of every view holds all that somebody chose in it, in a real browser: a colleague who opens it sees the same.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { requireOrSkip } from '../../require.testkit.js';
import { findBrowser, launchBrowser, openPage } from './browser.testkit.js';
import { type DashboardServer, serveStore } from './dashboard-server.testkit.js';
import { fillStore } from './dashboard-views.testkit.js';

const isThere = requireOrSkip('browser', findBrowser() !== undefined, 'apt-get install chromium');

/** What a viewer chooses, and what then stands on the page: the elements whose text or value shows it. */
const CHOICES: readonly (readonly [view: string, choose: (page: Page) => Promise<void>, shown: string])[] = [
  [
    'overview',
    async (page) => {
      await page.getByRole('button', { name: 'resolved', exact: true }).click();
      await page.getByRole('button', { name: 'warning', exact: true }).click();
      await page.getByLabel('Search in incidents').fill('pay');
      await page.waitForURL(/q=pay/);
      await page.locator('.lane-label', { hasText: 'payments' }).click();
      await page.locator('.chip').first().waitFor();
    },
    '.chip, .toggles button[aria-pressed=true], .incidents-panel input',
  ],
  [
    'templates',
    async (page) => {
      await page.getByPlaceholder('Search the templates').fill('charge 1');
      await page.waitForURL(/q=charge/);
      await page.getByRole('button', { name: 'First seen' }).click();
      await page.locator('th[aria-sort]', { hasText: 'First seen' }).waitFor();
    },
    'th[aria-sort], .view-templates input, .templates-table tbody summary',
  ],
  [
    'health',
    async (page) => {
      await page.getByRole('button', { name: 'committing → stored' }).click();
      await page.locator('.stages figcaption', { hasText: 'committing → stored' }).waitFor();
    },
    '.stages .chart-title, .stage-choice[aria-pressed=true]',
  ],
  [
    'model',
    async (page) => {
      await page.getByRole('slider').press('End');
      await page.waitForURL(/threshold=/);
      await page.getByText('1 alert instead of 2').waitFor();
    },
    '.preview-threshold, .preview-words',
  ],
  [
    'quality',
    async (page) => {
      await page.getByLabel('Range').selectOption('Last 24 h');
    },
    '.panel-tools, .range',
  ],
  [
    'silences',
    async (page) => {
      await page.getByLabel('Settings').click();
      await page.getByLabel('Times').selectOption('UTC');
      await page.getByLabel('Theme').selectOption('Dark');
      await page.getByLabel('Size').selectOption('For a wall screen');
    },
    '.settings select',
  ],
];

describe.runIf(isThere)('the address', () => {
  const folder = mkdtempSync(join(tmpdir(), 'loghorn-address-'));
  let server: DashboardServer | undefined;
  let browser: Browser;

  beforeAll(async () => {
    const path = join(folder, 'results.db');
    await fillStore({ kind: 'sqlite', path }, Date.now());
    server = await serveStore(path);
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Text, or value where it is a field; in the order of the page. */
  const readShown = async (page: Page, shown: string): Promise<readonly string[]> =>
    await page
      .locator(shown)
      .evaluateAll((found) =>
        found.map((each) => ('value' in each && String(each.value)) || (each.textContent ?? '')),
      );

  test.each(CHOICES)('of %s, opened by somebody else, shows what was chosen', async (view, choose, shown) => {
    const { page } = await openPage(browser, `${server!.url}?view=${view}`);
    await page.locator('main .panel:not([aria-busy])').first().waitFor();
    const before = await readShown(page, shown);
    await choose(page);
    const chosen = await readShown(page, shown);

    const colleague = await openPage(browser, page.url());

    await expect.poll(async () => await readShown(colleague.page, shown)).toEqual(chosen);
    expect(chosen).not.toEqual(before);
    for (const each of [page, colleague.page]) await each.context().close();
  });
});
