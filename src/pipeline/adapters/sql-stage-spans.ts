// How long stages took, summed up in spans of time as consumers tell it, in either database: of a month a few hundred rows
// are read, and no beat that is not kept is missing in them.
import type { DashboardReader, StageSpan } from '../dashboard/reader.js';
import { addPackedStages, type PackedHistogram } from '../latency/packed-histogram.js';
import type { Sql } from './sql.js';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** Spans, and how long each is kept: a curve has some hundred points. */
const SPANS = [
  { spanMs: 10 * MINUTE_MS, keptMs: 11 * DAY_MS },
  { spanMs: 2 * HOUR_MS, keptMs: 30 * DAY_MS },
] as const;

type Stages = Readonly<Record<string, PackedHistogram>>;

export interface StageSpanTable extends Pick<DashboardReader, 'stageSpans'> {
  /** Of one consumer, which tells one after the other. @param added since it told last */
  add(consumerId: string, atMs: number, added: Stages): Promise<void>;
  prune(nowMs: number): Promise<void>;
}

export function createStageSpans(sql: Sql): StageSpanTable {
  return {
    stageSpans: async ({ fromMs, toMs }, mostMs) => {
      const fitting = SPANS.findLast(({ spanMs }) => spanMs <= mostMs);
      if (fitting === undefined) return [];
      const { spanMs } = fitting;
      const rows = await sql.read(
        'SELECT span, stages FROM loghorn.stage_spans WHERE span_ms = $1 AND span >= $2 AND span < $3 ORDER BY span',
        [spanMs, Math.ceil(fromMs / spanMs), Math.ceil(toMs / spanMs)],
      );
      return rows.map(([span, stages]): StageSpan => ({
        fromMs: (span as number) * spanMs,
        stages: JSON.parse(stages as string) as Stages,
      }));
    },
    add: async (consumerId, atMs, added) => {
      if (Object.keys(added).length === 0) return;
      const key = sql.keyOf(consumerId).key;
      for (const { spanMs } of SPANS) {
        const place = [spanMs, Math.floor(atMs / spanMs), key] as const;
        const [row] = await sql.read(
          'SELECT stages FROM loghorn.stage_spans WHERE span_ms = $1 AND span = $2 AND consumer_id = $3',
          place,
        );
        const known = row === undefined ? {} : (JSON.parse(row[0] as string) as Stages);
        await sql.write(
          `INSERT INTO loghorn.stage_spans (span_ms, span, consumer_id, stages) VALUES ($1, $2, $3, $4)
            ON CONFLICT (span_ms, span, consumer_id) DO UPDATE SET stages = excluded.stages`,
          [...place, JSON.stringify(addPackedStages(known, added))],
        );
      }
    },
    prune: async (nowMs) => {
      for (const { spanMs, keptMs } of SPANS)
        await sql.write('DELETE FROM loghorn.stage_spans WHERE span_ms = $1 AND span < $2', [
          spanMs,
          Math.floor((nowMs - keptMs) / spanMs),
        ]);
    },
  };
}
