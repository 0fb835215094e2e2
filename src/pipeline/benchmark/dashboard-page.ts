// What a person at the page sees of its speed: when it first shows something, when it is drawn, and for how long it does not
// react, in a real browser.
import type { Browser, Page } from 'playwright-core';
import type { BenchTable } from './bench-report.js';
import { medianOf } from './bench-report.js';
import { percentileOf } from './percentile.js';

export interface PageOpening {
  readonly firstPaintMs: number;
  readonly lanesMs: number;
  readonly incidentsMs: number;
  readonly longestTaskMs: number;
  readonly requests: number;
}

/** Kept from the first line on: what was observed later would miss the loading. */
const WATCH_TASKS = `window.longTasks = [];
new PerformanceObserver((list) => { for (const each of list.getEntries()) window.longTasks.push(each.duration); })
  .observe({ type: 'longtask', buffered: true });`;
const FIRST_PAINT = `performance.getEntriesByName('first-contentful-paint')[0]?.startTime`;
const LANES = `document.querySelector('.lane-labels > *') && document.querySelector('.lane-plot canvas').height > 0`;
const INCIDENTS = `document.querySelector('.incident, .incidents-panel .empty')`;
const IS_CALM = `!document.querySelector('.panel[aria-busy=true]')`;
/** By its name in the menu, with what says that it is drawn. */
const VIEWS = {
  Templates: '.templates-table tbody tr',
  Pipeline: '.verdict',
  Model: '.preview-words:not(:empty)',
  Overview: '.lane-labels > *',
};
const SETTLED_MS = 300;

/** @param rounds each with nothing kept from before */
export async function measureOpening(
  browser: Browser,
  url: string,
  ranges: readonly string[],
  rounds: number,
): Promise<BenchTable> {
  const rows: (string | number | null)[][] = [];
  for (const range of ranges) {
    const openings: PageOpening[] = [];
    for (let round = 0; round < rounds; round++)
      openings.push(await withPage(browser, async (page) => openOnce(page, `${url}?last=${range}`)));
    const of = (key: keyof PageOpening): readonly number[] => openings.map((each) => each[key]);
    rows.push([
      range,
      medianOf(of('firstPaintMs')),
      percentileOf(of('firstPaintMs'), 0.95),
      medianOf(of('lanesMs')),
      percentileOf(of('lanesMs'), 0.95),
      medianOf(of('incidentsMs')),
      percentileOf(of('incidentsMs'), 0.95),
      Math.max(...of('longestTaskMs')),
      Math.max(...of('requests')),
    ]);
  }
  return {
    caption: `The page opened in Chromium with an empty cache, ms from the request, ${rounds} times each`,
    columns: [
      { name: 'range', digits: 0 },
      { name: 'first paint', digits: 0 },
      { name: 'p95', digits: 0 },
      { name: 'services drawn', digits: 0 },
      { name: 'p95', digits: 0 },
      { name: 'incidents drawn', digits: 0 },
      { name: 'p95', digits: 0 },
      { name: 'longest task', digits: 0 },
      { name: 'requests', digits: 0 },
    ],
    rows,
  };
}

/** Each view clicked in the menu, and an alert opened from the list. */
export async function measureViews(browser: Browser, url: string, range: string): Promise<BenchTable> {
  const rows = await withPage(browser, async (page) => {
    const steps: (string | number)[][] = [];
    await openOnce(page, `${url}?last=${range}`);
    const step = async (name: string, act: () => Promise<void>, isDrawn: string): Promise<void> => {
      await page.evaluate('window.longTasks = []');
      const startedMs: number = await page.evaluate('performance.now()');
      await act();
      const drawnMs = await timeOf(page, `${isDrawn} && ${IS_CALM}`);
      await page.waitForTimeout(SETTLED_MS);
      steps.push([name, drawnMs - startedMs, await longestTask(page)]);
    };
    await step(
      'an alert',
      async () => page.locator('.incident a').first().click(),
      `document.querySelector('.feature')`,
    );
    for (const [name, isDrawn] of Object.entries(VIEWS))
      await step(
        name,
        async () => page.getByRole('link', { name, exact: true }).click(),
        `document.querySelector('${isDrawn}')`,
      );
    return steps;
  });
  return {
    caption: `Views of ${range}, clicked one after the other, ms`,
    columns: [
      { name: 'view', digits: 0 },
      { name: 'drawn after', digits: 0 },
      { name: 'longest task', digits: 0 },
    ],
    rows,
  };
}

async function withPage<T>(browser: Browser, use: (page: Page) => Promise<T>): Promise<T> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  try {
    const page = await context.newPage();
    await page.addInitScript(WATCH_TASKS);
    return await use(page);
  } finally {
    await context.close();
  }
}

async function openOnce(page: Page, address: string): Promise<PageOpening> {
  let requests = 0;
  page.on('request', () => requests++);
  await page.goto(address, { waitUntil: 'commit' });
  const [lanesMs, incidentsMs] = await Promise.all([timeOf(page, LANES), timeOf(page, INCIDENTS)]);
  await page.waitForTimeout(SETTLED_MS);
  return {
    firstPaintMs: await page.evaluate(FIRST_PAINT),
    lanesMs,
    incidentsMs,
    longestTaskMs: await longestTask(page),
    requests,
  };
}

/** By the page's own clock, to the frame. A function to wait for would be refused by the page's policy, as text to evaluate. */
async function timeOf(page: Page, condition: string): Promise<number> {
  return page.evaluate(`new Promise((resolve) => {
    const look = () => (${condition} ? resolve(performance.now()) : requestAnimationFrame(look));
    look();
  })`);
}

/** Shorter ones than 50 ms are none to a browser: 0 then. */
async function longestTask(page: Page): Promise<number> {
  return page.evaluate('Math.max(0, ...window.longTasks)');
}
