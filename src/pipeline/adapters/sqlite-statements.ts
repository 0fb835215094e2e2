// The statements of the SQLite store, prepared once, and what its rows mean.
import type Database from 'libsql';
import type { Explanation } from '../../core/alert.js';
import type { AlertEvent } from '../../core/alert-event.js';
import type { DeadLetter, StoredAlert, StoredArtifact, StoredWindow } from '../ports.js';
import type { AlertWay } from '../latency/stamps.js';
import { readStoredText } from '../store/stored-text.js';
import { storedAlertWayOf, storedStampsOf } from './stored-stamps.js';

/** A row as an array of columns: what `raw()` makes of it. */
export interface Statement {
  run(...values: readonly (string | number | null)[]): { readonly changes: number };
  raw(): {
    get(...values: readonly (string | number | null)[]): unknown[] | undefined;
    all(...values: readonly (string | number | null)[]): unknown[];
  };
}

const STATEMENTS = {
  findArtifact: 'SELECT artifact_id FROM artifacts WHERE name = ? AND version = ?',
  addArtifact: 'INSERT INTO artifacts (name, version, features) VALUES (?, ?, ?) ON CONFLICT DO NOTHING',
  findStream: 'SELECT stream_pk FROM streams WHERE stream_id = ? AND artifact_id = ?',
  addStream: `INSERT INTO streams (stream_id, artifact_id, epoch) VALUES (?, ?, 1)
    ON CONFLICT DO UPDATE SET epoch = epoch + 1`,
  readEpoch: 'SELECT epoch FROM streams WHERE stream_pk = ?',
  readStream: 'SELECT position, counts, lane FROM streams WHERE stream_pk = ?',
  writeLane: 'UPDATE streams SET lane = ? WHERE stream_pk = ?',
  readLanes: `SELECT stream_id, name, version, lane FROM streams JOIN artifacts USING (artifact_id)
    ORDER BY stream_id, name, version`,
  readSources: 'SELECT source, windows, alert_life FROM sources WHERE stream_pk = ? ORDER BY source',
  guard: 'UPDATE streams SET epoch = epoch WHERE stream_pk = ? AND epoch = ?',
  guardedWrite: `UPDATE streams SET position = ?, counts = ?, commit_time_ms = ?
    WHERE stream_pk = ? AND epoch = ?`,
  writeSource: `INSERT INTO sources (stream_pk, source, windows, alert_life) VALUES (?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET windows = excluded.windows, alert_life = excluded.alert_life`,
  writeWindow: `INSERT INTO windows (artifact_id, source, start_ms, end_ms, revision, records, score, threshold, alert,
      features, explanation, stream_pk, eligible_time_ms, scored_time_ms, stored_time_ms, is_live, record_time_ms,
      append_time_ms, read_time_ms, started_time_ms)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET end_ms = excluded.end_ms, revision = excluded.revision, records = excluded.records,
      score = excluded.score, threshold = excluded.threshold, alert = excluded.alert, features = excluded.features,
      explanation = excluded.explanation, stream_pk = excluded.stream_pk,
      eligible_time_ms = excluded.eligible_time_ms, scored_time_ms = excluded.scored_time_ms,
      stored_time_ms = excluded.stored_time_ms, is_live = excluded.is_live,
      record_time_ms = excluded.record_time_ms, append_time_ms = excluded.append_time_ms,
      read_time_ms = excluded.read_time_ms, started_time_ms = excluded.started_time_ms
    WHERE excluded.revision > windows.revision`,
  writeAlert: `INSERT INTO alerts (alert_id, stream_pk, source, since_ms, is_open, last_event, until_ms, explained_event)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET since_ms = excluded.since_ms, is_open = excluded.is_open,
      last_event = excluded.last_event, until_ms = excluded.until_ms,
      explained_event = coalesce(excluded.explained_event, explained_event)`,
  writeOutbox: `INSERT INTO outbox (stream_pk, event_id, event, commit_time_ms, stamps, alert_id)
    VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
  writeAlertLines: `INSERT INTO alert_lines (alert_id, stream_pk, commit_time_ms, is_complete, lines)
    VALUES (?, ?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET commit_time_ms = excluded.commit_time_ms, is_complete = excluded.is_complete,
      lines = excluded.lines
    WHERE excluded.is_complete >= alert_lines.is_complete`,
  writeDeadLetter: `INSERT INTO dead_letters (stream_pk, reason, slot, sequence, line, raw, ingest_time_ms)
    VALUES (?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET sequence = excluded.sequence, line = excluded.line, raw = excluded.raw,
      ingest_time_ms = excluded.ingest_time_ms
    WHERE excluded.sequence > dead_letters.sequence`,
  readUnsent: 'SELECT event FROM outbox WHERE stream_pk = ? AND sent_time_ms IS NULL ORDER BY outbox_pk',
  markSent: `UPDATE outbox SET sent_time_ms = ?, stored_time_ms = ?, emitted_time_ms = ?, delivered_time_ms = ?
    WHERE stream_pk = ? AND event_id = ?`,
  addModel: 'INSERT INTO models (name, version, model) VALUES (?, ?, ?) ON CONFLICT DO NOTHING',
  readModel: 'SELECT model FROM models WHERE name = ? AND version = ?',
  addRequest: `INSERT INTO promotion_requests (request_id, request)
    VALUES ((SELECT coalesce(max(request_id), 0) + 1 FROM promotion_requests), ?) RETURNING request_id`,
  readRequests: 'SELECT request_id, request FROM promotion_requests ORDER BY request_id',
  writeSwitch: `INSERT INTO model_switches (request_id, stream_id, switch) VALUES (?, ?, ?)
    ON CONFLICT DO UPDATE SET switch = excluded.switch`,
  readSwitches: 'SELECT switch FROM model_switches ORDER BY request_id, stream_id',
  readArtifacts: 'SELECT name, version, features FROM artifacts ORDER BY name, version',
  readAlerts: `SELECT is_open, last_event FROM alerts JOIN streams USING (stream_pk)
    WHERE artifact_id = ?1 AND (?2 = 0 OR stream_pk = ?2) ORDER BY since_ms, source`,
  readWays: `SELECT event, stamps, stored_time_ms, emitted_time_ms, delivered_time_ms
    FROM outbox JOIN streams USING (stream_pk)
    WHERE artifact_id = ?1 AND (?2 = 0 OR stream_pk = ?2) AND stamps IS NOT NULL AND delivered_time_ms IS NOT NULL
    ORDER BY outbox_pk`,
  readDeadLetters: `SELECT reason, sequence, line, raw, ingest_time_ms FROM dead_letters WHERE stream_pk = ?
    ORDER BY reason, sequence`,
} as const;

export type Statements = Readonly<Record<keyof typeof STATEMENTS, Statement>>;

export const SELECT_WINDOWS = `SELECT source, start_ms, end_ms, revision, records, score, threshold, alert, features,
  explanation, eligible_time_ms, scored_time_ms, stored_time_ms, is_live, record_time_ms, append_time_ms, read_time_ms,
  started_time_ms FROM windows`;

export function createStatements(db: Database.Database): Statements {
  return Object.fromEntries(
    Object.entries(STATEMENTS).map(([name, text]) => [name, db.prepare(text) as unknown as Statement]),
  ) as Statements;
}

export function storedArtifactOf([name, version, features]: [string, string, string]): StoredArtifact {
  return { name: readStoredText(name), version, featureNames: JSON.parse(features) as string[] };
}

export function eventOf([event]: [string]): AlertEvent {
  return JSON.parse(event) as AlertEvent;
}

export function storedAlertOf([isOpen, lastEvent]: [number, string]): StoredAlert {
  const { type: _, eventId: __, explanation: ___, ...alert } = JSON.parse(lastEvent) as AlertEvent;
  return { ...alert, isOpen: isOpen === 1 };
}

export function wayOf([event, stamps, ...delivery]: [string, string, ...number[]]): AlertWay {
  return storedAlertWayOf(event, stamps, delivery);
}

/** @param wantsStamps what a query asked for */
export function storedWindowOf(row: readonly unknown[], wantsStamps: boolean): StoredWindow {
  const [
    source,
    startMs,
    endMs,
    revision,
    records,
    score,
    threshold,
    alert,
    features,
    explanation,
    ...times
  ] = row;
  const [eligibleTimeMs, scoredTimeMs, commitTimeMs, isLive, ...stamps] = times as number[];
  return {
    source: readStoredText(source as string),
    startMs: startMs as number,
    endMs: endMs as number,
    revision: revision as number,
    records: records as number,
    score: score as number,
    threshold: threshold as number,
    alert: alert === 1,
    features: JSON.parse(features as string) as number[],
    ...(explanation === null ? {} : { explanation: JSON.parse(explanation as string) as Explanation }),
    eligibleTimeMs: eligibleTimeMs!,
    scoredTimeMs: scoredTimeMs!,
    ...(wantsStamps ? storedStampsOf(commitTimeMs!, isLive === null ? null : isLive === 1, stamps) : {}),
  };
}

export function deadLetterOf(row: readonly unknown[]): DeadLetter {
  const [reason, sequence, line, raw, ingestTimeMs] = row as [
    DeadLetter['reason'],
    number,
    number,
    string,
    number,
  ];
  return { reason, sequence, line, raw: readStoredText(raw), ingestTimeMs };
}
