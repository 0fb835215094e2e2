// How long the dashboard's server takes for everything that its page asks, over HTTP. Every round asks of another range, a
// minute earlier, so that no answer is one that was kept.
import type { TimeRange } from '../dashboard/reader.js';
import { bucketsOf } from '../dashboard/view/bucket.js';
import type { Clock } from '../ports.js';
import type { BenchTable } from './bench-report.js';
import type { BigStore } from './big-store.js';
import { THRESHOLD } from './big-store-shape.js';
import type { RunningDashboard } from './dashboard-process.js';
import { percentileOf } from './percentile.js';

interface Question {
  readonly name: string;
  /** Also asked where the range says nothing: once then. */
  readonly isOfRange: boolean;
  path(range: TimeRange, round: number): string;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const MINUTE_MS = 60_000;
/** As many cells as a laptop's window has room for. */
const CELLS = 260;
/** Apart enough that the server does not take it for an attack. */
const APART_MS = 25;

export async function measureAnswers(
  dashboard: RunningDashboard,
  big: BigStore,
  rounds: number,
  clock: Clock,
): Promise<BenchTable> {
  const spansMs = [HOUR_MS, DAY_MS, 7 * DAY_MS, 30 * DAY_MS].filter((ms) => ms <= big.toMs - big.fromMs);
  const rows: (string | number | null)[][] = [];
  for (const question of questionsOf(big))
    for (const spanMs of question.isOfRange ? spansMs : [DAY_MS]) {
      const tookMs: number[] = [];
      let bytes = 0;
      const cpuFromMs = dashboard.cpuMs();
      for (let round = 0; round < rounds; round++) {
        const toMs = big.toMs - round * MINUTE_MS;
        await clock.sleep(APART_MS);
        const startedMs = clock.nowMs();
        const response = await fetch(
          new URL(question.path({ fromMs: toMs - spanMs, toMs }, round), dashboard.url),
        );
        const text = await response.text();
        tookMs.push(clock.nowMs() - startedMs);
        if (!response.ok) throw new Error(`${question.name}: ${response.status} ${text}`);
        bytes = Math.max(bytes, text.length);
      }
      const cpuToMs = dashboard.cpuMs();
      rows.push([
        question.name,
        question.isOfRange ? spanMs / HOUR_MS : null,
        percentileOf(tookMs, 0.5),
        percentileOf(tookMs, 0.95),
        cpuFromMs === null || cpuToMs === null ? null : (cpuToMs - cpuFromMs) / rounds,
        bytes / 1024,
      ]);
    }
  return {
    caption: `Answers of the server, ms, ${rounds} times each`,
    columns: [
      { name: 'asked for', digits: 0 },
      { name: 'range, h', digits: 0 },
      { name: 'p50', digits: 1 },
      { name: 'p95', digits: 1 },
      { name: 'processor', digits: 0 },
      { name: 'most KiB', digits: 0 },
    ],
    rows,
  };
}

function questionsOf({ alertIds, toMs }: BigStore): readonly Question[] {
  const of = ({ fromMs, toMs: endMs }: TimeRange): string => `from=${fromMs}&to=${endMs}`;
  const ranged = (name: string, path: Question['path']): Question => ({ name, isOfRange: true, path });
  const single = (name: string, path: Question['path']): Question => ({ name, isOfRange: false, path });
  const threshold = (round: number): number => THRESHOLD + (round % 9) / 100;
  return [
    single('status', () => 'api/status'),
    ranged('swimlane', (range) => {
      const { fromMs, toMs: endMs, bucketMs } = bucketsOf(range, CELLS);
      return `api/swimlane?${of({ fromMs, toMs: endMs })}&bucket=${bucketMs}`;
    }),
    ranged('incidents', (range) => `api/incidents?${of(range)}`),
    ranged('incidents, searched', (range) => `api/incidents?${of(range)}&q=refused`),
    single('alert', (_, round) => `api/alerts/${alertIds[(round * 7) % alertIds.length]!}`),
    ranged('templates', (range) => `api/templates?${of(range)}`),
    ranged('templates, searched', (range, round) => `api/templates?${of(range)}&q=kind+${round}`),
    ranged('health', (range) => `api/health?${of(range)}`),
    ranged('quality', (range) => `api/quality?${of(range)}`),
    ranged('model', (range) => `api/model?${of(range)}`),
    ranged(
      'threshold preview',
      (range, round) => `api/model/preview?${of(range)}&threshold=${threshold(round)}`,
    ),
    single('threshold preview, the slider of 30 days', (_, round) => {
      const range = { fromMs: toMs - 30 * DAY_MS, toMs };
      return `api/model/preview?${of(range)}&threshold=${threshold(round)}`;
    }),
  ];
}
