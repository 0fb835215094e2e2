// How long the store takes for each of the dashboard's questions, in the process that asks: over an hour, a day, a week and all
// of it.
import type { DashboardReader, TemplateSpread, TimeRange } from '../dashboard/reader.js';
import type { Clock } from '../ports.js';
import type { BenchTable } from './bench-report.js';
import type { BigStore } from './big-store.js';
import { percentileOf } from './percentile.js';

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

export async function measureReader(
  reader: DashboardReader,
  big: BigStore,
  rounds: number,
  clock: Clock,
): Promise<BenchTable> {
  return {
    caption: `Questions to the store, ms, ${rounds} times each`,
    columns: [
      { name: 'question', digits: 0 },
      { name: 'range, h', digits: 0 },
      { name: 'p50', digits: 1 },
      { name: 'p95', digits: 1 },
    ],
    rows: await measureAll(questionsOf(reader, big), big, rounds, clock),
  };
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
    { name: 'templates', ask: (range) => reader.templates(artifact, spreadOf(range)) },
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
      rows.push([question.name, spanMs / HOUR_MS, percentileOf(tookMs, 0.5), percentileOf(tookMs, 0.95)]);
    }
  return rows;
}

function bucketOf({ fromMs, toMs }: TimeRange): number {
  return BUCKETS_MS.find((bucketMs) => (toMs - fromMs) / bucketMs <= BUCKETS) ?? BUCKETS_MS.at(-1)!;
}

/** In parts of at least an hour. */
function spreadOf({ fromMs, toMs }: TimeRange): TemplateSpread {
  const hours = Math.ceil((toMs - fromMs) / HOUR_MS);
  const bucketHours = Math.ceil(hours / TREND_PARTS);
  return {
    fromMs: Math.floor(fromMs / HOUR_MS) * HOUR_MS,
    bucketMs: bucketHours * HOUR_MS,
    buckets: Math.ceil(hours / bucketHours),
  };
}

/** A bucket's beginning, as whoever draws them asks. */
function alignedTo(range: TimeRange): TimeRange {
  const bucketMs = bucketOf(range);
  return { fromMs: Math.floor(range.fromMs / bucketMs) * bucketMs, toMs: range.toMs };
}
