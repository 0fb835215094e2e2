// A real browser for measuring and photographing the dashboard's page: the only file besides the tests that knows the library
// which drives one.
import type { Browser } from 'playwright-core';
import { CHROMIUM_FLAGS } from '../../shell/chromium.js';

/** @throws Error where the library that drives it is not installed, or it does not start */
export async function launchPageBrowser(executablePath: string): Promise<Browser> {
  const { chromium } = await import('playwright-core').catch((cause: unknown) => {
    throw new Error('playwright-core drives the browser and is not installed: run npm ci with dev packages', {
      cause,
    });
  });
  return chromium.launch({ executablePath, args: ['--headless', ...CHROMIUM_FLAGS] });
}
