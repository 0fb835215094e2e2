// The page on screens and for viewers of every kind, in a real browser: narrow, with type twice as large, on a wall, in another
// zone, and for whoever wants nothing to move.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { requireOrSkip } from '../../require.testkit.js';
import {
  expectChartsDrawn,
  expectWellMade,
  findBrowser,
  launchBrowser,
  type OpenedPage,
  openPage,
  type PageOptions,
} from './browser.testkit.js';
import { type DashboardServer, serveStore } from './dashboard-server.testkit.js';
import { fillStore } from './dashboard-views.testkit.js';

const VIEWS = ['overview', 'alert', 'templates', 'health', 'quality', 'model', 'silences'];
const isThere = requireOrSkip('browser', findBrowser() !== undefined, 'apt-get install chromium');

describe.runIf(isThere)('the page on every screen', () => {
  const folder = mkdtempSync(join(tmpdir(), 'loghorn-screens-'));
  let server: DashboardServer | undefined;
  let browser: Browser;
  let opened: OpenedPage | undefined;

  beforeAll(async () => {
    const path = join(folder, 'results.db');
    await fillStore({ kind: 'sqlite', path }, Date.now());
    server = await serveStore(path);
    browser = await launchBrowser();
  });
  afterEach(async () => await opened?.page.context().close());
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const open = async (view: string, options?: PageOptions, more = ''): Promise<OpenedPage> => {
    opened = await openPage(browser, `${server!.url}?view=${view}&id=a-payments&last=1h${more}`, options);
    await opened.page.locator('main .panel:not([aria-busy])').first().waitFor();
    await expectChartsDrawn(opened.page);
    return opened;
  };
  const pxOf = (selector: string): string =>
    `parseFloat(getComputedStyle(document.querySelector('${selector}')).fontSize)`;

  test.each(VIEWS)('%s needs no sideways scrolling at 320 px, nor with type twice as large', async (view) => {
    expect.hasAssertions();
    await expectWellMade(await open(view, { widthPx: 320, heightPx: 640 }));
    await opened!.page.context().close();

    const large = await open(view, { widthPx: 1280, heightPx: 720 });
    await large.page.evaluate(`document.documentElement.style.fontSize = '28px'`);
    await expectWellMade(large);
  });

  test.each([
    [1920, 1080, 24],
    [3840, 2160, 48],
  ])('on a wall of %d × %d px it is read from across the room', async (widthPx, heightPx, leastPx) => {
    const wall = await open('overview', { widthPx, heightPx, theme: 'dark' }, '&size=wall');

    expect(await wall.page.evaluate(pxOf('.lane-label'))).toBeGreaterThanOrEqual(leastPx);
    expect(await wall.page.evaluate(pxOf('.headline'))).toBeGreaterThanOrEqual(leastPx);
    expect(await wall.page.evaluate(pxOf('.banner strong'))).toBeGreaterThanOrEqual(1.4 * leastPx);
    const lanes = (await wall.page.locator('.lane-grid').boundingBox())!;
    const incidents = (await wall.page.locator('.incidents-panel').boundingBox())!;
    // side by side, and both without scrolling
    expect(lanes.x + lanes.width).toBeLessThanOrEqual(incidents.x);
    expect(lanes.y + lanes.height).toBeLessThanOrEqual(heightPx);
    await expectWellMade(wall);
  });

  test('west of Greenwich times are the viewer’s own, and UTC is there for whoever hovers', async () => {
    const { page } = await open('alert', { zone: 'America/Los_Angeles' });
    const since = page.locator('.facts time').first();

    const at = new Date((await since.getAttribute('datetime'))!);
    const local = new Intl.DateTimeFormat('en-GB', { timeZone: 'America/Los_Angeles', timeStyle: 'medium' });
    expect(await since.textContent()).toContain(local.format(at));
    expect(await since.getAttribute('title')).toBe(`${at.toISOString().slice(0, 19).replace('T', ' ')} UTC`);
    await page.goto(`${page.url()}&zone=UTC`);
    await page
      .locator('.facts time', { hasText: at.toISOString().slice(11, 19) })
      .first()
      .waitFor();
  });

  test('nothing moves for whoever wants it so', async () => {
    const { page } = await open('overview', { isCalm: true });

    await page.route('**/api/events*', (route) => route.abort());
    await page.reload();
    await page.locator('.connection.reconnecting').waitFor();

    expect(
      await page.evaluate(
        `getComputedStyle(document.querySelector('.connection'), '::before').animationName`,
      ),
    ).toBe('none');
  });
});
