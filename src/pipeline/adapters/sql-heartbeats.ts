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
  const lastOfParts = lastOfPartsIn(sql.kind);
  let prunedAtMs = Number.NEGATIVE_INFINITY;

  return {
    stageSpans: spans.stageSpans,
    heartbeats: async ({ fromMs, toMs }, everyMs = MINUTE_MS) => {
      const [fromMinute, toMinute] = [Math.floor(fromMs / MINUTE_MS), Math.ceil(toMs / MINUTE_MS)];
      const everyMinutes = Math.max(1, Math.round(everyMs / MINUTE_MS));
      const rows =
        everyMinutes === 1
          ? await sql.read('SELECT beat FROM loghorn.heartbeats WHERE minute >= $1 AND minute < $2', [
              fromMinute,
              toMinute,
            ])
          : await sql.read(lastOfParts, [fromMinute, toMinute, everyMinutes]);
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

/**
 * The last beat of each consumer in each part: sought from the part's end for those that lived then, so that beats that are
 * not asked for stay unread. Parameters: first minute, the one behind the last, and minutes of a part.
 */
function lastOfPartsIn(kind: Sql['kind']): string {
  const startedMs =
    kind === 'sqlite'
      ? "json_extract(beat, '$.startedMs')"
      : // its own JSON functions refuse text that has a null character in it
        `cast(substring(beat FROM '[{,]"startedMs":([-0-9.]+)') AS double precision)`;
  const [beginMinute, behindMinute] = ['number * cast($3 AS bigint)', '(number + 1) * cast($3 AS bigint)'];
  const isAsked = 'minute >= $1 AND minute < $2';
  return `WITH RECURSIVE
    kept AS (SELECT (SELECT min(minute) FROM loghorn.heartbeats WHERE ${isAsked}) AS first,
      (SELECT max(minute) FROM loghorn.heartbeats WHERE ${isAsked}) AS last),
    part AS (SELECT first / cast($3 AS bigint) AS number, last FROM kept WHERE first IS NOT NULL
      UNION ALL SELECT number + 1, last FROM part WHERE ${behindMinute} <= last),
    life AS (SELECT consumer_id, ${startedMs} / ${MINUTE_MS} AS first, at_ms / ${MINUTE_MS} AS last
      FROM loghorn.consumers)
    SELECT told.beat FROM life CROSS JOIN part CROSS JOIN loghorn.heartbeats AS told
    WHERE life.first < ${behindMinute} AND life.last >= ${beginMinute}
      AND told.consumer_id = life.consumer_id AND told.minute >= $1 AND told.minute = (
        SELECT max(minute) FROM loghorn.heartbeats AS sought
        WHERE sought.consumer_id = life.consumer_id AND minute >= ${beginMinute}
          AND minute < CASE WHEN ${behindMinute} < $2 THEN ${behindMinute} ELSE $2 END)`;
}
