// The whole way of a person on call in a real browser: by keys alone, by the link of a notification, and past log text that
// tries everything.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { requireOrSkip } from '../../require.testkit.js';
import { signFeedback } from '../sinks/signed-link.js';
import { expectWellMade, findBrowser, launchBrowser, openPage } from './browser.testkit.js';
import { type DashboardServer, serveStore } from './dashboard-server.testkit.js';
import { type Cascade, openCascade } from './dashboard-cascade.testkit.js';

const SECRET = 'a secret for links in tests';
const VIEWS = ['overview', 'alert', 'templates', 'health', 'quality', 'model', 'silences'];
const isThere = requireOrSkip('browser', findBrowser() !== undefined, 'apt-get install chromium');

describe.runIf(isThere)('the way of a person on call', () => {
  let folder = '';
  let server: DashboardServer | undefined;
  let browser: Browser;
  let url = '';
  let cascade: Cascade;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'loghorn-way-'));
    const path = join(folder, 'results.db');
    cascade = await openCascade({ kind: 'sqlite', path }, Date.now());
    server = await serveStore(path, { env: { LOGHORN_LINK_SECRET: SECRET } });
    ({ url } = server);
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
    await cascade?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** As often as it takes: what cannot be reached so cannot be reached by keys at all. */
  const tabTo = async (page: Page, words: string): Promise<void> => {
    for (let presses = 0; presses < 80; presses++) {
      await page.keyboard.press('Tab');
      if ((await page.evaluate('document.activeElement.textContent.trim()')) === words) return;
    }
    throw new Error(`eighty tabs did not come to “${words}”`);
  };

  test('an incident is opened, acknowledged, judged and left again by keys alone', async () => {
    const { page, complaints } = await openPage(browser, url);
    await page.locator('.incident').first().waitFor();

    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    await page.locator('.alert-head .acts').waitFor();
    await tabTo(page, 'Acknowledge');
    await page.keyboard.press('Enter');
    await page.getByLabel('Name').waitFor();
    await page.keyboard.type('Ada');
    await page.keyboard.press('Enter');
    await page.locator('.alert-head .badge', { hasText: 'acknowledged' }).waitFor();
    await tabTo(page, 'Real');
    await page.keyboard.press('Enter');
    await page.locator('button[aria-pressed=true]', { hasText: 'Real' }).waitFor();
    await tabTo(page, 'Overview');
    await page.keyboard.press('Enter');

    // two of its three alerts are nobody's yet: the incident itself goes on firing
    await page.locator('.incident .state', { hasText: 'firing' }).first().waitFor();
    expect(new URL(page.url()).searchParams.get('view')).toBe(null);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test.each([
    ['real', 'real'],
    ['false', 'a false alarm'],
    ['not-mine', 'real, and somebody else’s'],
  ] as const)('the link for %s asks once, and the alert says that a link did', async (verdict, words) => {
    const claim = { alertId: 'earlier', verdict, expiresMs: Date.now() + 60_000 };
    const opened = await openPage(browser, new URL(`/f/${signFeedback(claim, SECRET)}`, url).href);
    const { page } = opened;
    await expectWellMade(opened);

    await page.getByRole('button', { name: `Yes, it was ${words}` }).press('Enter');
    await page.getByRole('heading', { name: 'Thank you' }).waitFor();

    await page.goto(`${url}?view=alert&id=earlier`);
    await page.locator('.timeline', { hasText: 'link in a notification judged it' }).waitFor();
    expect(opened.complaints).toEqual([]);
    await page.context().close();
  });

  test.each(VIEWS)('in %s nothing of a log becomes an element, a request or a dialog', async (view) => {
    const { page, complaints } = await openPage(browser, 'about:blank');
    const hosts = new Set<string>();
    const dialogs: string[] = [];
    page.on('request', (request) => hosts.add(new URL(request.url()).host));
    page.on('dialog', (dialog) => dialogs.push(dialog.message()));

    await page.goto(`${url}?view=${view}&id=a-payments`);
    await page.locator('main .panel').first().waitFor();
    await page.waitForLoadState('load');

    expect(await page.locator('main :is(img, script, iframe, style, b, object)').count()).toBe(0);
    expect(await page.title()).not.toContain('owned');
    expect([...hosts]).toEqual([new URL(url).host]);
    expect([dialogs, complaints]).toEqual([[], []]);
    await page.context().close();
  });

  test('a script that would write markup, evaluate text or load another script is refused', async () => {
    const { page } = await openPage(browser, url);
    await page.locator('.incident').first().waitFor();

    const outcomeOf = async (attempt: string): Promise<string> =>
      await page.evaluate(`(() => {
        try { ${attempt}; return 'done'; } catch (error) { return error.constructor.name; }
      })()`);

    for (const attempt of [
      `document.body.innerHTML = '<img src=x>'`,
      `document.body.insertAdjacentHTML('beforeend', '<b>')`,
      `document.createElement('script').src = '/assets/page/main.js'`,
      `trustedTypes.createPolicy('another', {})`,
    ])
      expect([attempt, await outcomeOf(attempt)]).toEqual([attempt, 'TypeError']);
    await page.context().close();
  });
});
