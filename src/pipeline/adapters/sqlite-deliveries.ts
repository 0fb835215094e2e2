// The way of alert events to their sinks, in the SQLite store: a row an event and sink, written with the commit that holds
// the event.
import type Database from 'libsql';
import { storableText } from '../store/stored-text.js';
import {
  type DeliveryClaim,
  type DeliveryOutcome,
  isToldToFire,
  type NewDelivery,
  OPEN_DELIVERIES_READ,
  type OpenDelivery,
  type SinkSummary,
  type StoredDelivery,
  type ToldEvent,
} from '../sinks/delivery.js';
import { readDelivery, readSinkSummary } from './delivery-rows.js';
import { eventOf, type Statement } from './sqlite-statements.js';

const FIRST_EVENT = `(SELECT e.event FROM deliveries AS x JOIN outbox AS e USING (outbox_pk)
  WHERE x.stream_pk = d.stream_pk AND x.sink = d.sink AND x.alert_id = d.alert_id ORDER BY x.outbox_pk LIMIT 1)`;

const LAST_TOLD = `(SELECT e.event FROM deliveries AS x JOIN outbox AS e USING (outbox_pk)
  WHERE x.stream_pk = d.stream_pk AND x.sink = d.sink AND x.alert_id = d.alert_id AND x.state = 'sent'
  ORDER BY x.outbox_pk DESC LIMIT 1)`;

const STATEMENTS = {
  write: `INSERT INTO deliveries (outbox_pk, sink, stream_pk, alert_id, state, changed_time_ms)
    SELECT outbox_pk, ?, stream_pk, ?, ?, ? FROM outbox WHERE stream_pk = ? AND event_id = ? ON CONFLICT DO NOTHING`,
  readOpen: `SELECT o.event, ${FIRST_EVENT}, ${LAST_TOLD},
      d.state, d.attempts, d.leased_until_ms, o.commit_time_ms
    FROM deliveries AS d JOIN outbox AS o USING (outbox_pk)
    WHERE d.stream_pk = ? AND d.sink = ? AND d.is_settled = 0 ORDER BY d.outbox_pk LIMIT ${OPEN_DELIVERIES_READ}`,
  readTold: `SELECT o.event, ${FIRST_EVENT} FROM alerts AS a JOIN deliveries AS d USING (stream_pk, alert_id)
    JOIN outbox AS o USING (outbox_pk)
    WHERE a.stream_pk = ? AND a.is_open = 1 AND d.sink = ? AND d.state = 'sent' ORDER BY d.outbox_pk`,
  claim: `UPDATE deliveries SET attempts = ?, leased_until_ms = ?, next_attempt_ms = NULL, changed_time_ms = ?
    WHERE outbox_pk = (SELECT outbox_pk FROM outbox WHERE stream_pk = ? AND event_id = ?) AND sink = ?
      AND is_settled = 0`,
  note: `UPDATE deliveries SET state = ?1, is_settled = ?2, next_attempt_ms = ?3, last_error = ?4, changed_time_ms = ?5,
      leased_until_ms = NULL, sent_time_ms = CASE WHEN ?1 = 'sent' THEN ?5 END
    WHERE outbox_pk = (SELECT outbox_pk FROM outbox WHERE stream_pk = ?6 AND event_id = ?7) AND sink = ?8
      AND attempts = ?9 AND is_settled = 0`,
  readOfAlert: `SELECT o.event_id, d.sink, d.state, d.attempts, d.next_attempt_ms, d.last_error, o.commit_time_ms,
      d.sent_time_ms
    FROM deliveries AS d JOIN outbox AS o USING (outbox_pk) WHERE d.alert_id = ? ORDER BY d.outbox_pk, d.sink`,
  summarize: `SELECT sink, sum(state = 'waiting'), (SELECT min(o.commit_time_ms) FROM deliveries AS w JOIN outbox AS o USING (outbox_pk)
        WHERE w.sink = d.sink AND w.state = 'waiting'),
      sum(state = 'sent'), sum(state = 'given-up'), max(sent_time_ms),
      (SELECT x.last_error FROM deliveries AS x WHERE x.sink = d.sink AND x.state IN ('waiting', 'given-up')
        AND x.last_error IS NOT NULL ORDER BY x.changed_time_ms DESC, x.outbox_pk DESC LIMIT 1)
    FROM deliveries AS d GROUP BY sink ORDER BY sink`,
} as const;

export interface SqliteDeliveries {
  /** Within the transaction that wrote their events. */
  write(streamPk: number, deliveries: readonly NewDelivery[], commitTimeMs: number): void;
  open(streamPk: number, sink: string): readonly OpenDelivery[];
  told(streamPk: number, sink: string): readonly ToldEvent[];
  /** Within a transaction that looked at the epoch. */
  claim(streamPk: number, claim: DeliveryClaim): void;
  /** Within a transaction. */
  note(streamPk: number, outcomes: readonly DeliveryOutcome[]): void;
  ofAlert(alertId: string): readonly StoredDelivery[];
  summaries(): readonly SinkSummary[];
}

export function createSqliteDeliveries(db: Database.Database): SqliteDeliveries {
  const sql = Object.fromEntries(
    Object.entries(STATEMENTS).map(([name, text]) => [name, db.prepare(text) as unknown as Statement]),
  ) as Readonly<Record<keyof typeof STATEMENTS, Statement>>;
  return {
    write: (streamPk, deliveries, commitTimeMs) => {
      for (const { eventId, alertId, sink, state } of deliveries)
        sql.write.run(sink, alertId, state, Math.floor(commitTimeMs), streamPk, eventId);
    },
    open: (streamPk, sink) =>
      (sql.readOpen.raw().all(streamPk, sink) as unknown[][]).map(
        ([event, first, lastTold, state, attempts, leasedUntilMs, commitTimeMs]): OpenDelivery => ({
          event: eventOf([event as string]),
          first: eventOf([first as string]),
          wasTold: isToldToFire(lastTold === null ? undefined : eventOf([lastTold as string])),
          state: state as OpenDelivery['state'],
          attempts: attempts as number,
          leasedUntilMs: leasedUntilMs as number | null,
          commitTimeMs: commitTimeMs as number,
        }),
      ),
    told: (streamPk, sink) =>
      (sql.readTold.raw().all(streamPk, sink) as [string, string][]).map(([event, first]) => ({
        event: eventOf([event]),
        first: eventOf([first]),
      })),
    claim: (streamPk, { eventId, sink, attempt, leasedUntilMs, atMs }) => {
      sql.claim.run(attempt, Math.ceil(leasedUntilMs), Math.floor(atMs), streamPk, eventId, sink);
    },
    note: (streamPk, outcomes) => {
      for (const { eventId, sink, attempts, state, isSettled, nextAttemptMs, lastError, atMs } of outcomes)
        sql.note.run(
          state,
          isSettled ? 1 : 0,
          nextAttemptMs === null ? null : Math.ceil(nextAttemptMs),
          lastError === null ? null : storableText(lastError),
          Math.floor(atMs),
          streamPk,
          eventId,
          sink,
          attempts,
        );
    },
    ofAlert: (alertId) => (sql.readOfAlert.raw().all(alertId) as unknown[][]).map(readDelivery),
    summaries: () => (sql.summarize.raw().all() as unknown[][]).map(readSinkSummary),
  };
}
