// The SQL of retention, said once for both databases: written as PostgreSQL has it (`loghorn.table`, `$1`). Rows are picked
// through an index, a bounded number at a time, and deleted by where they lie.
import type { Prunable } from '../retention/prune.js';
import type { Sql } from './sql.js';

interface Table {
  readonly table: string;
  /** Its primary key, for SQLite, where it has no other name for a row. */
  readonly key: string;
  /** Of the table `t`; the last parameter is how many. */
  readonly rows: string;
}

const IS_OVER = `NOT EXISTS (SELECT 1 FROM loghorn.alerts AS a
  WHERE a.alert_id = t.alert_id AND (a.is_open OR a.until_ms >= $2))`;

/** Of an alert. */
const isSpokenOf = (alertId: string): string =>
  `EXISTS (SELECT 1 FROM loghorn.desk AS d WHERE d.kind = 'note' AND d.alert_id = ${alertId})`;

/** Sums are of all streams of an artifact: they go once none that is read would still add to them. */
const OTHERS_ARE_AS_FAR = `NOT EXISTS (SELECT 1 FROM loghorn.streams AS s
  LEFT JOIN loghorn.retention AS r ON r.stream_pk = s.stream_pk
  WHERE s.artifact_id = $1 AND s.stream_pk <> $3 AND s.commit_time_ms >= $4
    AND EXISTS (SELECT 1 FROM loghorn.sources AS o WHERE o.stream_pk = s.stream_pk)
    AND (r.before_ms IS NULL OR r.before_ms < $5))`;

const TABLES: Readonly<Record<Prunable, Table>> = {
  windows: {
    table: 'windows',
    key: 'rowid',
    rows: `t.artifact_id = $1 AND t.source = $2 AND t.start_ms >= $3 AND t.start_ms < $4
      AND ($5 = 0 OR t.stream_pk = $5) ORDER BY t.start_ms LIMIT $6`,
  },
  evidence: {
    table: 'alert_lines',
    key: 'rowid',
    rows: `t.stream_pk = $1 AND ${IS_OVER} AND NOT ${isSpokenOf('t.alert_id')} LIMIT $3`,
  },
  deliveries: {
    table: 'deliveries',
    key: 'outbox_pk, sink',
    rows: `t.stream_pk = $1 AND t.is_settled AND t.changed_time_ms < $2 AND ${IS_OVER}
      AND NOT EXISTS (SELECT 1 FROM loghorn.deliveries AS u WHERE u.alert_id = t.alert_id AND NOT u.is_settled)
      LIMIT $3`,
  },
  deadLetters: {
    table: 'dead_letters',
    key: 'stream_pk, reason, slot',
    rows: 't.stream_pk = $1 AND t.ingest_time_ms < $2 LIMIT $3',
  },
  hours: {
    table: 'window_hours',
    key: 'artifact_id, hour, source',
    rows: `t.artifact_id = $1 AND t.hour < $2 AND ${OTHERS_ARE_AS_FAR} LIMIT $6`,
  },
  templateDays: {
    table: 'template_days',
    key: 'artifact_id, day, template_pk',
    rows: `t.artifact_id = $1 AND t.day < $2 AND ${OTHERS_ARE_AS_FAR} LIMIT $6`,
  },
};

export function pruneText(of: Prunable, kind: Sql['kind']): string {
  const { table, key, rows } = TABLES[of];
  const from = `FROM loghorn.${table} AS t WHERE ${rows}`;
  return kind === 'postgres'
    ? `DELETE FROM loghorn.${table} WHERE ctid = ANY (ARRAY (SELECT t.ctid ${from}))`
    : `DELETE FROM loghorn.${table} WHERE (${key}) IN (SELECT ${key} ${from})`;
}

/** Whether there is anything to delete, with the same parameters. */
export function peekText(of: Prunable): string {
  const { table, rows } = TABLES[of];
  return `SELECT 1 FROM loghorn.${table} AS t WHERE ${rows}`;
}

const COLUMNS: Readonly<Record<Prunable, string>> = {
  windows: 'windows',
  evidence: 'evidence',
  deliveries: 'deliveries',
  deadLetters: 'dead_letters',
  hours: 'hours',
  templateDays: 'template_days',
};

/** Stream, how long is kept, before when is deleted, and how many rows were. */
export function noteText(of: Prunable): string {
  const column = COLUMNS[of];
  return `INSERT INTO loghorn.retention AS r (stream_pk, keep_ms, before_ms, ${column}) VALUES ($1, $2, $3, $4)
    ON CONFLICT (stream_pk) DO UPDATE SET keep_ms = excluded.keep_ms,
      before_ms = CASE WHEN excluded.before_ms > r.before_ms THEN excluded.before_ms ELSE r.before_ms END,
      ${column} = r.${column} + excluded.${column}`;
}

/** Of an artifact and of all that read a stream of its own: an alert goes on under another one than it is stored under. */
export const KEPT_ALERTS = `SELECT a.last_event, a.is_open
  FROM loghorn.alerts AS a JOIN loghorn.streams AS s ON s.stream_pk = a.stream_pk
  WHERE s.artifact_id IN (SELECT t.artifact_id FROM loghorn.streams AS t
      JOIN loghorn.streams AS o ON o.stream_id = t.stream_id WHERE o.artifact_id = $1)
    AND a.since_ms < $2 AND (a.is_open OR ${isSpokenOf('a.alert_id')})`;

/** Of the stream `s`: another artifact took its place for good, and nothing is written to it. */
const IS_RETIRED = `s.lane LIKE '%"role":"retired"%'`;

/** Those that nobody wrote to since $1, and of the stream $2 those that others took the place of. */
export const LEFT_LANES = `SELECT s.stream_pk, s.artifact_id, s.stream_id, a.name, a.version
  FROM loghorn.streams AS s JOIN loghorn.artifacts AS a ON a.artifact_id = s.artifact_id
  WHERE s.stream_pk <> $2 AND (s.commit_time_ms < $1 OR (${IS_RETIRED}
    AND s.stream_id = (SELECT o.stream_id FROM loghorn.streams AS o WHERE o.stream_pk = $2)))
  ORDER BY s.stream_pk`;

export const IS_LEFT = `SELECT s.stream_pk, s.artifact_id FROM loghorn.streams AS s
  JOIN loghorn.artifacts AS a ON a.artifact_id = s.artifact_id
  WHERE s.stream_id = $1 AND a.name = $2 AND a.version = $3 AND (s.commit_time_ms < $4 OR ${IS_RETIRED})`;

export function sourcesText(kind: Sql['kind']): string {
  const source = kind === 'postgres' ? 'coalesce(long_source, source)' : 'source';
  return `SELECT ${source} FROM loghorn.sources WHERE stream_pk = $1 ORDER BY 1`;
}

/** Of an artifact, by how many rows went: those of all its streams. */
export const RETAINED = `SELECT keep_ms, before_ms, r.windows, r.evidence, r.deliveries, r.dead_letters, r.hours,
    r.template_days
  FROM loghorn.retention AS r JOIN loghorn.streams AS s ON s.stream_pk = r.stream_pk WHERE s.artifact_id = $1
  ORDER BY before_ms`;
