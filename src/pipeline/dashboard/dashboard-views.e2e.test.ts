import { mkdtempSync, rmSync } from 'node:fs';
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
  type OpenedPage,
  openPage,
} from './browser.testkit.js';
import { type DashboardServer, serveStore } from './dashboard-server.testkit.js';
import { fillStore, HOSTILE } from './dashboard-views.testkit.js';

const isThere = requireOrSkip('browser', findBrowser() !== undefined, 'apt-get install chromium');

describe.runIf(isThere)('the views of templates, the pipeline, its quality and its model', () => {
  let folder = '';
  let server: DashboardServer | undefined;
  let browser: Browser;
  let url = '';

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'loghorn-views-'));
    const path = join(folder, 'results.db');
    await fillStore({ kind: 'sqlite', path }, Date.now());
    server = await serveStore(path);
    ({ url } = server);
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
    rmSync(folder, { recursive: true });
  });

  const open = async (view: string, options?: Parameters<typeof openPage>[2]): Promise<OpenedPage> =>
    await openPage(browser, `${url}?view=${view}`, options);

  test('templates are counted, page by page, and what they say does nothing', async () => {
    const opened = await open('templates');
    const { page } = opened;
    await page.getByText(/^61 templates in /).waitFor();
    const rows = page.locator('.templates-table tbody tr');
    expect(await rows.count()).toBe(50);

    await rows.first().locator('summary').focus();
    await page.keyboard.press('Enter');

    const text = await rows.first().innerText();
    expect(text).toContain('<img src=x onerror=alert(1)>\\u{202e}"</script> <*>');
    expect(text).toContain('\\x1b[31m7');
    expect(await page.locator('main img, main script').count()).toBe(0);

    await page.getByRole('button', { name: 'Show more (11 left)' }).press('Enter');
    await expect.poll(() => rows.count()).toBe(61);
    expect(await page.evaluate('document.activeElement.closest("tr").rowIndex')).toBe(51);
    await expectWellMade(opened);
  });

  test('templates are found by a word and ordered by a column, and the address holds both', async () => {
    const { page } = await open('templates');
    const rows = page.locator('.templates-table tbody tr');
    await rows.first().waitFor();

    await page.getByRole('button', { name: 'Last seen' }).press('Enter');
    await expect.poll(() => rows.first().innerText()).toContain('cache warmed');
    expect(await rows.first().locator('.tag').innerText()).toBe('gone');
    expect(await page.locator('th[aria-sort]').innerText()).toBe('Last seen');

    await page.getByRole('searchbox').fill('took 12');
    await expect.poll(() => rows.count()).toBe(50);
    await page.getByRole('searchbox').fill('nothing like it');
    await page.getByText('No template matches “nothing like it”.').waitFor();
    expect(new URL(page.url()).search).toBe('?view=templates&q=nothing+like+it&sort=gone');
  });

  test('a template is muted from its row', async () => {
    const { page } = await open('templates&q=cache');

    await page.getByRole('button', { name: /^Mute alerts with the template cache warmed/ }).press('Enter');

    const dialog = page.getByRole('dialog');
    await dialog.waitFor();
    expect(await dialog.getByRole('checkbox').isChecked()).toBe(true);
    expect(await dialog.innerText()).toContain('cache warmed in <*> ms');
  });

  test('a pipeline that runs says so, and who fell silent, in text that does nothing', async () => {
    const opened = await open('health');
    const { page } = opened;

    await page.getByText('Running, and 1 thing needs attention').waitFor();

    const problem = await page.locator('.problem').innerText();
    expect(problem).toContain(HOSTILE.replace('\u202e', '\\u{202e}'));
    expect(problem).toContain('has not logged for 10 min');
    expect(await page.locator('.verdict').innerText()).toContain('3 services watched, 100 records a second');
    await page.getByRole('cell', { name: 'running' }).waitFor();
    await expectChartsDrawn(page);
    // consumers are heard of in the last half hour of six
    const plot = (await page.locator('.chart-plot').first().boundingBox())!;
    await page.mouse.move(plot.x + plot.width * 0.97, plot.y + plot.height / 2);
    await page.locator('.hoverlayer text').first().waitFor();
    await expectWellMade(opened);
  });

  test('a stage that is chosen by keys is drawn, and the address holds it', async () => {
    const { page } = await open('health');
    const stage = page.getByRole('button', { name: 'committing → stored' });

    await stage.focus();
    await page.keyboard.press('Enter');

    await page.locator('.stages figcaption', { hasText: 'committing → stored' }).waitFor();
    expect(await stage.getAttribute('aria-pressed')).toBe('true');
    expect(new URL(page.url()).searchParams.get('stage')).toBe('commitToStored');
    expect(await page.evaluate('document.activeElement.textContent')).toBe('committing → stored');
  });

  test('a chart that is to come says so, and one that cannot be drawn too', async () => {
    const { page } = await openPage(browser, `${url}?view=health&last=1h`);
    await expectChartsDrawn(page);
    const chart = page.locator('.chart-plot').first();
    const sign = async (): Promise<string> =>
      await chart.evaluate((node) => getComputedStyle(node, '::before').content);
    expect(await sign()).toBe('none');

    let letGo: (how: 'serve' | 'break') => void = () => undefined;
    const held = new Promise<'serve' | 'break'>((resolve) => (letGo = resolve));
    await page.route('**/plotly.js', async (route) => {
      await ((await held) === 'break' ? route.abort() : route.continue());
    });
    await page.reload();
    await page.locator('.chart-words', { hasText: 'now' }).first().waitFor();
    expect(await sign()).toContain('drawing');

    letGo('break');
    await expect.poll(sign).toContain('could not be drawn');
  });

  test('live quality says what was caught of what was injected, the missed one first', async () => {
    const opened = await open('quality');
    const { page } = opened;

    await page.getByText('1 of 2 injected anomalies caught').waitFor();

    expect(await page.locator('.tile-figure').allInnerTexts()).toEqual(['50 %', '100 %', '34 s']);
    const outcomes = await page.locator('tbody tr').evaluateAll((rows) => rows.map((row) => row.textContent));
    expect(outcomes[0]).toContain('missed');
    expect(outcomes[1]).toContain('caught');
    expect(
      await page.getByRole('link', { name: 'Alert: error-spike of payments' }).getAttribute('href'),
    ).toContain('id=a-payments');
    await page.getByText('No canary in this range.').waitFor();
    await expectWellMade(opened);
  });

  test('a stricter threshold, chosen by keys, is asked of the past and stands in the address', async () => {
    const opened = await open('model');
    const { page } = opened;
    await page.getByText('2 alerts, as many as now').waitFor();

    await page.getByRole('slider').focus();
    await page.keyboard.press('End');

    await page.getByText('1 alert instead of 2').waitFor();
    const threshold = Number(new URL(page.url()).searchParams.get('threshold'));
    expect(threshold).toBeGreaterThan(0.9);
    const shadow = page.locator('.shadow');
    expect(await shadow.innerText()).toContain(
      'It alerts on 1 window that the champion passes; both alert on 2.',
    );
    await expectWellMade(opened);

    await page.reload();
    await page.locator('.preview-threshold', { hasText: /\d/ }).waitFor();
    expect(await page.locator('.preview-threshold').innerText()).not.toContain('its own');
  });

  test.each(['templates', 'health', 'quality', 'model'])(
    '%s is as well made on a phone and in the dark',
    async (view) => {
      expect.hasAssertions();
      for (const options of [{ widthPx: 390 }, { theme: 'dark' }] as const) {
        const opened = await open(view, options);
        await opened.page.locator('.panel:not([aria-busy])').first().waitFor();
        await opened.page.waitForLoadState('networkidle').catch(() => undefined);

        await expectWellMade(opened);
        await opened.page.context().close();
      }
    },
  );
});
