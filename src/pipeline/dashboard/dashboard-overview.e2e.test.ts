import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { showUnsafe } from '../../core/unsafe-characters.js';
import { requireOrSkip } from '../../require.testkit.js';
import { expectWellMade, findBrowser, launchBrowser, type OpenedPage, openPage } from './browser.testkit.js';
import { type Cascade, openCascade } from './dashboard-cascade.testkit.js';

const CLI = join(import.meta.dirname, '../../../dist/cli.js');
const isThere = requireOrSkip('browser', findBrowser() !== undefined, 'apt-get install chromium');

describe.runIf(isThere)('the overview, an alert and the silences', () => {
  let folder = '';
  let server: ChildProcess;
  let browser: Browser;
  let url = '';
  let cascade: Cascade;

  const serve = async (port: string): Promise<void> => {
    const store = `sqlite:${join(folder, 'results.db')}`;
    server = spawn(process.execPath, [CLI, 'dashboard', '--store', store, '--port', port, '--json'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [line] = (await once(server.stdout!, 'data')) as [Buffer];
    ({ url } = JSON.parse(line.toString()) as { url: string });
  };
  const opened = new Set<OpenedPage>();
  const open = async (query = '', options?: Parameters<typeof openPage>[2]): Promise<OpenedPage> => {
    const page = await openPage(browser, `${url}${query}`, options);
    opened.add(page);
    return page;
  };
  /** The name is asked for once. */
  const sayWho = async (page: Page): Promise<void> => {
    await page.getByLabel('Name').fill('Ada');
    await page.getByRole('button', { name: 'Go on' }).click();
  };
  const incident = (page: Page, source: string) =>
    page.locator('.incident', { has: page.locator('.headline strong', { hasText: source }) });

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'loghorn-overview-'));
    cascade = await openCascade({ kind: 'sqlite', path: join(folder, 'results.db') }, Date.now());
    await serve('0');
    browser = await launchBrowser();
  });
  afterEach(async () => {
    for (const { page } of opened) await page.context().close();
    opened.clear();
  });
  afterAll(async () => {
    await browser?.close();
    server?.kill();
    await cascade?.close();
    rmSync(folder, { recursive: true });
  });

  test('a cascade is one incident that says where it began, on any screen', async () => {
    for (const [widthPx, theme] of [
      [1440, 'light'],
      [390, 'dark'],
      [2560, 'dark'],
    ] as const) {
      const opened = await open('', { widthPx, theme });
      await incident(opened.page, 'payments').first().waitFor();

      const order = await incident(opened.page, 'payments').first().locator('.order').innerText();
      expect(order.replaceAll(/\s+/g, ' ')).toMatch(/^payments → checkout \+30 s → gateway \+1 min/);
      expect(await opened.page.locator('.banner').innerText()).toContain('1 incident firing');
      await expectWellMade(opened);
    }
  });

  test('a brushed stretch filters the incidents, and its address shows the same to a colleague', async () => {
    const { page } = await open();
    await incident(page, 'payments').waitFor();
    expect(await page.locator('.incident').count()).toBe(2);
    const box = (await page.locator('.lane-plot').boundingBox())!;

    await page.mouse.move(box.x + box.width * 0.99, box.y + 10);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width * 0.95, box.y + 30, { steps: 4 });
    await page.mouse.up();
    await page.locator('.chip', { hasText: 'selected' }).waitFor();
    await page.locator('.incident').nth(1).waitFor({ state: 'detached' });

    const colleague = await open(new URL(page.url()).search);
    await incident(colleague.page, 'payments').waitFor();
    expect(await colleague.page.locator('.incident').count()).toBe(1);
  });

  test('the swimlane is read, filtered and left by keys alone', async () => {
    const { page } = await open();
    await incident(page, 'payments').waitFor();

    await page.locator('.lane-plot').focus();
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('Home');
    await page.keyboard.press('Control+ArrowRight');
    expect(await page.locator('.lane-readout').innerText()).toMatch(
      /above the threshold 0\.900; \d windows? flagged$/,
    );
    await page.keyboard.press('Enter');
    await page.locator('.chip', { hasText: 'service' }).waitFor();
    await page.keyboard.press('Escape');
    await page.locator('.chip').first().waitFor({ state: 'detached' });
    await page.keyboard.press('Tab');

    expect(await page.evaluate('document.activeElement.className')).not.toContain('lane-plot');
  });

  test('an incident is acknowledged by keys, with the name asked for once, and that can be undone', async () => {
    const { page } = await open();
    await incident(page, 'payments').waitFor();

    await page.keyboard.press('j');
    await page.keyboard.press('a');
    await page.getByLabel('Name').waitFor();
    await page.keyboard.type('Ada');
    await page.keyboard.press('Enter');
    await incident(page, 'payments').locator('.state', { hasText: 'acknowledged' }).waitFor();
    await page.locator('.banner', { hasText: 'Nothing firing' }).waitFor();
    await page.getByRole('button', { name: 'Undo' }).click();

    await incident(page, 'payments').locator('.state', { hasText: 'firing' }).waitFor();
    expect(await page.evaluate('document.activeElement.closest(".incident") !== null')).toBe(true);
  });

  test('each of the three answers is kept, the last one counts, and the alert says who gave it', async () => {
    const { page } = await open('?view=alert&id=earlier');
    const answer = (name: string) => page.getByRole('button', { name, exact: true });

    await answer('Real').click();
    await sayWho(page);
    for (const name of ['Real', 'False alarm', 'Not mine']) {
      await answer(name).click();
      await page.locator(`button[aria-pressed=true]`, { hasText: name }).waitFor();
    }
    await page.reload();
    await page.locator('button[aria-pressed=true]', { hasText: 'Not mine' }).waitFor();

    const story = await page.locator('.timeline').innerText();
    expect(story).toContain('Ada judged it: real');
    expect(story).toContain('Ada judged it: false alarm');
    expect(story).toContain('Ada judged it: not mine');
  });

  test('a silence needs a reason, is listed, and is lifted with a click', async () => {
    const opened = await open();
    const { page } = opened;
    await incident(page, 'payments').locator('[data-act=silence]').click();
    const silence = page.getByRole('dialog').getByRole('button', { name: 'Silence' });

    await silence.click();
    expect(await page.getByRole('dialog').count()).toBe(1);
    await page.getByLabel('Reason').fill('the bank is down');
    await silence.click();
    await sayWho(page);
    await page.locator('.notice', { hasText: 'Silenced' }).waitFor();
    await page.getByRole('link', { name: 'Silences' }).click();
    await page.locator('tr.active', { hasText: 'the bank is down' }).waitFor();
    await expectWellMade(opened);
    await page.getByRole('button', { name: 'Lift' }).click();

    await page.locator('tr.lifted', { hasText: 'the bank is down' }).waitFor();
  });

  test('hostile log lines are text: nothing runs, hides or turns around', async () => {
    const opened = await open('?view=alert&id=a-payments');
    const { page } = opened;
    await page.getByText('A raw line').click();

    const raw = (await page.locator('.raw').textContent())!;

    expect(raw).toContain(`<script>document.title='owned'</script>`);
    expect(raw).toContain('\\x1b[2J');
    expect(raw).toContain('\\u{202e}gnp.exe');
    expect(raw).toContain("'; DROP TABLE alerts; --");
    expect(showUnsafe(raw, '\n')).toBe(raw);
    expect(await page.title()).toContain('Alert · loghorn');
    await page.locator('.score-chart svg').first().waitFor();
    await expectWellMade(opened);
  });

  test('an alert comes to the page by itself, within seconds of its commit', async () => {
    const { page } = await open();
    await incident(page, 'payments').waitFor();

    const startMs = performance.now();
    await cascade.raise('a-cart', 'cart\u202e<b>');
    await page
      .locator('.visually-hidden[aria-live]', { hasText: 'Alert: cart' })
      .waitFor({ state: 'attached' });
    const toldMs = performance.now() - startMs;
    await page.locator('.incident', { hasText: 'cart' }).waitFor();
    const shownMs = performance.now() - startMs;

    process.stdout.write(
      `from commit to page: told ${toldMs.toFixed(0)} ms, shown ${shownMs.toFixed(0)} ms\n`,
    );
    expect(shownMs).toBeLessThan(5000);
  });

  test('a server that restarts is said and found again, and what happened meanwhile is not missed', async () => {
    const { page } = await open();
    await incident(page, 'payments').waitFor();
    const { port } = new URL(url);

    server.kill();
    await once(server, 'exit');
    await page.locator('.connection', { hasText: 'reconnecting' }).waitFor();
    await cascade.raise('a-meanwhile', 'checkout-eu');
    await serve(port);

    await page.locator('.connection.live').waitFor();
    await page.locator('.incident', { hasText: 'checkout-eu' }).waitFor();
    expect(await page.locator('.connection').innerText()).toBe('live');
  });
});
