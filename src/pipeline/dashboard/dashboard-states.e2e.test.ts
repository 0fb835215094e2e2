// How the pipeline stands, in a real browser: each state has a banner and a verdict of its own, and a page that stays open
// goes from one to the next without anybody touching it.
import {
  closeSync,
  existsSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { requireOrSkip } from '../../require.testkit.js';
import { openReader } from '../store/open-reader.js';
import { openStore } from '../store/open-store.js';
import { TEST_KEY, testCommit, testWindow } from '../store/result-store.testkit.js';
import { expectWellMade, findBrowser, launchBrowser, type OpenedPage, openPage } from './browser.testkit.js';
import { type DashboardServer, serveStore } from './dashboard-server.testkit.js';
import type { Heartbeat } from './reader.js';

const MINUTE_MS = 60_000;
const isThere = requireOrSkip('browser', findBrowser() !== undefined, 'apt-get install chromium');

describe.runIf(isThere)('how the pipeline stands', () => {
  const folder = mkdtempSync(join(tmpdir(), 'loghorn-states-'));
  let server: DashboardServer | undefined;
  let browser: Browser;
  let opened: OpenedPage | undefined;

  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterEach(async () => {
    await opened?.page.context().close();
    await server?.stop();
  });
  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** A store whose newest window and newest beat are so old. */
  const fill = async (name: string, windowAgoMs: number, beatAgoMs: number): Promise<string> => {
    const path = join(folder, `${name}.db`);
    const nowMs = Date.now();
    const clock = { nowMs: () => nowMs, sleep: async () => undefined };
    const opening = { clock, create: true, onWarning: () => undefined };
    const store = await openStore({ kind: 'sqlite', path }, opening);
    const reader = await openReader({ kind: 'sqlite', path }, opening);
    const owner = await store.takeOver(TEST_KEY, ['log_count', 'error_count']);
    const endMs = nowMs - windowAgoMs;
    const calm = { source: 'api', startMs: endMs - 30_000, endMs, score: 0.1, threshold: 0.9, alert: false };
    await owner.commit(testCommit({ windows: [testWindow(calm)], commitTimeMs: endMs }));
    for (const agoMs of [beatAgoMs + 30_000, beatAgoMs]) await reader.beat(beatAt(nowMs - agoMs));
    await reader.close();
    await store.close();
    return path;
  };
  const look = async (path: string, view = 'overview') => {
    server = await serveStore(path);
    opened = await openPage(browser, `${server.url}?view=${view}`);
    return { ...opened, banner: opened.page.locator('.banner') };
  };

  test.each([
    ['running and found nothing', 31_000, 0, 'quiet', 'All quiet', 'Running and finds nothing wrong'],
    ['not running', 10 * MINUTE_MS, 9 * MINUTE_MS, 'stopped', 'Nothing is being read', 'Not running'],
    ['running behind', 25 * MINUTE_MS, 0, 'behind', 'Running 25 min behind', '1 thing needs attention'],
  ])('%s looks like no other state', async (name, windowAgoMs, beatAgoMs, tone, headline, verdict) => {
    const page = await look(await fill(name, windowAgoMs, beatAgoMs), 'health');

    await page.banner.getByText(headline).waitFor();
    expect(await page.banner.getAttribute('class')).toBe(`banner ${tone}`);
    await page.page.locator('.verdict-title', { hasText: verdict }).waitFor();
    await expectWellMade(page);
  });

  test('a store that cannot be read any more is said on an open page, and so is its return', async () => {
    const path = await fill('unreadable', 31_000, 0);
    const page = await look(path);
    await page.banner.getByText('All quiet').waitFor();

    const mend = breakStore(path);
    await page.banner.getByText('The results store cannot be read').waitFor();
    expect(await page.banner.getAttribute('class')).toBe('banner blind');
    expect(await page.banner.innerText()).toContain('What is shown is of');
    expect(await page.page.locator('.connection').innerText()).toBe('live');
    await expectWellMade({ ...page, complaints: [] });

    mend();
    await page.banner.getByText('All quiet').waitFor();
  });

  test('a page that is opened over a broken store says so, and starts by itself once it is mended', async () => {
    const path = await fill('broken', 31_000, 0);
    server = await serveStore(path);
    const mend = breakStore(path);
    opened = await openPage(browser, server.url);
    await opened.page.getByText('This page looks again every 10 s.').waitFor();

    mend();
    await opened.page.locator('.banner', { hasText: 'All quiet' }).waitFor({ timeout: 15_000 });
    expect(await opened.page.locator('main.fatal').count()).toBe(0);
  });

  test('a server that is away for longer than a restart is said where everybody looks', async () => {
    const path = await fill('away', 31_000, 0);
    const { banner, page } = await look(path);
    await banner.getByText('All quiet').waitFor();

    await server!.stop();
    await banner.getByText('The dashboard does not answer').waitFor({ timeout: 15_000 });
    expect(await banner.getAttribute('class')).toBe('banner blind');

    server = await serveStore(path, { port: Number(new URL(server!.url).port) });
    await banner.getByText('All quiet').waitFor({ timeout: 15_000 });
    expect(await page.locator('.connection').innerText()).toBe('live');
  });
});

function beatAt(atMs: number): Heartbeat {
  const read = Math.round(atMs / 1000);
  return {
    consumerId: 'c0ffee',
    atMs,
    startedMs: atMs - 60 * MINUTE_MS,
    state: 'running',
    streams: [TEST_KEY.streamId],
    artifact: TEST_KEY.artifact,
    read,
    scored: read,
    late: 0,
    setAside: 0,
    lag: 0,
    watermarkMs: atMs - 31_000,
    residentBytes: 2 ** 27,
    stages: {},
    broker: null,
    sources: { api: atMs },
  };
}

/** As a disk that loses what is on it under a server that has the file open. @returns puts it back */
function breakStore(path: string): () => void {
  const files = [path, `${path}-wal`].filter((file) => existsSync(file));
  const contents = files.map((file) => readFileSync(file));
  const forget = (): void => {
    // SQLite keeps pages in memory until this index says that they changed
    const index = openSync(`${path}-shm`, 'r+');
    writeSync(index, Buffer.alloc(136), 0, 136, 0);
    closeSync(index);
  };
  truncateSync(`${path}-wal`);
  const database = openSync(path, 'r+');
  writeSync(database, Buffer.alloc(statSync(path).size, 'no database'), 0);
  closeSync(database);
  forget();
  return () => {
    files.forEach((file, at) => writeFileSync(file, contents[at]!));
    forget();
  };
}
