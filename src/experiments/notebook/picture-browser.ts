// Draws figures in a headless Chromium, for the picture that stands beside a figure's JSON. One browser serves a whole
// kernel; it starts with the first picture, goes by itself when nothing is drawn, and dies with the kernel at any rate.
import { createRequire } from 'node:module';
import type { Browser, Page } from 'playwright-core';
import { CHROMIUM_FLAGS } from '../../shell/chromium.js';
import type { Figure } from './figure.js';
import { FIGURE_HEIGHT_PX, FIGURE_WIDTH_PX } from './figure-style.js';
import { shrinkPng } from './small-png.js';

/** Dots of a picture per CSS pixel. */
const SCALE = 1.5;
const IDLE_MS = 3_000;

let opened: Promise<Page> | null = null;
let idle: NodeJS.Timeout | undefined;
let drawing = 0;

/**
 * @param figure settled
 * @returns a PNG, base64
 * @throws Error when the browser does not start or Plotly cannot draw the figure
 */
export async function drawPicture(figure: Figure, executablePath: string): Promise<string> {
  clearTimeout(idle);
  drawing++;
  try {
    if (opened && !(await isAlive(opened))) opened = null;
    opened ??= openPage(executablePath);
    const page = await opened;
    const url = await page.evaluate(drawInPage, { figure, size: sizeOf(figure) });
    return shrinkPng(Buffer.from(url.slice(url.indexOf(',') + 1), 'base64')).toString('base64');
  } finally {
    drawing--;
    // an open browser would keep a kernel that has nothing left to do from ending
    if (drawing === 0) idle = setTimeout(() => void closeBrowser(), IDLE_MS);
  }
}

/** Ends the browser, if there is one; the next picture starts another. */
export async function closeBrowser(): Promise<void> {
  clearTimeout(idle);
  const closing = opened;
  opened = null;
  const page = await closing?.catch(() => null);
  await page?.context().browser()?.close();
}

async function isAlive(page: Promise<Page>): Promise<boolean> {
  return page.then(
    (each) => !each.isClosed() && each.context().browser()?.isConnected() === true,
    () => false,
  );
}

async function openPage(executablePath: string): Promise<Page> {
  const { chromium } = await import('playwright-core');
  const browser: Browser = await chromium.launch({
    executablePath,
    args: [...CHROMIUM_FLAGS],
    // an interrupt stops a cell, not the kernel; when the kernel does end, the browser sees its pipe close and ends too
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
  });
  const context = await browser.newContext({ offline: true });
  const page = await context.newPage();
  const require = createRequire(import.meta.url);
  await page.addScriptTag({ path: require.resolve('plotly.js/dist/plotly-cartesian.min.js') });
  return page;
}

interface PictureSize {
  readonly width: number;
  readonly height: number;
  readonly scale: number;
}

function sizeOf({ layout = {} }: Figure): PictureSize {
  const { width = FIGURE_WIDTH_PX, height = FIGURE_HEIGHT_PX } = layout as Partial<PictureSize>;
  return { width, height, scale: SCALE };
}

/** Runs in the page. */
async function drawInPage(wanted: { readonly figure: Figure; readonly size: PictureSize }): Promise<string> {
  const { Plotly } = globalThis as unknown as { readonly Plotly: PlotlyInPage };
  return Plotly.toImage(wanted.figure, { format: 'png', ...wanted.size });
}

interface PlotlyInPage {
  toImage(figure: Figure, options: object): Promise<string>;
}
