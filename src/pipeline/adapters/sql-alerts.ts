// Alerts as the dashboard lists and opens them, in either database.
import type { AlertEvent } from '../../core/alert-event.js';
import type { AlertEventRecord, AlertRecord, DashboardReader } from '../dashboard/reader.js';
import type { AlertLines } from '../evidence/alert-lines.js';
import { readStoredText } from '../store/stored-text.js';
import { type Sql, type SqlValue, THE_ARTIFACT, wholeRange } from './sql.js';

const SELECT_ALERTS = `SELECT name, version, stream_id, is_open, last_event, explained_event
  FROM loghorn.alerts JOIN loghorn.streams USING (stream_pk) JOIN loghorn.artifacts USING (artifact_id)`;

export const SELECT_EVENTS = `SELECT outbox_pk, name, version, event, o.commit_time_ms
  FROM loghorn.outbox AS o JOIN loghorn.streams USING (stream_pk) JOIN loghorn.artifacts USING (artifact_id)`;

const DEFAULT_LIMIT = 1000;

export function createAlertReader(
  sql: Sql,
): Pick<DashboardReader, 'alerts' | 'alert' | 'linesOf' | 'eventsOf'> {
  return {
    alerts: async ({ artifact, source, limit = DEFAULT_LIMIT, ...range }) => {
      const [fromMs, toMs] = wholeRange(range);
      // every condition holds the same parameters, given or not, so that their numbers stay
      const values: SqlValue[] = [
        sql.keyOf(artifact?.name ?? '').key,
        artifact?.version ?? '',
        sql.keyOf(source ?? '').key,
        fromMs,
        toMs,
        limit,
      ];
      const rows = await sql.read(
        `${SELECT_ALERTS} WHERE ${artifact === undefined ? 'cast($1 AS text) = $1 AND cast($2 AS text) = $2' : `artifact_id = ${THE_ARTIFACT}`}
          AND ${source === undefined ? 'cast($3 AS text) = $3' : 'source = $3'}
          AND since_ms < $5 AND (is_open OR until_ms > $4)
          ORDER BY since_ms DESC, alert_id LIMIT $6`,
        values,
      );
      return rows.map(alertRecordOf);
    },
    alert: async (alertId) => {
      const rows = await sql.read(
        `${SELECT_ALERTS} WHERE alert_id = $1 ORDER BY until_ms DESC, stream_pk DESC LIMIT 1`,
        [sql.keyOf(alertId).key],
      );
      return rows.map(alertRecordOf)[0];
    },
    linesOf: async (alertId, { name, version }) => {
      const [row] = await sql.read(
        `SELECT lines, l.commit_time_ms FROM loghorn.alert_lines AS l JOIN loghorn.streams USING (stream_pk)
          WHERE artifact_id = ${THE_ARTIFACT} AND alert_id = $3 ORDER BY is_complete DESC, l.commit_time_ms DESC LIMIT 1`,
        [sql.keyOf(name).key, version, sql.keyOf(alertId).key],
      );
      if (row === undefined) return undefined;
      const [lines, commitTimeMs] = row as [string, number];
      return { lines: JSON.parse(readStoredText(lines)) as AlertLines, commitTimeMs };
    },
    eventsOf: async (alertId) =>
      (
        await sql.read(`${SELECT_EVENTS} WHERE alert_id = $1 ORDER BY outbox_pk`, [sql.keyOf(alertId).key])
      ).map(alertEventRecordOf),
  };
}

export function alertEventRecordOf([
  sequence,
  name,
  version,
  event,
  commitTimeMs,
]: readonly unknown[]): AlertEventRecord {
  return {
    sequence: sequence as number,
    artifact: { name: readStoredText(name as string), version: version as string },
    event: JSON.parse(event as string) as AlertEvent,
    commitTimeMs: commitTimeMs as number,
  };
}

function alertRecordOf([
  name,
  version,
  streamId,
  isOpen,
  lastEvent,
  explainedEvent,
]: readonly unknown[]): AlertRecord {
  const { type: _, eventId: __, explanation: ___, ...alert } = JSON.parse(lastEvent as string) as AlertEvent;
  const explained =
    explainedEvent === null ? undefined : (JSON.parse(explainedEvent as string) as AlertEvent);
  return {
    artifact: { name: readStoredText(name as string), version: version as string },
    streamId: readStoredText(streamId as string),
    alert: { ...alert, isOpen: Boolean(isOpen) },
    explanation: explained?.explanation,
  };
}
