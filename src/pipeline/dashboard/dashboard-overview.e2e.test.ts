// The overview in a real browser: a cascade that goes on, filtered, read by keys, with hostile lines, live and through a restart.
import { describe, expect, test } from 'vitest';
import { showUnsafe } from '../../core/unsafe-characters.js';
import { requireOrSkip } from '../../require.testkit.js';
import { expectWellMade, findBrowser } from './browser.testkit.js';
import { incidentOf, serveCascadePages } from './cascade-pages.testkit.js';

const isThere = requireOrSkip('browser', findBrowser() !== undefined, 'apt-get install chromium');

describe.runIf(isThere)('the overview and an alert', () => {
  const { open, cascade, restartServer } = serveCascadePages();

  test('a cascade is one incident that says where it began, on any screen', async () => {
    for (const [widthPx, theme] of [
      [1440, 'light'],
      [390, 'dark'],
      [2560, 'dark'],
    ] as const) {
      const opened = await open('', { widthPx, theme });
      await incidentOf(opened.page, 'payments').first().waitFor();

      const order = await incidentOf(opened.page, 'payments').first().locator('.order').innerText();
      expect(order.replaceAll(/\s+/g, ' ')).toMatch(/^payments → checkout \+30 s → gateway \+1 min/);
      expect(await opened.page.locator('.banner').innerText()).toContain('1 incident firing');
      await expectWellMade(opened);
    }
  });

  test('a brushed stretch filters the incidents, and its address shows the same to a colleague', async () => {
    const { page } = await open();
    await incidentOf(page, 'payments').waitFor();
    expect(await page.locator('.incident').count()).toBe(2);
    const box = (await page.locator('.lane-plot').boundingBox())!;

    await page.mouse.move(box.x + box.width * 0.99, box.y + 10);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width * 0.95, box.y + 30, { steps: 4 });
    await page.mouse.up();
    await page.locator('.chip', { hasText: 'selected' }).waitFor();
    await page.locator('.incident').nth(1).waitFor({ state: 'detached' });

    const colleague = await open(new URL(page.url()).search);
    await incidentOf(colleague.page, 'payments').waitFor();
    expect(await colleague.page.locator('.incident').count()).toBe(1);
  });

  test('the swimlane is read, filtered and left by keys alone', async () => {
    const { page } = await open();
    await incidentOf(page, 'payments').waitFor();

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
    await incidentOf(page, 'payments').waitFor();

    const startMs = performance.now();
    await cascade().raise('a-cart', 'cart\u202e<b>');
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
    await incidentOf(page, 'payments').waitFor();

    await restartServer(async () => {
      await page.locator('.connection', { hasText: 'reconnecting' }).waitFor();
      await cascade().raise('a-meanwhile', 'checkout-eu');
    });

    await page.locator('.connection.live').waitFor();
    await page.locator('.incident', { hasText: 'checkout-eu' }).waitFor();
    expect(await page.locator('.connection').innerText()).toBe('live');
  });
});
