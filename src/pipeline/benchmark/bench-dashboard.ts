// How long the dashboard's questions take in a store of many services and weeks: each of them over an hour, a day, a week and
// all of it.
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DashboardReader, TimeRange } from '../dashboard/reader.js';
import type { Clock } from '../ports.js';
import { openReader } from '../store/open-reader.js';
import type { BenchReport } from './bench-report.js';
import { type BigStore, fillBigStore } from './big-store.js';

export interface BenchDashboardOptions {
  readonly services: number;
  readonly days: number;
  readonly rounds: number;
  readonly clock: Clock;
  readonly say: (sentence: string) => void;
}

interface Question {
  readonly name: string;
  ask(range: TimeRange, round: number): Promise<unknown>;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** About as many as a screen has room for. */
const BUCKETS = 200;
const BUCKETS_MS = [30_000, 60_000, 300_000, 900_000, HOUR_MS, 3 * HOUR_MS, 6 * HOUR_MS];
const TREND_PARTS = 24;

export async function benchDashboard(options: BenchDashboardOptions): Promise<BenchReport> {
  const { services, days, rounds, clock, say } = options;
  const folder = mkdtempSync(join(tmpdir(), 'loghorn-dashboard-'));
  try {
    const path = join(folder, 'big.db');
    say(`filling a store with ${services} services × ${days} days`);
    const startedMs = clock.nowMs();
    const big = await fillBigStore(path, { services, days, untilMs: clock.nowMs() });
    const fillSeconds = (clock.nowMs() - startedMs) / 1000;
    const bytes = statSync(path).size;
    say(`${big.windows} windows in ${fillSeconds.toFixed(0)} s; asking`);
    const reader = await openReader({ kind: 'sqlite', path }, { clock, create: false, onWarning: say });
    try {
      return {
        title: 'Questions of the dashboard',
        tables: [
          {
            caption: `Milliseconds each, ${rounds} times`,
            columns: [
              { name: 'question', digits: 0 },
              { name: 'range, h', digits: 0 },
              { name: 'p50', digits: 1 },
              { name: 'p95', digits: 1 },
            ],
            rows: await measureAll(questionsOf(reader, big), big, rounds, clock),
          },
        ],
        notes: [
          `SQLite: ${services} services × ${days} days of half-minute windows, ${big.windows} in all, ${big.alertIds.length} alerts, ${(bytes / 2 ** 30).toFixed(1)} GiB.`,
          `Filled in ${fillSeconds.toFixed(0)} s (${Math.round(big.windows / fillSeconds)} windows a second).`,
          'In the process that asks, without HTTP; ranges end with the newest window.',
        ],
      };
    } finally {
      await reader.close();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function questionsOf(reader: DashboardReader, { artifact, alertIds }: BigStore): Question[] {
  const alertOf = (round: number): string => alertIds[(round * 7) % alertIds.length]!;
  return [
    {
      name: 'swimlane',
      ask: (range) => reader.swimlane(artifact, alignedTo(range), bucketOf(range)),
    },
    { name: 'alerts', ask: (range) => reader.alerts({ ...range, artifact }) },
    {
      name: 'alert and its events',
      ask: async (_, round) => [await reader.alert(alertOf(round)), await reader.eventsOf(alertOf(round))],
    },
    {
      name: 'template counts',
      ask: (range) =>
        reader.templateCounts(artifact, range, Math.max(HOUR_MS, (range.toMs - range.fromMs) / TREND_PARTS)),
    },
    { name: 'templates', ask: () => reader.templates(artifact) },
    {
      name: 'scores from 0.8',
      ask: async (range) => {
        for await (const part of reader.scores(artifact, range, 0.8)) void part.length;
      },
    },
    { name: 'sources', ask: () => reader.sources(artifact) },
    { name: 'watermark', ask: () => reader.watermarkMs(artifact) },
    { name: 'changes', ask: async () => reader.changesSince(await reader.cursor()) },
  ];
}

async function measureAll(
  questions: readonly Question[],
  { fromMs, toMs }: BigStore,
  rounds: number,
  clock: Clock,
): Promise<(string | number)[][]> {
  const spansMs = [HOUR_MS, DAY_MS, 7 * DAY_MS, toMs - fromMs].filter((spanMs) => spanMs <= toMs - fromMs);
  const rows: (string | number)[][] = [];
  for (const question of questions)
    for (const spanMs of new Set(spansMs)) {
      const tookMs: number[] = [];
      for (let round = 0; round < rounds; round++) {
        const startedMs = clock.nowMs();
        await question.ask({ fromMs: toMs - spanMs, toMs }, round);
        tookMs.push(clock.nowMs() - startedMs);
      }
      tookMs.sort((a, b) => a - b);
      const at = (share: number): number => tookMs[Math.ceil(share * rounds) - 1]!;
      rows.push([question.name, spanMs / HOUR_MS, at(0.5), at(0.95)]);
    }
  return rows;
}

function bucketOf({ fromMs, toMs }: TimeRange): number {
  return BUCKETS_MS.find((bucketMs) => (toMs - fromMs) / bucketMs <= BUCKETS) ?? BUCKETS_MS.at(-1)!;
}

/** A bucket's beginning, as whoever draws them asks. */
function alignedTo(range: TimeRange): TimeRange {
  const bucketMs = bucketOf(range);
  return { fromMs: Math.floor(range.fromMs / bucketMs) * bucketMs, toMs: range.toMs };
}
