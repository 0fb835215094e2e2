import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { requireOrSkip } from '../../require.testkit.js';
import { exportNotebookHtml } from './export-html.js';
import { figureNotebook } from './export.testkit.js';
import { CHROMIUM_FLAGS, findChromium } from '../../shell/chromium.js';

const executablePath = findChromium();

describe.runIf(requireOrSkip('browser', executablePath !== null, 'apt-get install chromium'))(
  'an exported notebook in a browser',
  () => {
    let browser: Browser;
    let folder: string;
    let url: string;

    beforeAll(async () => {
      browser = await chromium.launch({ executablePath: executablePath!, args: [...CHROMIUM_FLAGS] });
      folder = mkdtempSync(join(tmpdir(), 'loghorn-export-'));
      const file = join(folder, 'notebook.html');
      writeFileSync(file, exportNotebookHtml(figureNotebook()));
      url = pathToFileURL(file).href;
    });
    afterAll(async () => {
      await browser.close();
      rmSync(folder, { recursive: true, force: true });
    });

    test.each([
      ['a desk', { viewport: { width: 1280, height: 900 } }],
      ['the dark', { viewport: { width: 1280, height: 900 }, colorScheme: 'dark' }],
      ['a phone', { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true }],
    ] as const)('draws every figure on %s, asks nobody and complains about nothing', async (_, options) => {
      const { page, complaints } = await open(options);

      for (const frame of await page.locator('figure.plot').all()) {
        await frame.scrollIntoViewIfNeeded();
        await frame.locator('.drawn .main-svg').first().waitFor();
      }

      expect(await page.locator('figure.plot.is-drawn').count()).toBe(3);
      expect(await page.locator('figure.plot img:visible').count()).toBe(0);
      expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0);
      expect(complaints).toEqual([]);
    });

    test('takes the colours of the dark for its figures', async () => {
      const { page } = await open({ colorScheme: 'dark' });

      await page.locator('.drawn .main-svg').first().waitFor();

      const paper = await page
        .locator('.drawn .main-svg')
        .first()
        .evaluate((svg) => svg.getAttribute('style'));
      expect(paper).toContain('rgb(20, 23, 26)');
    });

    test('shows the pictures without scripts, and runs nothing that the notebook brought', async () => {
      const { page } = await open({ javaScriptEnabled: false });

      expect(await page.locator('figure.plot img:visible').count()).toBe(1);
      expect(await page.locator('figure.plot .words:visible').count()).toBe(2);
    });

    test('prints the pictures', async () => {
      const { page } = await open({});
      await page.locator('.is-drawn').first().waitFor();

      await page.emulateMedia({ media: 'print' });

      expect(await page.locator('.is-drawn img').first().isVisible()).toBe(true);
      expect(await page.locator('.is-drawn .drawn').first().isVisible()).toBe(false);
    });

    async function open(options: BrowserContextOptions): Promise<{ page: Page; complaints: string[] }> {
      const context = await browser.newContext(options);
      const page = await context.newPage();
      const complaints: string[] = [];
      page.on('console', (message) => {
        if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
      });
      page.on('pageerror', (error) => complaints.push(String(error)));
      page.on('request', (request) => {
        if (!/^(?:file|data|blob):/.test(request.url())) complaints.push(request.url());
      });
      page.on('dialog', (dialog) => complaints.push(dialog.message()));
      await page.goto(url);
      return { page, complaints };
    }
  },
);
