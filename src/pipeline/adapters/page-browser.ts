// A real browser for measuring and photographing the dashboard's page: the only file besides the tests that knows the library
// which drives one.
import { existsSync } from 'node:fs';
import type { Browser } from 'playwright-core';

/** What works as root and asks nobody on the network. */
const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome-stable'];

/** @param env with $LOGHORN_CHROMIUM, else one of the usual places @returns undefined where there is none */
export function findPageBrowser(env: Readonly<Record<string, string | undefined>>): string | undefined {
  return env['LOGHORN_CHROMIUM'] ?? PLACES.find((path) => existsSync(path));
}

/** @throws Error where the library that drives it is not installed, or it does not start */
export async function launchPageBrowser(executablePath: string): Promise<Browser> {
  const { chromium } = await import('playwright-core').catch((cause: unknown) => {
    throw new Error('playwright-core drives the browser and is not installed: run npm ci with dev packages', {
      cause,
    });
  });
  return chromium.launch({ executablePath, args: FLAGS });
}
