// The life of alerts on PostgreSQL, all of it as built: a log that goes on, the consumer, the dashboard in a real browser, a
// webhook; and the database killed in the middle.
import { appendFileSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { requireOrSkip } from '../../require.testkit.js';
import { type RunningCli, runCli, startCli } from '../adapters/kafka-source.testkit.js';
import {
  HOW_TO_ENABLE_POSTGRES,
  isPostgresThere,
  startTestPostgres,
  type TestPostgres,
} from '../adapters/postgres.testkit.js';
import type { AlertSummary } from '../dashboard/api.js';
import type { AlertDetail, IncidentPage } from '../dashboard/api-alerts.js';
import { findBrowser, launchBrowser, openPage } from '../dashboard/browser.testkit.js';
import { followAlerts, isServing } from '../dashboard/follow-alerts.testkit.js';
import { findFreeRow } from '../kafka-broker/free-ports.js';
import { type HttpPeer, startHttpPeer } from '../sinks/http-peer.testkit.js';
import { countNewWindows } from './progress.testkit.js';
import { isRunning, until } from './scene.testkit.js';

const SERVICES = ['api', 'db', 'cart'];
const WRITE_EVERY_MS = 200;
const ERRORS = 25;
/** Of a window's end, its lateness, the consumer's tick, the dashboard's look at the store, on a machine that is busy. */
const TOLD_WITHIN_MS = 20_000;
const isThere =
  requireOrSkip('postgres', isPostgresThere(), HOW_TO_ENABLE_POSTGRES) &&
  requireOrSkip('browser', findBrowser() !== undefined, 'apt-get install chromium');
/** A server that is not ours is not killed. */
const isOurs = process.env['LOGHORN_TEST_POSTGRES'] === undefined;

describe.runIf(isThere && isOurs)('the dashboard on PostgreSQL', () => {
  const startedMs = Date.now() - 60_000;
  let folder = '';
  let log = '';
  let postgres: TestPostgres;
  let store = '';
  let browser: Browser;
  let page: Page;
  let peer: HttpPeer;
  let consumer: RunningCli;
  let dashboard: RunningCli;
  let writing: NodeJS.Timeout | undefined;
  let url = '';
  const stream = new AbortController();
  /** Ids of alerts as the server's events told them, over however many connections. */
  const told: string[] = [];

  const write = (service: string, msg: string, level = 'INFO'): void =>
    appendFileSync(log, `${JSON.stringify({ ts: new Date().toISOString(), service, level, msg })}\n`);
  const trouble = (service: string): void => {
    for (let n = 0; n < ERRORS; n++) write(service, `request ${n} failed`, 'ERROR');
  };
  const incident = (source: string) => page.locator('.incident', { hasText: source }).first();
  const ask = async (path: string): Promise<unknown> => (await fetch(`${url}/api${path}`)).json();
  const alertsOf = async (source: string): Promise<readonly AlertSummary[]> => {
    const { incidents } = (await ask(
      `/incidents?from=${startedMs}&to=${Date.now() + 60_000}`,
    )) as IncidentPage;
    return incidents.flatMap(({ alerts }) => alerts).filter((alert) => alert.source === source);
  };
  const sent = (): string[] =>
    peer.requests.map(({ body }) => {
      const { type, source } = JSON.parse(body) as { type: string; source: string };
      return `${type} ${source}`;
    });

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'loghorn-dashboard-postgres-'));
    log = join(folder, 'live.ndjson');
    writeFileSync(join(folder, 'clean.ndjson'), healthyLines());
    const short = '--window 2s --lateness 500ms --rolling 20s --hold 4s --detector error-count'.split(' ');
    runCli('fit', join(folder, 'clean.ndjson'), '--name', 'live', '--models', folder, ...short);
    postgres = await startTestPostgres();
    [store, peer] = [await postgres.freshDatabase(), await startHttpPeer()];
    const model = join(folder, 'live', readdirSync(join(folder, 'live'))[0]!);
    const sinks = join(folder, 'sinks.json');
    writeFileSync(sinks, JSON.stringify({ sinks: [{ type: 'webhook', name: 'pager', url: peer.url.href }] }));
    writeFileSync(log, '');
    writing = setInterval(() => {
      for (const service of SERVICES) write(service, 'request 7 served in 3 ms');
    }, WRITE_EVERY_MS);
    const words = ['--from', `file:${log}`, '--follow', '--model', model, '--store', store];
    consumer = startCli('consume', ...words, '--sinks', sinks);
    const stored = await countNewWindows(store, { name: 'live', version: basename(model) });
    await until(async () => (await stored()) > 0, undefined, [consumer]);
    const port = String(await findFreeRow(1));
    url = `http://127.0.0.1:${port}`;
    dashboard = startCli('dashboard', '--store', store, '--port', port);
    await until(() => isServing(url), undefined, [dashboard]);
    browser = await launchBrowser();
    ({ page } = await openPage(browser, url));
    followAlerts(url, told, stream.signal).catch((error: Error) => {
      if (!stream.signal.aborted) told.push(error.message);
    });
  });
  afterAll(async () => {
    clearInterval(writing);
    stream.abort();
    await browser?.close();
    for (const each of [consumer, dashboard]) each?.child.kill('SIGKILL');
    await peer?.close();
    await postgres?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  test('from a burst of errors in the log to the incident on the page, acknowledged and judged there', async () => {
    await page.locator('.connection.live').waitFor();
    await page.evaluate('window.sameDocument = true');

    const startMs = performance.now();
    trouble('api');
    await incident('api').waitFor({ timeout: TOLD_WITHIN_MS });
    process.stdout.write(
      `from the log to the page on PostgreSQL: ${(performance.now() - startMs).toFixed(0)} ms\n`,
    );
    await incident('api').locator('[data-act=acknowledge]').click();
    await sayWho(page);
    await incident('api').locator('.state', { hasText: 'acknowledged' }).waitFor();
    await incident('api').getByRole('button', { name: 'Real', exact: true }).click();

    await until(() => runCli('feedback', '--store', store).includes('"real"'));
    expect(await page.evaluate('window.sameDocument')).toBe(true);
    expect(sent()).toContain('opened api');
  });

  test('what is silenced on the page is shown, and not sent', async () => {
    await incident('api').locator('[data-act=silence]').click();
    await page.getByLabel('Reason').fill('known');
    await page.getByRole('dialog').getByRole('button', { name: 'Silence' }).click();
    await page.locator('.notice', { hasText: 'Silenced' }).waitFor();
    // whoever was told of it is told of its end, too
    await until(() => sent().includes('resolved api'), undefined, [consumer]);
    const sentBefore = sent().length;

    trouble('api');
    // the same alert opens again, and is over again
    const story = async (): Promise<AlertDetail> =>
      (await ask(`/alerts/${(await alertsOf('api'))[0]!.alertId}`)) as AlertDetail;
    await until(async () => (await story()).events.filter(({ type }) => type === 'opened').length === 2);
    await until(async () => (await story()).state === 'resolved', undefined, [consumer]);
    await until(async () => (await story()).deliveries.every(({ state }) => state !== 'waiting'));

    expect((await story()).deliveries.map(({ state }) => state)).toEqual([
      'sent',
      'sent',
      'silenced',
      'silenced',
    ]);
    expect(sent().length).toBe(sentBefore);
  });

  test('the database is killed: page and consumer wait, and what went wrong meanwhile comes to the page by itself', async () => {
    await postgres.server!.kill('SIGKILL');
    trouble('db');
    for (const each of [consumer, dashboard])
      await until(() => each.stderr().includes('trying again'), undefined, [each]);
    await postgres.server!.start();

    await incident('db').waitFor({ timeout: 2 * TOLD_WITHIN_MS });
    trouble('cart');
    await incident('cart').waitFor({ timeout: TOLD_WITHIN_MS });

    expect(await page.evaluate('window.sameDocument')).toBe(true);
    expect([consumer, dashboard].every(isRunning)).toBe(true);
    const stored = (await Promise.all(SERVICES.map(alertsOf))).flat();
    expect(stored.map(({ source }) => source)).toEqual(SERVICES);
    await until(() => stored.every(({ alertId }) => told.includes(alertId)));
    expect(sent().filter((each) => /^opened (db|cart)$/.test(each))).toEqual(['opened db', 'opened cart']);
  });
});

/** The name is asked for once. */
async function sayWho(page: Page): Promise<void> {
  await page.getByLabel('Name').fill('Ada');
  await page.getByRole('button', { name: 'Go on' }).click();
}

function healthyLines(): string {
  const startMs = Date.now() - 7_200_000;
  return Array.from({ length: 16_200 }, (_, n) => {
    const [level, msg] =
      n % 97 === 0 ? ['ERROR', `request ${n} failed`] : ['INFO', `request ${n} served in ${n % 17} ms`];
    const ts = new Date(startMs + Math.floor(n / SERVICES.length) * 400).toISOString();
    return `${JSON.stringify({ ts, service: SERVICES[n % SERVICES.length], level, msg })}\n`;
  }).join('');
}
