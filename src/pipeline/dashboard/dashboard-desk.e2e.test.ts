// What people do about alerts, in a real browser: acknowledge, judge, take back, silence, lift.
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { requireOrSkip } from '../../require.testkit.js';
import { expectWellMade, findBrowser } from './browser.testkit.js';
import { incidentOf, serveCascadePages } from './cascade-pages.testkit.js';

const isThere = requireOrSkip('browser', findBrowser() !== undefined, 'apt-get install chromium');

describe.runIf(isThere)('what people do about alerts', () => {
  const { open } = serveCascadePages();
  /** The name is asked for once. */
  const sayWho = async (page: Page): Promise<void> => {
    await page.getByLabel('Name').fill('Ada');
    await page.getByRole('button', { name: 'Go on' }).click();
  };

  test('an incident is acknowledged by keys, with the name asked for once, and that can be undone', async () => {
    const { page } = await open();
    await incidentOf(page, 'payments').waitFor();

    await page.keyboard.press('j');
    await page.keyboard.press('a');
    await page.getByLabel('Name').waitFor();
    await page.keyboard.type('Ada');
    await page.keyboard.press('Enter');
    await incidentOf(page, 'payments').locator('.state', { hasText: 'acknowledged' }).waitFor();
    await page.locator('.banner', { hasText: '1 incident acknowledged' }).waitFor();
    await page.getByRole('button', { name: 'Undo' }).click();

    await incidentOf(page, 'payments').locator('.state', { hasText: 'firing' }).waitFor();
    expect(await page.evaluate('document.activeElement.closest(".incident") !== null')).toBe(true);
  });

  test('each of the three answers is kept, the last one counts, and the alert says who gave it', async () => {
    const { page } = await open('?view=alert&id=earlier');
    const answer = (name: string) => page.getByRole('button', { name, exact: true });

    await answer('Real').click();
    await sayWho(page);
    for (const name of ['Real', 'False alarm', 'Not mine']) {
      if (name !== 'Real') await answer(name).click();
      await page.locator(`button[aria-pressed=true]`, { hasText: name }).waitFor();
    }
    await page.reload();
    await page.locator('button[aria-pressed=true]', { hasText: 'Not mine' }).waitFor();

    const story = await page.locator('.timeline').innerText();
    expect(story).toContain('Ada judged it: real');
    expect(story).toContain('Ada judged it: false alarm');
    expect(story).toContain('Ada judged it: not mine');
  });

  test('a verdict that was the wrong button is taken back, at once or by the same button, and that is kept too', async () => {
    const { page } = await open('?view=alert&id=a-gateway');
    const real = page.getByRole('button', { name: 'Real', exact: true });
    const isGiven = async (): Promise<string | null> => await real.getAttribute('aria-pressed');

    await real.click();
    await sayWho(page);
    await expect.poll(isGiven).toBe('true');
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect.poll(isGiven).toBe('false');
    await real.click();
    await expect.poll(isGiven).toBe('true');
    await real.click();
    await page.locator('.notice', { hasText: 'nobody has judged it' }).waitFor();

    await page.reload();
    await page.locator('.timeline', { hasText: 'Ada took the verdict back' }).waitFor();
    expect(await isGiven()).toBe('false');
    const story = await page.locator('.timeline').innerText();
    expect(story.match(/Ada judged it: real/g)).toHaveLength(2);
    expect(story.match(/Ada took the verdict back/g)).toHaveLength(2);
  });

  test('a silence needs a reason, is listed, and is lifted with a click', async () => {
    const opened = await open();
    const { page } = opened;
    await incidentOf(page, 'payments').locator('[data-act=silence]').click();
    const silence = page.getByRole('dialog').getByRole('button', { name: 'Silence' });

    await silence.click();
    expect(await page.getByRole('dialog').count()).toBe(1);
    await page.getByLabel('All of this incident').uncheck();
    await page.getByLabel('Reason').fill('the bank is down');
    await silence.click();
    await sayWho(page);
    await page.locator('.notice', { hasText: 'Silenced' }).waitFor();
    await page.getByRole('link', { name: 'Silences' }).click();
    await page.locator('tr.active', { hasText: 'the bank is down' }).waitFor();
    await expectWellMade(opened);
    await page.getByRole('button', { name: 'Lift' }).click();

    const lifted = page.locator('tr.lifted', { hasText: 'the bank is down' });
    await lifted.waitFor();
    // what cannot be done twice is not offered twice, and who pressed it is not thrown out of the table
    expect(await lifted.getByRole('button').count()).toBe(0);
    expect(await lifted.innerText()).toContain('lifted by Ada');
    expect(await page.evaluate('document.activeElement.closest(".table-scroll") !== null')).toBe(true);
  });

  test('an incident is silenced as a whole, stays in the hands it was in, and both are taken back', async () => {
    const { page } = await open();
    const incident = incidentOf(page, 'payments');
    await incident.locator('[data-act=acknowledge]').click();
    await sayWho(page);
    await incident.locator('.state', { hasText: 'acknowledged' }).waitFor();
    await incident.locator('[data-act=silence]').click();
    const dialog = page.getByRole('dialog');
    expect(await dialog.locator('.check').innerText()).toBe(
      'All of this incident: errors of payments; errors of checkout; errors of gateway',
    );
    await dialog.getByLabel('Reason').fill('the bank is down');
    await dialog.getByRole('button', { name: 'Silence' }).click();
    await page.locator('.notice', { hasText: 'Silenced: 3 silences' }).waitFor();

    await incident.locator('.state', { hasText: 'silenced' }).waitFor();
    expect(await incident.locator('.state').innerText()).toContain('acknowledged');
    await page.getByRole('button', { name: 'Undo' }).click();
    await incident.locator('.state-silenced').waitFor({ state: 'detached' });
    await incident.locator('[data-act=acknowledge][aria-pressed=true]').click();

    await incident.locator('.state', { hasText: 'firing' }).waitFor();
  });
});
