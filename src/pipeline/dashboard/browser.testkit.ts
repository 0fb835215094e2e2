// A real browser for the tests of the page, and what everyone who opens it expects: nothing that its strict policy refuses,
// nothing wider than the screen, nothing that keeps people out.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser, Page } from 'playwright-core';
import { expect } from 'vitest';
import { findChromium } from '../../shell/chromium.js';
import { launchPageBrowser } from '../adapters/page-browser.js';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** $LOGHORN_CHROMIUM, or where systems usually put it. */
export function findBrowser(): string | undefined {
  return findChromium() ?? undefined;
}

export async function launchBrowser(): Promise<Browser> {
  return await launchPageBrowser(findBrowser()!);
}

export interface OpenedPage {
  readonly page: Page;
  /** Errors of the console, among them whatever the page's policy refused. */
  readonly complaints: readonly string[];
}

export interface PageOptions {
  readonly widthPx?: number;
  readonly heightPx?: number;
  /** What the viewer's system asks for. */
  readonly theme?: 'light' | 'dark';
  readonly zone?: string;
  /** Whether the viewer's system asks for less motion. */
  readonly isCalm?: boolean;
}

export async function openPage(
  browser: Browser,
  address: string,
  {
    widthPx = 1440,
    heightPx = 900,
    theme = 'light',
    zone = 'Europe/Lisbon',
    isCalm = false,
  }: PageOptions = {},
): Promise<OpenedPage> {
  const context = await browser.newContext({
    viewport: { width: widthPx, height: heightPx },
    colorScheme: theme,
    timezoneId: zone,
    reducedMotion: isCalm ? 'reduce' : 'no-preference',
  });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  await page.goto(address);
  return { page, complaints };
}

/**
 * Waits until every chart of the page that is in sight has its marks: lines, bars or points, not only its axes or a sign that
 * they come.
 */
export async function expectChartsDrawn(page: Page): Promise<void> {
  await expect
    .poll(async () => await page.evaluate<readonly string[]>(CHARTS_WITHOUT_MARKS), { timeout: 10_000 })
    .toEqual([]);
}

const CHARTS_WITHOUT_MARKS = `[...document.querySelectorAll('.chart-plot, .score-chart')]
  .filter((chart) => {
    const { top, bottom, width } = chart.getBoundingClientRect();
    const marks = [...chart.querySelectorAll('path.js-line, path.point, .point path')];
    return width > 0 && top < innerHeight && bottom > 0 && !marks.some((mark) => mark.getBBox().width > 0);
  })
  .map((chart) => \`\${chart.className}: \${chart.parentElement.textContent.slice(0, 80)}\`)`;

/** What axe finds to be serious or worse, by rule and first element. */
export async function seriousFindings(page: Page): Promise<readonly string[]> {
  await page.evaluate(AXE);
  const findings: { impact: string; id: string; where: string }[] = await page.evaluate(
    `axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) =>
      violations.map(({ impact, id, nodes }) => ({ impact, id, where: nodes[0].html })))`,
  );
  return findings
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, where }) => `${id}: ${where}`);
}

/** Nobody has to scroll sideways, nothing was refused, and axe has nothing serious to say. */
export async function expectWellMade({ page, complaints }: OpenedPage): Promise<void> {
  const tooWidePx: number = await page.evaluate(
    'document.documentElement.scrollWidth - document.documentElement.clientWidth',
  );
  expect(tooWidePx).toBeLessThanOrEqual(0);
  expect(await seriousFindings(page)).toEqual([]);
  expect(complaints).toEqual([]);
}
