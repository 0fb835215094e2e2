// Where a Chromium is, and how it is started: for pictures in notebooks, and for measuring and photographing the dashboard.
import { existsSync } from 'node:fs';

/** What works as root and asks nobody on the network. */
export const CHROMIUM_FLAGS: readonly string[] = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

const USUAL_PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome-stable',
  '/usr/bin/google-chrome',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/**
 * @returns the path of a Chromium or Chrome: $LOGHORN_CHROMIUM, else where systems usually put it; null if there is none
 * @throws Error when $LOGHORN_CHROMIUM names no file
 */
export function findChromium(): string | null {
  const named = process.env['LOGHORN_CHROMIUM'];
  if (named === undefined) return USUAL_PLACES.find((path) => existsSync(path)) ?? null;
  if (!existsSync(named)) throw new Error(`LOGHORN_CHROMIUM must name a Chromium, but there is no ${named}`);
  return named;
}
