// Windows as the dashboard sums them up, in either database: whole hours from the table of hours, what is finer from the
// windows themselves.
import type { DashboardReader, LaneBucket } from '../dashboard/reader.js';
import { readStoredText } from '../store/stored-text.js';
import { HOUR_MS, hourOf } from './hour-sums.js';
import type { LaneRow } from './lane-memory.js';
import { createFineLanes } from './sql-fine-lanes.js';
import { type Sql, THE_ARTIFACT, wholeRange } from './sql.js';

export function createLaneReader(sql: Sql): Pick<DashboardReader, 'swimlane' | 'watermarkMs' | 'sources'> {
  const readFine = createFineLanes(sql);
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
          : ((await sql.read(
              `SELECT source, long_source, (hour - cast($3 AS bigint)) / cast($4 AS bigint), max(max_score),
                cast(sum(windows) AS bigint), cast(sum(alerting) AS bigint), cast(sum(records) AS bigint)
                FROM loghorn.window_hours WHERE artifact_id = ${THE_ARTIFACT} AND hour >= $3 AND hour < $5
                GROUP BY 1, 2, 3`,
              [...idsOf(artifact), fromMs / HOUR_MS, bucketMs / HOUR_MS, hoursUntilMs / HOUR_MS],
            )) as unknown as readonly LaneRow[]);
      if (hoursUntilMs >= toMs) return addBuckets(whole);
      const rest = await readFine(artifact, { fromMs: hoursUntilMs, toMs }, bucketMs);
      const offset = Math.floor((hoursUntilMs - fromMs) / bucketMs);
      return addBuckets([
        ...whole,
        ...rest.map(([key, long, bucket, ...sums]): LaneRow => [key, long, bucket + offset, ...sums]),
      ]);
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

/** By source and bucket. Rows of whole hours and of the piece behind them may lie in the same bucket. */
function addBuckets(rows: readonly LaneRow[]): LaneBucket[] {
  const bySource = new Map<string, Map<number, LaneBucket>>();
  for (const [key, long, bucket, maxScore, windows, alerting, records] of rows) {
    let own = bySource.get(key);
    if (own === undefined) bySource.set(key, (own = new Map<number, LaneBucket>()));
    const known = own.get(bucket);
    own.set(bucket, {
      source: known?.source ?? readStoredText(long ?? key),
      bucket,
      maxScore: Math.max(maxScore, known?.maxScore ?? 0),
      windows: windows + (known?.windows ?? 0),
      alerting: alerting + (known?.alerting ?? 0),
      records: records + (known?.records ?? 0),
    });
  }
  return [...bySource]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .flatMap(([, own]) => [...own.values()].sort((a, b) => a.bucket - b.bucket));
}
