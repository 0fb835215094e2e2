// Scores of windows, in either database, read source by source and only where the sums of hours say that there are any.
import type { Explanation } from '../../core/alert.js';
import type { DashboardReader, WindowReasons } from '../dashboard/reader.js';
import { readStoredText } from '../store/stored-text.js';
import { HOUR_MS, hourOf } from './hour-sums.js';
import { type Sql, type SqlRows, THE_ARTIFACT, wholeRange } from './sql.js';

/** Windows of one source that are read at a time: seven days of half minutes are some 20,000. */
const PART_MS = 7 * 24 * HOUR_MS;

export function createScoreReader(sql: Sql): Pick<DashboardReader, 'scores' | 'reasons'> {
  // as its partial index has it
  const isAlerting = sql.kind === 'sqlite' ? 'w.alert = 1' : 'w.alert';
  return {
    async *scores(artifact, range, atLeast = 0, peakAtLeast = atLeast) {
      const [fromMs, toMs] = wholeRange(range);
      const ids = [sql.keyOf(artifact.name).key, artifact.version];
      const hours = await sql.read(
        `SELECT source, long_source, hour FROM loghorn.window_hours AS h
          WHERE artifact_id = ${THE_ARTIFACT} AND hour >= $3 AND hour < $4 AND max_score >= $5
            AND (max_score >= $6 OR EXISTS (SELECT 1 FROM loghorn.window_hours AS before
              WHERE before.artifact_id = h.artifact_id AND before.hour = h.hour - 1 AND before.source = h.source
                AND before.max_score >= $6))
          ORDER BY source, hour`,
        [...ids, hourOf(fromMs), Math.ceil(toMs / HOUR_MS), atLeast, peakAtLeast],
      );
      for (const { key, long, beginMs, endMs } of stretchesOf(hours)) {
        const rows = await sql.read(
          `SELECT start_ms, score FROM loghorn.windows
            WHERE artifact_id = ${THE_ARTIFACT} AND source = $3 AND start_ms >= $4 AND start_ms < $5 AND score >= $6
            ORDER BY start_ms`,
          [...ids, key, Math.max(beginMs, fromMs), Math.min(endMs, toMs), atLeast],
        );
        const source = readStoredText(long ?? key);
        yield rows.map(([startMs, score]) => ({
          source,
          startMs: startMs as number,
          score: score as number,
        }));
      }
    },

    reasons: async (artifact, range) => {
      const [fromMs, toMs] = wholeRange(range);
      const rows = await sql.read(
        `SELECT w.source, s.long_source, w.start_ms, w.explanation FROM loghorn.windows AS w
          CROSS JOIN (SELECT DISTINCT source, long_source FROM loghorn.window_hours
            WHERE artifact_id = ${THE_ARTIFACT} AND hour >= $3 AND hour < $4 AND alerting > 0) AS s
          WHERE w.artifact_id = ${THE_ARTIFACT} AND w.start_ms >= $5 AND w.start_ms < $6 AND ${isAlerting}
            AND w.explanation IS NOT NULL AND s.source = w.source
          ORDER BY w.start_ms`,
        [
          sql.keyOf(artifact.name).key,
          artifact.version,
          hourOf(fromMs),
          Math.ceil(toMs / HOUR_MS),
          fromMs,
          toMs,
        ],
      );
      return rows.map(([key, long, startMs, explanation]): WindowReasons => ({
        source: readStoredText((long ?? key) as string),
        startMs: startMs as number,
        explanation: JSON.parse(explanation as string) as Explanation,
      }));
    },
  };
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
