// What people say about alerts and mute, in either database: one table that is only ever added to, so that a number a row is
// a cursor over all of it.
import { randomUUID } from 'node:crypto';
import type { AlertNote, Desk, Silence } from '../desk/desk.js';
import type { Sql, SqlValue } from './sql.js';

const SELECT_SILENCES = `SELECT s.sequence, s.from_ms, s.until_ms, s.entry, l.sequence, l.entry
  FROM loghorn.desk AS s LEFT JOIN loghorn.desk AS l ON l.kind = 'lift' AND l.silence_id = s.sequence
  WHERE s.kind = 'silence'`;

type NoteEntry = Omit<AlertNote, 'sequence'>;
type SilenceEntry = Omit<Silence, 'id' | 'sequence' | 'lifted'>;
type Lift = NonNullable<Silence['lifted']>;

export function createSqlDesk(sql: Sql): Desk {
  /** @param where whether it is written at all @returns its number; undefined where it was not written */
  const add = async (
    kind: 'note' | 'silence' | 'lift',
    columns: readonly [alertId: string | null, silenceId: number | null, from: SqlValue, until: SqlValue],
    entry: NoteEntry | SilenceEntry | Lift,
    where = '',
  ): Promise<number | undefined> => {
    const token = randomUUID();
    await sql.write(
      `INSERT INTO loghorn.desk (sequence, token, kind, alert_id, silence_id, from_ms, until_ms, entry)
        SELECT coalesce((SELECT max(sequence) FROM loghorn.desk), 0) + 1, cast($1 AS text), cast($2 AS text),
          cast($3 AS text), cast($4 AS bigint), cast($5 AS double precision), cast($6 AS double precision),
          cast($7 AS text)
        WHERE true ${where} ON CONFLICT (token) DO NOTHING`,
      [token, kind, ...columns, JSON.stringify(entry)],
    );
    const [row] = await sql.read('SELECT sequence FROM loghorn.desk WHERE token = $1', [token]);
    return row?.[0] as number | undefined;
  };

  const silence = async (id: number): Promise<Silence | undefined> => {
    if (!Number.isSafeInteger(id)) return undefined;
    const [row] = await sql.read(`${SELECT_SILENCES} AND s.sequence = $1`, [id]);
    return row === undefined ? undefined : silenceOf(row);
  };

  return {
    note: async (note) => {
      const sequence = await add('note', [sql.keyOf(note.alertId).key, null, null, null], note);
      return { ...note, sequence: sequence! };
    },
    notes: async ({ alertId, after = 0 }) => {
      const ofAlert = alertId === undefined ? '' : 'AND alert_id = $2';
      const rows = await sql.read(
        `SELECT sequence, entry FROM loghorn.desk WHERE kind = 'note' AND sequence > $1 ${ofAlert} ORDER BY sequence`,
        alertId === undefined ? [after] : [after, sql.keyOf(alertId).key],
      );
      return rows.map(([sequence, entry]) => ({
        ...(JSON.parse(entry as string) as NoteEntry),
        sequence: sequence as number,
      }));
    },
    addSilence: async (given) => {
      const id = await add('silence', [null, null, given.fromMs, given.untilMs], given);
      return { ...given, id: id!, sequence: id! };
    },
    liftSilence: async (id, who, atMs) => {
      const found = await silence(id);
      if (found === undefined || found.lifted !== undefined || found.untilMs <= atMs) return found;
      // two may lift it at once: the first one did
      const isFirst = `AND NOT EXISTS (SELECT 1 FROM loghorn.desk WHERE kind = 'lift' AND silence_id = $4)`;
      await add('lift', [null, id, null, null], { who, atMs }, isFirst);
      return silence(id);
    },
    silences: async ({ activeAtMs }) => {
      const isActive = 'AND s.from_ms <= $1 AND s.until_ms > $1 AND l.sequence IS NULL';
      const rows = await sql.read(
        `${SELECT_SILENCES} ${activeAtMs === undefined ? '' : isActive} ORDER BY s.sequence`,
        activeAtMs === undefined ? [] : [activeAtMs],
      );
      return rows.map(silenceOf);
    },
    close: () => sql.close(),
  };
}

function silenceOf([id, , , entry, liftSequence, lift]: readonly unknown[]): Silence {
  return {
    ...(JSON.parse(entry as string) as SilenceEntry),
    id: id as number,
    sequence: (liftSequence ?? id) as number,
    ...(lift === null ? {} : { lifted: JSON.parse(lift as string) as Lift }),
  };
}
