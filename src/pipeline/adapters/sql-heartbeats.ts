// What consumers tell of themselves, in either database: the newest of each in full, and of each minute the last one for the
// curves, without the long list of sources.
import type { DashboardReader, Heartbeat } from '../dashboard/reader.js';
import { createStageSpans } from './sql-stage-spans.js';
import type { Sql } from './sql.js';

const MINUTE_MS = 60_000;
const KEPT_MS = 30 * 24 * 60 * MINUTE_MS;
const PRUNE_EVERY_MS = 60 * MINUTE_MS;

export function createHeartbeats(
  sql: Sql,
): Pick<DashboardReader, 'heartbeats' | 'lastHeartbeats' | 'beat' | 'stageSpans'> {
  const spans = createStageSpans(sql);
  let prunedAtMs = Number.NEGATIVE_INFINITY;

  return {
    stageSpans: spans.stageSpans,
    heartbeats: async ({ fromMs, toMs }, everyMs = MINUTE_MS) => {
      const rows = await sql.read(
        `SELECT h.beat FROM (SELECT consumer_id, max(minute) AS minute FROM loghorn.heartbeats
            WHERE minute >= $1 AND minute < $2 GROUP BY consumer_id, minute / cast($3 AS bigint)) AS last
          JOIN loghorn.heartbeats AS h ON h.minute = last.minute AND h.consumer_id = last.consumer_id`,
        [
          Math.floor(fromMs / MINUTE_MS),
          Math.ceil(toMs / MINUTE_MS),
          Math.max(1, Math.round(everyMs / MINUTE_MS)),
        ],
      );
      return rows
        .map(([beat]) => JSON.parse(beat as string) as Heartbeat)
        .filter(({ atMs }) => atMs >= fromMs && atMs < toMs)
        .sort((a, b) => a.atMs - b.atMs);
    },

    lastHeartbeats: async (sinceMs) => {
      const rows = await sql.read(
        'SELECT beat FROM loghorn.consumers WHERE at_ms >= $1 ORDER BY at_ms DESC, consumer_id',
        [sinceMs],
      );
      return rows.map(([beat]) => JSON.parse(beat as string) as Heartbeat);
    },

    beat: async ({ added = {}, ...heartbeat }) => {
      const { atMs } = heartbeat;
      const consumerId = sql.keyOf(heartbeat.consumerId).key;
      await sql.write(
        `INSERT INTO loghorn.consumers (consumer_id, at_ms, beat) VALUES ($1, $2, $3)
          ON CONFLICT (consumer_id) DO UPDATE SET at_ms = excluded.at_ms, beat = excluded.beat
          WHERE excluded.at_ms >= consumers.at_ms`,
        [consumerId, atMs, JSON.stringify(heartbeat)],
      );
      await sql.write(
        `INSERT INTO loghorn.heartbeats (minute, consumer_id, beat) VALUES ($1, $2, $3)
          ON CONFLICT (minute, consumer_id) DO UPDATE SET beat = excluded.beat`,
        [Math.floor(atMs / MINUTE_MS), consumerId, JSON.stringify({ ...heartbeat, sources: {} })],
      );
      await spans.add(heartbeat.consumerId, atMs, added);
      if (atMs - prunedAtMs < PRUNE_EVERY_MS) return;
      prunedAtMs = atMs;
      await sql.write('DELETE FROM loghorn.heartbeats WHERE minute < $1', [
        Math.floor((atMs - KEPT_MS) / MINUTE_MS),
      ]);
      await spans.prune(atMs);
      await sql.write('DELETE FROM loghorn.consumers WHERE at_ms < $1', [atMs - KEPT_MS]);
    },
  };
}
