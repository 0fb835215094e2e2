// The way of alert events to their sinks, in the PostgreSQL store: a row an event and sink, written with the commit that
// holds the event. Each of these gives the same when it is run again over its own result.
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
import type { Run, Statement } from './postgres-connection.js';
import { eventOf } from './postgres-statements.js';

const FIRST_EVENT = `(SELECT e.event FROM loghorn.deliveries AS x JOIN loghorn.outbox AS e USING (outbox_pk)
  WHERE x.stream_pk = d.stream_pk AND x.sink = d.sink AND x.alert_id = d.alert_id ORDER BY x.outbox_pk LIMIT 1)`;

const LAST_TOLD = `(SELECT e.event FROM loghorn.deliveries AS x JOIN loghorn.outbox AS e USING (outbox_pk)
  WHERE x.stream_pk = d.stream_pk AND x.sink = d.sink AND x.alert_id = d.alert_id AND x.state = 'sent'
  ORDER BY x.outbox_pk DESC LIMIT 1)`;

const TEXTS = {
  write: `INSERT INTO loghorn.deliveries (outbox_pk, sink, stream_pk, alert_id, state, changed_time_ms)
    SELECT outbox_pk, each.sink, stream_pk, each.alert_id, each.state, $2
    FROM unnest($3::text[], $4::text[], $5::text[], $6::text[]) AS each (event_id, alert_id, sink, state)
    JOIN loghorn.outbox USING (event_id) WHERE stream_pk = $1 ON CONFLICT DO NOTHING`,
  readOpen: `SELECT o.event, ${FIRST_EVENT}, ${LAST_TOLD},
      d.state, d.attempts, d.leased_until_ms, o.commit_time_ms
    FROM loghorn.deliveries AS d JOIN loghorn.outbox AS o USING (outbox_pk)
    WHERE d.stream_pk = $1 AND d.sink = $2 AND NOT d.is_settled ORDER BY d.outbox_pk LIMIT ${OPEN_DELIVERIES_READ}`,
  readTold: `SELECT o.event, ${FIRST_EVENT} FROM loghorn.alerts AS a
    JOIN loghorn.deliveries AS d USING (stream_pk, alert_id) JOIN loghorn.outbox AS o USING (outbox_pk)
    WHERE a.stream_pk = $1 AND a.is_open AND d.sink = $2 AND d.state = 'sent' ORDER BY d.outbox_pk`,
  claim: `UPDATE loghorn.deliveries AS d SET attempts = $4, leased_until_ms = $5, next_attempt_ms = NULL,
      changed_time_ms = $6
    FROM loghorn.outbox AS o WHERE o.outbox_pk = d.outbox_pk AND o.stream_pk = $1 AND o.event_id = $2 AND d.sink = $3
      AND NOT d.is_settled`,
  note: `UPDATE loghorn.deliveries AS d SET state = $5, is_settled = $6, next_attempt_ms = $7, last_error = $8,
      changed_time_ms = $9, leased_until_ms = NULL, sent_time_ms = CASE WHEN $5 = 'sent' THEN $9::bigint END
    FROM loghorn.outbox AS o WHERE o.outbox_pk = d.outbox_pk AND o.stream_pk = $1 AND o.event_id = $2 AND d.sink = $3
      AND d.attempts = $4 AND NOT d.is_settled`,
  readOfAlert: `SELECT o.event_id, d.sink, d.state, d.attempts, d.next_attempt_ms, d.last_error, o.commit_time_ms,
      d.sent_time_ms
    FROM loghorn.deliveries AS d JOIN loghorn.outbox AS o USING (outbox_pk)
    WHERE d.alert_id = $1 ORDER BY d.outbox_pk, d.sink`,
  summarize: `SELECT sink, count(*) FILTER (WHERE state = 'waiting'),
      (SELECT min(o.commit_time_ms) FROM loghorn.deliveries AS w JOIN loghorn.outbox AS o USING (outbox_pk)
        WHERE w.sink = d.sink AND w.state = 'waiting'),
      count(*) FILTER (WHERE state = 'sent'), count(*) FILTER (WHERE state = 'given-up'),
      max(sent_time_ms),
      (SELECT x.last_error FROM loghorn.deliveries AS x WHERE x.sink = d.sink AND x.state IN ('waiting', 'given-up')
        AND x.last_error IS NOT NULL ORDER BY x.changed_time_ms DESC, x.outbox_pk DESC LIMIT 1)
    FROM loghorn.deliveries AS d GROUP BY sink ORDER BY sink`,
} as const;

const SQL = Object.fromEntries(
  Object.entries(TEXTS).map(([name, text]): [string, Statement] => [
    name,
    { name: `loghorn_deliveries_${name}`, text },
  ]),
) as Readonly<Record<keyof typeof TEXTS, Statement>>;

/** @param run within the transaction that wrote their events */
export async function writeDeliveries(
  run: Run,
  streamPk: number,
  deliveries: readonly NewDelivery[],
  commitTimeMs: number,
): Promise<void> {
  if (deliveries.length === 0) return;
  await run(SQL.write, [
    streamPk,
    Math.floor(commitTimeMs),
    deliveries.map(({ eventId }) => eventId),
    deliveries.map(({ alertId }) => alertId),
    deliveries.map(({ sink }) => sink),
    deliveries.map(({ state }) => state),
  ]);
}

export async function readOpenDeliveries(
  run: Run,
  streamPk: number,
  sink: string,
): Promise<readonly OpenDelivery[]> {
  return (await run(SQL.readOpen, [streamPk, sink])).rows.map(
    ([event, first, lastTold, state, attempts, leasedUntilMs, commitTimeMs]) => ({
      event: eventOf([event]),
      first: eventOf([first]),
      wasTold: isToldToFire(lastTold === null ? undefined : eventOf([lastTold])),
      state: state as OpenDelivery['state'],
      attempts: attempts as number,
      leasedUntilMs: leasedUntilMs as number | null,
      commitTimeMs: commitTimeMs as number,
    }),
  );
}

export async function readToldEvents(
  run: Run,
  streamPk: number,
  sink: string,
): Promise<readonly ToldEvent[]> {
  return (await run(SQL.readTold, [streamPk, sink])).rows.map(([event, first]) => ({
    event: eventOf([event]),
    first: eventOf([first]),
  }));
}

/** @param run within a transaction that holds the lock on the stream's row */
export async function writeClaim(
  run: Run,
  streamPk: number,
  { eventId, sink, attempt, leasedUntilMs, atMs }: DeliveryClaim,
): Promise<void> {
  await run(SQL.claim, [streamPk, eventId, sink, attempt, Math.ceil(leasedUntilMs), Math.floor(atMs)]);
}

/** @param run within a transaction */
export async function writeOutcomes(
  run: Run,
  streamPk: number,
  outcomes: readonly DeliveryOutcome[],
): Promise<void> {
  for (const { eventId, sink, attempts, state, isSettled, nextAttemptMs, lastError, atMs } of outcomes)
    await run(SQL.note, [
      streamPk,
      eventId,
      sink,
      attempts,
      state,
      isSettled,
      nextAttemptMs === null ? null : Math.ceil(nextAttemptMs),
      lastError === null ? null : storableText(lastError),
      Math.floor(atMs),
    ]);
}

export async function readDeliveriesOf(run: Run, alertId: string): Promise<readonly StoredDelivery[]> {
  return (await run(SQL.readOfAlert, [alertId])).rows.map(readDelivery);
}

export async function readSinkSummaries(run: Run): Promise<readonly SinkSummary[]> {
  return (await run(SQL.summarize)).rows.map(readSinkSummary);
}
