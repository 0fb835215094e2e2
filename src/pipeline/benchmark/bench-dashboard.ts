// How quick the dashboard is with many services and weeks of windows: its questions to the store, its server's answers, and
// its page in a real browser.
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findChromium } from '../../shell/chromium.js';
import { launchPageBrowser } from '../adapters/page-browser.js';
import type { Clock } from '../ports.js';
import { openReader } from '../store/open-reader.js';
import type { BenchReport, BenchTable } from './bench-report.js';
import { type BigStore, fillBigStore } from './big-store.js';
import { addShadow } from './big-store-shadow.js';
import { tellBigStore } from './big-store-told.js';
import { measureAnswers } from './dashboard-answers.js';
import { measureOpening, measureViews } from './dashboard-page.js';
import { type RunningDashboard, runDashboard } from './dashboard-process.js';
import { measureReader } from './dashboard-questions.js';

export interface BenchDashboardOptions {
  readonly services: number;
  readonly days: number;
  readonly rounds: number;
  readonly clock: Clock;
  readonly say: (sentence: string) => void;
}

/** A page that is opened takes longer than a question. */
const OPENINGS_SHARE = 1 / 2;
const OPENED_RANGES = ['6h', '30d'];

export async function benchDashboard(options: BenchDashboardOptions): Promise<BenchReport> {
  const { services, days, rounds, clock, say } = options;
  const folder = mkdtempSync(join(tmpdir(), 'loghorn-dashboard-'));
  try {
    const path = join(folder, 'big.db');
    say(`filling a store with ${services} services × ${days} days`);
    const startedMs = clock.nowMs();
    const big = await fillBigStore(path, { services, days, untilMs: clock.nowMs() });
    const fillSeconds = (clock.nowMs() - startedMs) / 1000;
    say('adding a shadow, heartbeats, labels and deliveries');
    await addShadow(path, big);
    const told = await tellBigStore(path, big, clock);
    const bytes = statSync(path).size;
    say(`${big.windows} windows in ${fillSeconds.toFixed(0)} s; asking`);
    const tables = [await askStore(path, big, options)];
    const dashboard = await runDashboard(path);
    try {
      tables.push(await measureAnswers(dashboard, big, rounds, clock));
      tables.push(...(await openPages(dashboard, rounds, say)));
    } finally {
      await dashboard.stop();
    }
    return {
      title: 'The dashboard with a big store',
      tables,
      notes: [
        `SQLite: ${services} services × ${days} days of half-minute windows, ${big.windows} in all, ${big.alertIds.length} alerts, ${(bytes / 2 ** 30).toFixed(1)} GiB.`,
        `Beside them a shadow that scored the last seven days, ${told.beats} heartbeats, ${told.labels} labels and ${told.deliveries} deliveries.`,
        `Filled in ${fillSeconds.toFixed(0)} s (${Math.round(big.windows / fillSeconds)} windows a second).`,
        'Questions: in the process that asks; ranges end with the newest window.',
        "Answers: over HTTP from a server in a process of its own, each of a range that was not asked before; processor: the server's time for one of them, from all its threads.",
        'Longest task: for so long the page does not react; below 50 ms a browser counts none.',
      ],
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function askStore(
  path: string,
  big: BigStore,
  { rounds, clock, say }: BenchDashboardOptions,
): Promise<BenchTable> {
  const reader = await openReader({ kind: 'sqlite', path }, { clock, create: false, onWarning: say });
  try {
    return await measureReader(reader, big, rounds, clock);
  } finally {
    await reader.close();
  }
}

async function openPages(
  { url }: RunningDashboard,
  rounds: number,
  say: (sentence: string) => void,
): Promise<readonly BenchTable[]> {
  const executablePath = findChromium();
  if (executablePath === null) {
    say('no Chromium is here, so the page is not opened: install one, or name it with LOGHORN_CHROMIUM');
    return [];
  }
  say('opening the page');
  const browser = await launchPageBrowser(executablePath);
  try {
    const openings = Math.ceil(rounds * OPENINGS_SHARE);
    return [
      await measureOpening(browser, url, OPENED_RANGES, openings),
      await measureViews(browser, url, OPENED_RANGES.at(-1)!),
    ];
  } finally {
    await browser.close();
  }
}
