// The statements of the PostgreSQL store, and what its rows mean. What a commit writes many of goes as one array a column
// and is unnested there: one round trip a table, whatever their number.
import type { Explanation } from '../../core/alert.js';
import type { AlertEvent } from '../../core/alert-event.js';
import type {
  Commit,
  DeadLetter,
  SourceMemory,
  StoredAlert,
  StoredArtifact,
  StoredWindow,
  StreamState,
} from '../ports.js';
import type { LaneNote } from '../lanes/promotion.js';
import type { AlertWay } from '../latency/stamps.js';
import { readStoredText } from '../store/stored-text.js';
import { storedAlertWayOf, storedStampsOf } from './stored-stamps.js';
import type { Statement } from './postgres-connection.js';

/** Any number that nobody else in the database uses: the eight bytes of "loghoutb". */
const OUTBOX_LOCK_KEY = '7813577576755328098';

const TEXTS = {
  addArtifact: `INSERT INTO loghorn.artifacts (name, version, features) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING`,
  findArtifact: 'SELECT artifact_id FROM loghorn.artifacts WHERE name = $1 AND version = $2',
  takeStream: `INSERT INTO loghorn.streams AS s (stream_id, artifact_id, epoch) VALUES ($1, $2, 1)
    ON CONFLICT (stream_id, artifact_id) DO UPDATE SET epoch = s.epoch + 1
    RETURNING stream_pk, epoch, position, counts, lane`,
  findStream: 'SELECT stream_pk FROM loghorn.streams WHERE stream_id = $1 AND artifact_id = $2',
  findOwned: `SELECT stream_pk, artifact_id FROM loghorn.streams JOIN loghorn.artifacts USING (artifact_id)
    WHERE stream_id = $1 AND name = $2 AND version = $3`,
  writeLane: 'UPDATE loghorn.streams SET lane = $2 WHERE stream_pk = $1',
  readLanes: `SELECT stream_id, name, version, lane FROM loghorn.streams JOIN loghorn.artifacts USING (artifact_id)
    ORDER BY stream_id, name, version`,
  addModel: 'INSERT INTO loghorn.models (name, version, model) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING',
  readModel: 'SELECT model FROM loghorn.models WHERE name = $1 AND version = $2',
  addRequest: 'INSERT INTO loghorn.promotion_requests (request) VALUES ($1) RETURNING request_id',
  readRequests: 'SELECT request_id, request FROM loghorn.promotion_requests ORDER BY request_id',
  writeSwitch: `INSERT INTO loghorn.model_switches (request_id, stream_id, switch) VALUES ($1, $2, $3)
    ON CONFLICT (request_id, stream_id) DO UPDATE SET switch = excluded.switch`,
  readSwitches: 'SELECT switch FROM loghorn.model_switches ORDER BY request_id, stream_id',
  readSources: `SELECT source, long_source, windows, alert_life FROM loghorn.sources WHERE stream_pk = $1
    ORDER BY source`,
  lockStream: 'SELECT stream_pk FROM loghorn.streams WHERE stream_pk = $1 AND epoch = $2 FOR UPDATE',
  writeStream: `UPDATE loghorn.streams SET position = $3, counts = $4, commit_time_ms = $5
    WHERE stream_pk = $1 AND epoch = $2`,
  writeAlertLines: `INSERT INTO loghorn.alert_lines AS l (alert_id, stream_pk, commit_time_ms, is_complete, lines)
    VALUES ($1, $2, $3, $4, $5)
    ON CONFLICT (alert_id, stream_pk) DO UPDATE SET commit_time_ms = excluded.commit_time_ms,
      is_complete = excluded.is_complete, lines = excluded.lines
    WHERE excluded.is_complete >= l.is_complete`,
  writeSources: `INSERT INTO loghorn.sources (stream_pk, source, long_source, windows, alert_life)
    SELECT $1, * FROM unnest($2::text[], $3::text[], $4::text[], $5::text[])
    ON CONFLICT (stream_pk, source) DO UPDATE SET windows = excluded.windows, alert_life = excluded.alert_life`,
  writeWindows: `INSERT INTO loghorn.windows AS w (artifact_id, stream_pk, stored_time_ms, source, long_source, start_ms,
      end_ms, revision, records, score, threshold, alert, features, explanation, eligible_time_ms, scored_time_ms,
      is_live, record_time_ms, append_time_ms, read_time_ms, started_time_ms)
    SELECT $1, $2, $3, source, long_source, start_ms, end_ms, revision, records, score, threshold, alert,
      features::double precision[], explanation, eligible_time_ms, scored_time_ms, is_live, record_time_ms,
      append_time_ms, read_time_ms, started_time_ms
    FROM unnest($4::text[], $5::text[], $6::bigint[], $7::bigint[], $8::bigint[], $9::bigint[], $10::double precision[],
      $11::double precision[], $12::boolean[], $13::text[], $14::text[], $15::double precision[],
      $16::double precision[], $17::boolean[], $18::double precision[], $19::double precision[],
      $20::double precision[], $21::double precision[])
    AS each (source, long_source, start_ms, end_ms, revision, records, score, threshold, alert, features, explanation,
      eligible_time_ms, scored_time_ms, is_live, record_time_ms, append_time_ms, read_time_ms, started_time_ms)
    ON CONFLICT (artifact_id, source, start_ms) DO UPDATE SET stream_pk = excluded.stream_pk,
      stored_time_ms = excluded.stored_time_ms, end_ms = excluded.end_ms, revision = excluded.revision,
      records = excluded.records, score = excluded.score, threshold = excluded.threshold, alert = excluded.alert,
      features = excluded.features, explanation = excluded.explanation,
      eligible_time_ms = excluded.eligible_time_ms, scored_time_ms = excluded.scored_time_ms,
      is_live = excluded.is_live, record_time_ms = excluded.record_time_ms,
      append_time_ms = excluded.append_time_ms, read_time_ms = excluded.read_time_ms,
      started_time_ms = excluded.started_time_ms
    WHERE excluded.revision > w.revision
    RETURNING source, start_ms`,
  lockOutbox: `SELECT pg_advisory_xact_lock(${OUTBOX_LOCK_KEY})`,
  writeAlerts: `INSERT INTO loghorn.alerts AS a (stream_pk, alert_id, source, since_ms, is_open, last_event, until_ms,
      explained_event)
    SELECT $1, * FROM unnest($2::text[], $3::text[], $4::bigint[], $5::boolean[], $6::text[], $7::bigint[], $8::text[])
    ON CONFLICT (alert_id, stream_pk) DO UPDATE SET since_ms = excluded.since_ms, is_open = excluded.is_open,
      last_event = excluded.last_event, until_ms = excluded.until_ms,
      explained_event = coalesce(excluded.explained_event, a.explained_event)`,
  writeOutbox: `INSERT INTO loghorn.outbox (stream_pk, commit_time_ms, event_id, event, stamps, alert_id)
    SELECT $1, $2, event_id, event, stamps, alert_id
    FROM unnest($3::text[], $4::text[], $5::text[], $6::text[]) WITH ORDINALITY
      AS each (event_id, event, stamps, alert_id, n)
    ORDER BY n ON CONFLICT DO NOTHING`,
  writeDeadLetters: `INSERT INTO loghorn.dead_letters AS d (stream_pk, reason, slot, sequence, line, raw, ingest_time_ms)
    SELECT $1, * FROM unnest($2::text[], $3::integer[], $4::bigint[], $5::bigint[], $6::text[], $7::bigint[])
    ON CONFLICT (stream_pk, reason, slot) DO UPDATE SET sequence = excluded.sequence, line = excluded.line,
      raw = excluded.raw, ingest_time_ms = excluded.ingest_time_ms
    WHERE excluded.sequence > d.sequence`,
  readUnsent: `SELECT event FROM loghorn.outbox WHERE stream_pk = $1 AND sent_time_ms IS NULL ORDER BY outbox_pk`,
  markSent: `UPDATE loghorn.outbox AS o SET sent_time_ms = $2, stored_time_ms = each.stored_time_ms,
      emitted_time_ms = each.emitted_time_ms, delivered_time_ms = each.delivered_time_ms
    FROM unnest($3::text[], $4::double precision[], $5::double precision[], $6::double precision[])
    AS each (event_id, stored_time_ms, emitted_time_ms, delivered_time_ms)
    WHERE o.stream_pk = $1 AND o.event_id = each.event_id`,
  readArtifacts: 'SELECT name, version, features FROM loghorn.artifacts ORDER BY name, version',
  readAlerts: `SELECT is_open, last_event FROM loghorn.alerts JOIN loghorn.streams USING (stream_pk)
    WHERE artifact_id = $1 AND ($2 = 0 OR stream_pk = $2) ORDER BY since_ms, source`,
  readWays: `SELECT event, stamps, stored_time_ms, emitted_time_ms, delivered_time_ms
    FROM loghorn.outbox JOIN loghorn.streams USING (stream_pk)
    WHERE artifact_id = $1 AND ($2 = 0 OR stream_pk = $2) AND stamps IS NOT NULL AND delivered_time_ms IS NOT NULL
    ORDER BY outbox_pk`,
  readDeadLetters: `SELECT reason, sequence, line, raw, ingest_time_ms FROM loghorn.dead_letters WHERE stream_pk = $1
    ORDER BY reason, sequence`,
} as const;

export const SQL = Object.fromEntries(
  Object.entries(TEXTS).map(([name, text]): [string, Statement] => [name, { name: `loghorn_${name}`, text }]),
) as Readonly<Record<keyof typeof TEXTS, Statement>>;

export const SELECT_WINDOWS = `SELECT source, long_source, start_ms, end_ms, revision, records, score, threshold, alert,
  features::text, explanation, eligible_time_ms, scored_time_ms, stored_time_ms, is_live, record_time_ms,
  append_time_ms, read_time_ms, started_time_ms FROM loghorn.windows`;

/** `position`, `counts` and `lane` of a stream. */
export function streamOf([, , position, counts, lane]: readonly unknown[]): Omit<StreamState, 'sources'> {
  return {
    position: position === null ? undefined : (JSON.parse(position as string) ?? undefined),
    counts: counts === null ? undefined : (JSON.parse(counts as string) as Commit['counts']),
    lane: lane === null ? undefined : (JSON.parse(lane as string) as LaneNote),
  };
}

export function sourceMemoryOf([source, longSource, windows, alertLife]: readonly unknown[]): SourceMemory {
  return {
    source: sourceOf(source, longSource),
    windows: JSON.parse(windows as string),
    alertLife: JSON.parse(alertLife as string),
  };
}

export function eventOf([event]: readonly unknown[]): AlertEvent {
  return JSON.parse(event as string) as AlertEvent;
}

export function storedArtifactOf([name, version, features]: readonly unknown[]): StoredArtifact {
  return {
    name: readStoredText(name as string),
    version: version as string,
    featureNames: JSON.parse(features as string) as string[],
  };
}

export function storedAlertOf([isOpen, lastEvent]: readonly unknown[]): StoredAlert {
  const { type: _, eventId: __, explanation: ___, ...alert } = JSON.parse(lastEvent as string) as AlertEvent;
  return { ...alert, isOpen: isOpen as boolean };
}

export function wayOf([event, stamps, ...delivery]: readonly unknown[]): AlertWay {
  return storedAlertWayOf(event as string, stamps as string, delivery);
}

/** @param wantsStamps what a query asked for */
export function storedWindowOf(
  [source, longSource, ...row]: readonly unknown[],
  wantsStamps: boolean,
): StoredWindow {
  const [startMs, endMs, revision, records, score, threshold, alert, features, explanation, ...times] = row;
  const [eligibleTimeMs, scoredTimeMs, commitTimeMs, isLive, ...stamps] = times;
  return {
    source: sourceOf(source, longSource),
    startMs: startMs as number,
    endMs: endMs as number,
    revision: revision as number,
    records: records as number,
    score: score as number,
    threshold: threshold as number,
    alert: alert as boolean,
    features: numbersOf(features as string),
    ...(explanation === null ? {} : { explanation: JSON.parse(explanation as string) as Explanation }),
    eligibleTimeMs: eligibleTimeMs as number,
    scoredTimeMs: scoredTimeMs as number,
    ...(wantsStamps
      ? storedStampsOf(commitTimeMs as number, isLive as boolean | null, stamps as (number | null)[])
      : {}),
  };
}

export function deadLetterOf([reason, sequence, line, raw, ingestTimeMs]: readonly unknown[]): DeadLetter {
  return {
    reason: reason as DeadLetter['reason'],
    sequence: sequence as number,
    line: line as number,
    raw: readStoredText(raw as string),
    ingestTimeMs: ingestTimeMs as number,
  };
}

function sourceOf(source: unknown, longSource: unknown): string {
  return readStoredText((longSource ?? source) as string);
}

/** `{1,0.25}` */
function numbersOf(array: string): number[] {
  return array === '{}' ? [] : array.slice(1, -1).split(',').map(Number);
}
