// Windows as the dashboard sums them up, in either database: whole hours from the table of hours, what is finer from an
// index that holds all it asks for.
import type { DashboardReader, LaneBucket } from '../dashboard/reader.js';
import { readStoredText } from '../store/stored-text.js';
import { HOUR_MS, hourOf } from './hour-sums.js';
import { type Sql, type SqlRows, THE_ARTIFACT, wholeRange } from './sql.js';

/** Windows of one source that are read at a time: seven days of half minutes are some 20,000. */
const PART_MS = 7 * 24 * HOUR_MS;

export function createLaneReader(
  sql: Sql,
): Pick<DashboardReader, 'swimlane' | 'scores' | 'watermarkMs' | 'sources'> {
  const idsOf = ({ name, version }: Parameters<DashboardReader['sources']>[0]): [string, string] => [
    sql.keyOf(name).key,
    version,
  ];

  return {
    swimlane: async (artifact, range, bucketMs) => {
      const [fromMs, toMs] = wholeRange(range);
      const isInHours = fromMs % HOUR_MS === 0 && bucketMs % HOUR_MS === 0;
      const hoursUntilMs = isInHours ? Math.max(fromMs, hourOf(toMs) * HOUR_MS) : fromMs;
      const whole =
        hoursUntilMs === fromMs
          ? []
          : await sql.read(
              `SELECT source, long_source, (hour - cast($3 AS bigint)) / cast($4 AS bigint), max(max_score),
                cast(sum(windows) AS bigint), cast(sum(alerting) AS bigint), cast(sum(records) AS bigint)
                FROM loghorn.window_hours WHERE artifact_id = ${THE_ARTIFACT} AND hour >= $3 AND hour < $5
                GROUP BY 1, 2, 3 ORDER BY 1, 3`,
              [...idsOf(artifact), fromMs / HOUR_MS, bucketMs / HOUR_MS, hoursUntilMs / HOUR_MS],
            );
      const rest =
        hoursUntilMs >= toMs
          ? []
          : await sql.read(
              `SELECT s.source, s.long_source, (start_ms - cast($3 AS bigint)) / cast($4 AS bigint), max(score),
                count(*), count(*) FILTER (WHERE alert), cast(sum(records) AS bigint)
                FROM (SELECT DISTINCT source, long_source FROM loghorn.window_hours
                  WHERE artifact_id = ${THE_ARTIFACT} AND hour >= $5 AND hour < $6) AS s
                CROSS JOIN loghorn.windows AS w
                WHERE w.artifact_id = ${THE_ARTIFACT} AND w.source = s.source AND start_ms >= $7 AND start_ms < $8
                GROUP BY 1, 2, 3 ORDER BY 1, 3`,
              [
                ...idsOf(artifact),
                fromMs,
                bucketMs,
                hourOf(hoursUntilMs),
                Math.ceil(toMs / HOUR_MS),
                hoursUntilMs,
                toMs,
              ],
            );
      return addBuckets(whole, rest);
    },

    async *scores(artifact, range, atLeast = 0) {
      const [fromMs, toMs] = wholeRange(range);
      const hours = await sql.read(
        `SELECT source, long_source, hour FROM loghorn.window_hours
          WHERE artifact_id = ${THE_ARTIFACT} AND hour >= $3 AND hour < $4 AND max_score >= $5 ORDER BY source, hour`,
        [...idsOf(artifact), hourOf(fromMs), Math.ceil(toMs / HOUR_MS), atLeast],
      );
      for (const { key, long, beginMs, endMs } of stretchesOf(hours)) {
        const rows = await sql.read(
          `SELECT start_ms, score FROM loghorn.windows
            WHERE artifact_id = ${THE_ARTIFACT} AND source = $3 AND start_ms >= $4 AND start_ms < $5 AND score >= $6
            ORDER BY start_ms`,
          [...idsOf(artifact), key, Math.max(beginMs, fromMs), Math.min(endMs, toMs), atLeast],
        );
        const source = readStoredText(long ?? key);
        yield rows.map(([startMs, score]) => ({
          source,
          startMs: startMs as number,
          score: score as number,
        }));
      }
    },

    watermarkMs: async (artifact) => {
      const rows = await sql.read(
        `SELECT end_ms FROM loghorn.windows WHERE artifact_id = ${THE_ARTIFACT} ORDER BY start_ms DESC LIMIT 1`,
        idsOf(artifact),
      );
      return rows[0]?.[0] as number | undefined;
    },

    sources: async (artifact) => {
      const rows = await sql.read(
        `SELECT DISTINCT source, long_source FROM loghorn.window_hours WHERE artifact_id = ${THE_ARTIFACT} ORDER BY 1`,
        idsOf(artifact),
      );
      return rows.map(([key, long]) => readStoredText((long ?? key) as string));
    },
  };
}

/** Rows of whole hours and of the piece behind them, which may lie in the same bucket. */
function addBuckets(whole: SqlRows, rest: SqlRows): LaneBucket[] {
  const buckets = new Map<string, LaneBucket>();
  for (const row of [...whole, ...rest]) {
    const [key, long, bucket, maxScore, windows, alerting, records] = row as [
      string,
      string | null,
      ...number[],
    ];
    const id = `${bucket} ${key}`;
    const known = buckets.get(id);
    buckets.set(id, {
      source: known?.source ?? readStoredText(long ?? key),
      bucket: bucket!,
      maxScore: Math.max(maxScore!, known?.maxScore ?? 0),
      windows: windows! + (known?.windows ?? 0),
      alerting: alerting! + (known?.alerting ?? 0),
      records: records! + (known?.records ?? 0),
    });
  }
  const found = [...buckets.values()];
  return rest.length === 0
    ? found
    : found.sort((a, b) => (a.source < b.source ? -1 : a.source > b.source ? 1 : a.bucket - b.bucket));
}

interface Stretch {
  readonly key: string;
  readonly long: string | null;
  readonly beginMs: number;
  readonly endMs: number;
}

/** Hours of a source that follow on one another, in parts. */
function stretchesOf(hours: SqlRows): Stretch[] {
  const stretches: Stretch[] = [];
  for (const row of hours) {
    const [key, long, hour] = row as [string, string | null, number];
    const beginMs = hour * HOUR_MS;
    const endMs = beginMs + HOUR_MS;
    const last = stretches.at(-1);
    if (last?.key === key && last.endMs === beginMs && endMs - last.beginMs <= PART_MS)
      stretches[stretches.length - 1] = { ...last, endMs };
    else stretches.push({ key, long, beginMs, endMs });
  }
  return stretches;
}
