// Pages of a dashboard on a cascade that goes on, in a real browser: one store, server and browser for a file of tests.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll } from 'vitest';
import { launchBrowser, type OpenedPage, openPage } from './browser.testkit.js';
import { type Cascade, openCascade } from './dashboard-cascade.testkit.js';
import { type DashboardServer, serveStore } from './dashboard-server.testkit.js';

export interface CascadePages {
  /** @param query of the address, with its question mark */
  readonly open: (query?: string, options?: Parameters<typeof openPage>[2]) => Promise<OpenedPage>;
  readonly cascade: () => Cascade;
  /** The server goes, at the same address another one comes after the work. */
  readonly restartServer: (meanwhile: () => Promise<void>) => Promise<void>;
}

/** To be called where tests are described: it makes all of it before them and ends it after them, and pages after each. */
export function serveCascadePages(): CascadePages {
  let folder = '';
  let server: DashboardServer;
  let browser: Browser;
  let cascade: Cascade;
  const opened = new Set<OpenedPage>();
  const storePath = (): string => join(folder, 'results.db');

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'loghorn-cascade-'));
    cascade = await openCascade({ kind: 'sqlite', path: storePath() }, Date.now());
    server = await serveStore(storePath());
    browser = await launchBrowser();
  });
  afterEach(async () => {
    for (const { page } of opened) await page.context().close();
    opened.clear();
  });
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
    await cascade?.close();
    rmSync(folder, { recursive: true });
  });

  return {
    open: async (query = '', options) => {
      const page = await openPage(browser, `${server.url}${query}`, options);
      opened.add(page);
      return page;
    },
    cascade: () => cascade,
    restartServer: async (meanwhile) => {
      const { port } = new URL(server.url);
      await server.stop();
      await meanwhile();
      server = await serveStore(storePath(), { port: Number(port) });
    },
  };
}

/** An incident of the overview by the service that it began in. */
export function incidentOf(page: Page, source: string): Locator {
  return page.locator('.incident', { has: page.locator('.headline strong', { hasText: source }) });
}
