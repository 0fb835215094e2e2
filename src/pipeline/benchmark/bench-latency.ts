// How soon: open-loop loads at given rates through a real broker and a consumer, each a process of its own, and how long
// every stage of the way took.
import { join } from 'node:path';
import { findFreeRow } from '../kafka-broker/free-ports.js';
import { STAGE_WORDS } from '../latency/latency-table.js';
import type { Clock } from '../ports.js';
import { type Stage, STAGES } from '../latency/stages.js';
import type { Durations, StageReport } from '../latency/telemetry.js';
import { areReady, readMetric } from './ask-health.js';
import { type BenchPlace, openBenchPlace, topicAddress } from './bench-place.js';
import type { BenchReport, BenchTable } from './bench-report.js';
import { latencyPlot } from './latency-plot.js';
import { runCommand, startCommand } from './run-cli.js';

export interface BenchLatencyOptions {
  /** Records a second, one run each. */
  readonly rates: readonly number[];
  /** Of each run. */
  readonly seconds: number;
  readonly partitions: number;
  readonly seed: string;
  readonly clock: Clock;
  readonly say: (sentence: string) => void;
}

interface LatencyRun {
  readonly rate: number;
  /** Acknowledged records a second. */
  readonly sentPerSecond: number;
  readonly sent: number;
  readonly scored: number;
  /** Of one core, while records were sent. */
  readonly cpuShare: number;
  /** From the intended moment of each record to its acknowledgement. */
  readonly sendMs: Omit<Durations, 'count'>;
  readonly stages: StageReport;
}

/** Of several producers together; quantiles are of the slowest. */
interface ProduceResult {
  readonly acknowledged: number;
  readonly seconds: number;
  readonly ratePerSecond: number;
  readonly latencyMs: Omit<Durations, 'count'>;
}

interface ConsumeResult {
  readonly records: { readonly scored: number };
  readonly latencyMs: StageReport;
}

const LOOK_EVERY_MS = 100;
/** Simulating the shop takes most of a producer's core: from here on one alone would be late. */
const MOST_PER_PRODUCER = 25_000;
/** For the last windows that can close to close, be stored and told. */
const FINISH_MS = 2000;

export async function benchLatency(
  options: BenchLatencyOptions,
): Promise<{ readonly report: BenchReport; readonly plot: string }> {
  const { rates, seconds, partitions, say } = options;
  const place = await openBenchPlace(options);
  try {
    const runs: LatencyRun[] = [];
    for (const rate of rates) {
      say(`${rate} records a second for ${seconds} s`);
      runs.push(await runAt(rate, place, options));
    }
    return {
      report: {
        title: 'How soon, stage by stage',
        tables: [loadTable(runs, options), ...runs.map(stageTable)],
        notes: [
          `Open loop: every record has its moment, and one that is sent late has waited. Producer, broker and consumer are processes of their own on one machine, ${partitions} partitions, results into SQLite. Node ${process.versions.node}.`,
          'All clocks are one machine’s clock; the broker’s has whole milliseconds, and event times too.',
          'End of window → window closes is the lateness that is allowed for, 5 s, and then the way of the record that closes it.',
        ],
      },
      plot: latencyPlot(
        rates.map((rate) => `${rate.toLocaleString('en-US')}/s`),
        STAGES.flatMap((stage) => {
          const times = runs.map(({ stages }) => stages[stage]);
          return times.some((each) => each !== undefined) ? [{ name: STAGE_WORDS[stage], times }] : [];
        }),
      ),
    };
  } finally {
    await place.close();
  }
}

async function runAt(rate: number, place: BenchPlace, options: BenchLatencyOptions): Promise<LatencyRun> {
  const { partitions, clock } = options;
  const client = await place.makeTopic(`latency-${rate}`, partitions);
  const address = topicAddress(client);
  const port = await findFreeRow(1);
  const consumer = startCommand('consume', {
    from: address,
    model: place.model,
    store: `sqlite:${join(place.folder, `latency-${rate}.db`)}`,
    group: `bench-${rate}`,
    'health-port': port,
    json: true,
  });
  try {
    const failed = consumer.result.then(() => {
      throw new Error('the consumer ended before it was stopped');
    });
    const measured = async (): Promise<readonly [ProduceResult, number]> => {
      while (!(await areReady([port]))) await clock.sleep(LOOK_EVERY_MS);
      const cpuSeconds = async (): Promise<number> =>
        (await readMetric([port], 'process_cpu_seconds_total'))[0]!;
      const before = await cpuSeconds();
      const produced = await produceAt(rate, address, options);
      const cpuShare = ((await cpuSeconds()) - before) / produced.seconds;
      await clock.sleep(FINISH_MS);
      return [produced, cpuShare];
    };
    const [produced, cpuShare] = await Promise.race([measured(), failed]);
    consumer.stop();
    const consumed = (await consumer.result) as ConsumeResult;
    return {
      rate,
      sentPerSecond: produced.ratePerSecond,
      sent: produced.acknowledged,
      scored: consumed.records.scored,
      cpuShare,
      sendMs: produced.latencyMs,
      stages: consumed.latencyMs,
    };
  } finally {
    consumer.stop();
  }
}

/** From as many producers as it takes, each with its share. */
async function produceAt(
  rate: number,
  address: string,
  { seconds, seed }: BenchLatencyOptions,
): Promise<ProduceResult> {
  const producers = Math.ceil(rate / MOST_PER_PRODUCER);
  const all = await Promise.all(
    Array.from({ length: producers }, async (_, index) => {
      const load = { rate: `${rate / producers}/s`, for: `${seconds}s`, 'anomalies-per-hour': 0 };
      const own = { seed: `${seed}-${index}` };
      return (await runCommand('produce', { to: address, ...load, ...own })) as ProduceResult;
    }),
  );
  const slowest = all.reduce((a, b) => (a.latencyMs.p99 >= b.latencyMs.p99 ? a : b));
  return {
    acknowledged: all.reduce((sum, { acknowledged }) => sum + acknowledged, 0),
    seconds: Math.max(...all.map((each) => each.seconds)),
    ratePerSecond: all.reduce((sum, { ratePerSecond }) => sum + ratePerSecond, 0),
    latencyMs: slowest.latencyMs,
  };
}

function loadTable(runs: readonly LatencyRun[], { seconds }: BenchLatencyOptions): BenchTable {
  const names = ['asked for, /s', 'sent, /s', 'sent', 'scored'].map((name) => ({ name, digits: 0 }));
  const times = [
    'sent p50, ms',
    'p99, ms',
    'consumer, cores',
    'logged → scored p50, ms',
    'p95',
    'p99',
    'max',
  ];
  return {
    caption: `Loads of ${seconds} s each. Sent p50, p99: from a record’s moment to its acknowledgement by the broker, of the slowest producer.`,
    columns: [...names, ...times.map((name) => ({ name, digits: name === 'consumer, cores' ? 2 : 1 }))],
    rows: runs.map(({ rate, sentPerSecond, sent, scored, cpuShare, sendMs, stages }) => {
      const { p50, p95, p99, max } = stages.eventToScored ?? { p50: null, p95: null, p99: null, max: null };
      return [rate, sentPerSecond, sent, scored, sendMs.p50, sendMs.p99, cpuShare, p50, p95, p99, max];
    }),
  };
}

function stageTable({ rate, stages }: LatencyRun): BenchTable {
  const digits = { count: 0, p50: 2, p95: 2, p99: 2, max: 1, skew: 0, 'largest skew': 1 };
  return {
    caption: `${rate.toLocaleString('en-US')} records a second: milliseconds of each stage. Skew: durations below zero, which are in no other column.`,
    columns: [
      { name: 'stage', digits: 0 },
      ...Object.entries(digits).map(([name, each]) => ({ name, digits: each })),
    ],
    rows: (Object.entries(stages) as [Stage, NonNullable<StageReport[Stage]>][]).map(([stage, times]) => [
      STAGE_WORDS[stage],
      times.count,
      times.p50,
      times.p95,
      times.p99,
      times.max,
      times.skew?.count ?? null,
      times.skew?.max ?? null,
    ]),
  };
}
