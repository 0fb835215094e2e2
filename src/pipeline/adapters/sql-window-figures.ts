// Windows without their features, in either database, to be handed on by the million: source by source and day by day.
import type { DashboardReader, WindowFigures } from '../dashboard/reader.js';
import { readStoredText } from '../store/stored-text.js';
import { HOUR_MS, hourOf } from './hour-sums.js';
import { type Sql, THE_ARTIFACT, wholeRange } from './sql.js';

/** Windows of one source that are read at a time: a day of half minutes is 2,880 of them, some milliseconds. */
const PART_MS = 24 * HOUR_MS;

export function createWindowFigureReader(sql: Sql): Pick<DashboardReader, 'windowFigures'> {
  return {
    async *windowFigures(artifact, range, wanted) {
      const [fromMs, toMs] = wholeRange(range);
      const ids = [sql.keyOf(artifact.name).key, artifact.version];
      const ofSource = wanted === undefined ? '' : 'AND source = $5';
      const sources = await sql.read(
        `SELECT source, min(long_source), min(hour), max(hour) FROM loghorn.window_hours
          WHERE artifact_id = ${THE_ARTIFACT} AND hour >= $3 AND hour < $4 ${ofSource}
          GROUP BY source ORDER BY source`,
        [
          ...ids,
          hourOf(fromMs),
          Math.ceil(toMs / HOUR_MS),
          ...(wanted === undefined ? [] : [sql.keyOf(wanted).key]),
        ],
      );
      for (const [key, long, firstHour, lastHour] of sources as [string, string | null, number, number][]) {
        const source = readStoredText(long ?? key);
        const endMs = Math.min(toMs, (lastHour + 1) * HOUR_MS);
        for (let atMs = Math.max(fromMs, firstHour * HOUR_MS); atMs < endMs; atMs += PART_MS) {
          const rows = await sql.read(
            `SELECT start_ms, end_ms, records, score, threshold, alert,
                (SELECT stream_id FROM loghorn.streams WHERE streams.stream_pk = windows.stream_pk)
              FROM loghorn.windows
              WHERE artifact_id = ${THE_ARTIFACT} AND source = $3 AND start_ms >= $4 AND start_ms < $5
              ORDER BY start_ms`,
            [...ids, key, atMs, Math.min(endMs, atMs + PART_MS)],
          );
          yield rows.map((row): WindowFigures => {
            const [startMs, rowEndMs, records, score, threshold, alert, streamId] = row as [
              number,
              number,
              number,
              number,
              number,
              number | boolean,
              string,
            ];
            return {
              source,
              streamId: readStoredText(streamId),
              startMs,
              endMs: rowEndMs,
              records,
              score,
              threshold,
              alert: Boolean(alert),
            };
          });
        }
      }
    },
  };
}
