// What was committed since somebody last looked, in either database: for pages that stay open.
import type { Cursor, DashboardReader } from '../dashboard/reader.js';
import { readStoredText } from '../store/stored-text.js';
import { alertEventRecordOf, SELECT_EVENTS } from './sql-alerts.js';
import { HOUR_MS } from './hour-sums.js';
import type { Sql } from './sql.js';

/** More are told the next time. */
const MOST_EVENTS = 1000;

export function createChangeReader(sql: Sql): Pick<DashboardReader, 'cursor' | 'changesSince'> {
  const cursor = async (): Promise<Cursor> => {
    const [row] = await sql.read(
      `SELECT coalesce((SELECT max(outbox_pk) FROM loghorn.outbox), 0),
        coalesce((SELECT max(sequence) FROM loghorn.desk), 0), ${sql.windowSequence}`,
    );
    const [alertSequence, noteSequence, windowSequence] = row as [number, number, number];
    return { alertSequence, noteSequence, windowSequence };
  };

  return {
    cursor,
    changesSince: async (since) => {
      // looked at first: what is committed between the two is told twice, and never not at all
      const now = await cursor();
      const events =
        now.alertSequence === since.alertSequence
          ? []
          : (
              await sql.read(`${SELECT_EVENTS} WHERE outbox_pk > $1 ORDER BY outbox_pk LIMIT $2`, [
                since.alertSequence,
                MOST_EVENTS,
              ])
            ).map(alertEventRecordOf);
      const hours =
        now.windowSequence === since.windowSequence
          ? []
          : await sql.read(
              `SELECT source, long_source, min(hour), max(hour) FROM loghorn.window_hours WHERE changed >= $1
                GROUP BY 1, 2 ORDER BY 1`,
              [since.windowSequence],
            );
      return {
        events,
        windows:
          hours.length === 0
            ? undefined
            : {
                sources: hours.map(([key, long]) => readStoredText((long ?? key) as string)),
                fromMs: Math.min(...hours.map((row) => row[2] as number)) * HOUR_MS,
                toMs: (Math.max(...hours.map((row) => row[3] as number)) + 1) * HOUR_MS,
              },
        cursor: { ...now, alertSequence: events.at(-1)?.sequence ?? since.alertSequence },
      };
    },
  };
}
