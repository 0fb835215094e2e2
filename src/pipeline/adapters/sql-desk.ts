// What people say about alerts and mute, in either database: one table that is only ever added to, so that a number a row is
// a cursor over all of it.
import { randomUUID } from 'node:crypto';
import type { Desk, NewNote, NewSilence, Silence } from '../desk/desk.js';
import type { Sql } from './sql.js';

const SELECT_SILENCES = `SELECT s.sequence, s.from_ms, s.until_ms, s.entry, l.sequence, l.entry
  FROM loghorn.desk AS s LEFT JOIN loghorn.desk AS l ON l.kind = 'lift' AND l.silence_id = s.sequence
  WHERE s.kind = 'silence'`;

type Lift = NonNullable<Silence['lifted']>;

/** A row that is to be. */
interface NewRow {
  readonly kind: 'note' | 'silence' | 'lift';
  readonly alertId?: string;
  readonly silenceId?: number;
  readonly fromMs?: number;
  readonly untilMs?: number;
  readonly entry: NewNote | NewSilence | Lift;
}

// two may lift it at once: the first one did
const IS_FIRST_LIFT = `NOT EXISTS (SELECT 1 FROM loghorn.desk WHERE kind = 'lift' AND silence_id = $4)`;

const INSERT = `INSERT INTO loghorn.desk (sequence, token, kind, alert_id, silence_id, from_ms, until_ms, entry)
  SELECT coalesce((SELECT max(sequence) FROM loghorn.desk), 0) + 1, cast($1 AS text), cast($2 AS text),
    cast($3 AS text), cast($4 AS bigint), cast($5 AS double precision), cast($6 AS double precision), cast($7 AS text)
  WHERE cast($2 AS text) <> 'lift' OR ${IS_FIRST_LIFT} ON CONFLICT (token) DO NOTHING`;

export function createSqlDesk(sql: Sql): Desk {
  /** @returns their numbers by position; none of a lift that another one came before */
  const add = async (rows: readonly NewRow[]): Promise<readonly (number | undefined)[]> => {
    if (rows.length === 0) return [];
    const tokens = rows.map(() => randomUUID());
    await sql.writeAll(
      rows.map(({ kind, alertId, silenceId, fromMs, untilMs, entry }, at) => {
        const key = alertId === undefined ? null : sql.keyOf(alertId).key;
        const columns = [kind, key, silenceId ?? null, fromMs ?? null, untilMs ?? null];
        return { text: INSERT, values: [tokens[at]!, ...columns, JSON.stringify(entry)] };
      }),
    );
    const places = tokens.map((_, at) => `$${at + 1}`).join(', ');
    const written = await sql.read(
      `SELECT token, sequence FROM loghorn.desk WHERE token IN (${places})`,
      tokens,
    );
    const sequences = new Map(written as [string, number][]);
    return tokens.map((token) => sequences.get(token));
  };

  const silencesOf = async (ids: readonly number[]): Promise<readonly Silence[]> => {
    const known = ids.filter((id) => Number.isSafeInteger(id));
    if (known.length === 0) return [];
    const places = known.map((_, at) => `$${at + 1}`).join(', ');
    const rows = await sql.read(`${SELECT_SILENCES} AND s.sequence IN (${places})`, known);
    const byId = new Map(rows.map(silenceOf).map((silence) => [silence.id, silence]));
    return known.flatMap((id) => byId.get(id) ?? []);
  };

  const noteAll: Desk['noteAll'] = async (notes) => {
    const sequences = await add(notes.map((entry) => ({ kind: 'note', alertId: entry.alertId, entry })));
    return notes.map((note, at) => ({ ...note, sequence: sequences[at]! }));
  };
  const addSilences: Desk['addSilences'] = async (silences) => {
    const ids = await add(
      silences.map((entry) => {
        const { fromMs, untilMs } = entry;
        return { kind: 'silence', fromMs, untilMs, entry };
      }),
    );
    return silences.map((silence, at) => ({ ...silence, id: ids[at]!, sequence: ids[at]! }));
  };
  const liftSilences: Desk['liftSilences'] = async (ids, who, atMs) => {
    const found = await silencesOf(ids);
    const due = found.filter(({ lifted, untilMs }) => lifted === undefined && untilMs > atMs);
    await add(due.map(({ id }) => ({ kind: 'lift', silenceId: id, entry: { who, atMs } })));
    return due.length === 0 ? found : await silencesOf(ids);
  };

  return {
    noteAll,
    note: async (note) => (await noteAll([note]))[0]!,
    notes: async ({ alertId, after = 0 }) => {
      const ofAlert = alertId === undefined ? '' : 'AND alert_id = $2';
      const rows = await sql.read(
        `SELECT sequence, entry FROM loghorn.desk WHERE kind = 'note' AND sequence > $1 ${ofAlert} ORDER BY sequence`,
        alertId === undefined ? [after] : [after, sql.keyOf(alertId).key],
      );
      return rows.map(([sequence, entry]) => ({
        ...(JSON.parse(entry as string) as NewNote),
        sequence: sequence as number,
      }));
    },
    addSilences,
    addSilence: async (silence) => (await addSilences([silence]))[0]!,
    liftSilences,
    liftSilence: async (id, who, atMs) => (await liftSilences([id], who, atMs))[0],
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
    ...(JSON.parse(entry as string) as NewSilence),
    id: id as number,
    sequence: (liftSequence ?? id) as number,
    ...(lift === null ? {} : { lifted: JSON.parse(lift as string) as Lift }),
  };
}
