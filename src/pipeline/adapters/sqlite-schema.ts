// The tables of the SQLite results store, as steps from one schema version to the next: a store made by any earlier
// version is brought up to date when it is opened. A step that was released is never changed, only followed by another.

import type Database from 'libsql';
import { DASHBOARD_TABLES } from './sqlite-dashboard-schema.js';
import { SUM_UP_WINDOWS } from './sqlite-hours-schema.js';
import { RETENTION_TABLE } from './sqlite-retention-schema.js';
import { STAGE_SPANS_TABLE } from './sqlite-stage-spans-schema.js';
import { storableText } from '../store/stored-text.js';

/** Step n brings a store of version n to n + 1; the number of steps is the version of this build. */
export const MIGRATIONS: readonly (string | ((db: Database.Database) => void))[] = [
  `
  CREATE TABLE artifacts (
    artifact_id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    version TEXT NOT NULL,
    features TEXT NOT NULL,
    UNIQUE (name, version)
  );
  CREATE TABLE streams (
    stream_pk INTEGER PRIMARY KEY,
    stream_id TEXT NOT NULL,
    artifact_id INTEGER NOT NULL REFERENCES artifacts,
    epoch INTEGER NOT NULL,
    position TEXT,
    counts TEXT,
    commit_time_ms INTEGER,
    UNIQUE (stream_id, artifact_id)
  );
  CREATE TABLE sources (
    stream_pk INTEGER NOT NULL REFERENCES streams,
    source TEXT NOT NULL,
    windows TEXT NOT NULL,
    alert_life TEXT NOT NULL,
    PRIMARY KEY (stream_pk, source)
  ) WITHOUT ROWID;
  CREATE TABLE windows (
    artifact_id INTEGER NOT NULL REFERENCES artifacts,
    source TEXT NOT NULL,
    start_ms INTEGER NOT NULL,
    end_ms INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    records INTEGER NOT NULL,
    score REAL NOT NULL,
    threshold REAL NOT NULL,
    alert INTEGER NOT NULL,
    features TEXT NOT NULL,
    explanation TEXT,
    stream_pk INTEGER NOT NULL REFERENCES streams,
    eligible_time_ms REAL NOT NULL,
    scored_time_ms REAL NOT NULL,
    stored_time_ms REAL NOT NULL,
    PRIMARY KEY (artifact_id, source, start_ms)
  );
  CREATE INDEX windows_by_time ON windows (start_ms);
  CREATE INDEX windows_alerting ON windows (artifact_id, start_ms) WHERE alert = 1;
  CREATE TABLE alerts (
    alert_id TEXT NOT NULL,
    stream_pk INTEGER NOT NULL REFERENCES streams,
    source TEXT NOT NULL,
    since_ms INTEGER NOT NULL,
    is_open INTEGER NOT NULL,
    last_event TEXT NOT NULL,
    PRIMARY KEY (alert_id, stream_pk)
  ) WITHOUT ROWID;
  CREATE TABLE outbox (
    outbox_pk INTEGER PRIMARY KEY,
    stream_pk INTEGER NOT NULL REFERENCES streams,
    event_id TEXT NOT NULL,
    event TEXT NOT NULL,
    commit_time_ms INTEGER NOT NULL,
    sent_time_ms INTEGER,
    UNIQUE (stream_pk, event_id)
  );
  CREATE INDEX outbox_unsent ON outbox (stream_pk, outbox_pk) WHERE sent_time_ms IS NULL;
  CREATE TABLE dead_letters (
    stream_pk INTEGER NOT NULL REFERENCES streams,
    reason TEXT NOT NULL,
    slot INTEGER NOT NULL,
    sequence INTEGER NOT NULL,
    line INTEGER NOT NULL,
    raw TEXT NOT NULL,
    ingest_time_ms INTEGER NOT NULL,
    PRIMARY KEY (stream_pk, reason, slot)
  ) WITHOUT ROWID;
  `,
  `
  DROP INDEX windows_by_time;
  CREATE INDEX windows_by_time ON windows (artifact_id, start_ms, source);
  DROP INDEX windows_alerting;
  CREATE INDEX windows_alerting ON windows (artifact_id, start_ms, source) WHERE alert = 1;
  `,
  rewriteEscapes,
  `
  ALTER TABLE windows ADD COLUMN is_live INTEGER;
  ALTER TABLE windows ADD COLUMN record_time_ms REAL;
  ALTER TABLE windows ADD COLUMN append_time_ms REAL;
  ALTER TABLE windows ADD COLUMN read_time_ms REAL;
  ALTER TABLE windows ADD COLUMN started_time_ms REAL;
  ALTER TABLE outbox ADD COLUMN stamps TEXT;
  ALTER TABLE outbox ADD COLUMN stored_time_ms REAL;
  ALTER TABLE outbox ADD COLUMN emitted_time_ms REAL;
  ALTER TABLE outbox ADD COLUMN delivered_time_ms REAL;
  `,
  `
  ALTER TABLE streams ADD COLUMN lane TEXT;
  CREATE TABLE models (
    name TEXT NOT NULL,
    version TEXT NOT NULL,
    model TEXT NOT NULL,
    PRIMARY KEY (name, version)
  );
  CREATE TABLE promotion_requests (
    request_id INTEGER PRIMARY KEY,
    request TEXT NOT NULL
  );
  CREATE TABLE model_switches (
    request_id INTEGER NOT NULL REFERENCES promotion_requests,
    stream_id TEXT NOT NULL,
    switch TEXT NOT NULL,
    PRIMARY KEY (request_id, stream_id)
  );
  `,
  `
  CREATE TABLE deliveries (
    outbox_pk INTEGER NOT NULL,
    sink TEXT NOT NULL,
    stream_pk INTEGER NOT NULL REFERENCES streams,
    alert_id TEXT NOT NULL,
    state TEXT NOT NULL,
    is_settled INTEGER NOT NULL DEFAULT 0,
    attempts INTEGER NOT NULL DEFAULT 0,
    leased_until_ms INTEGER,
    next_attempt_ms INTEGER,
    last_error TEXT,
    changed_time_ms INTEGER NOT NULL,
    sent_time_ms INTEGER,
    PRIMARY KEY (outbox_pk, sink)
  ) WITHOUT ROWID;
  CREATE INDEX deliveries_open ON deliveries (stream_pk, sink, outbox_pk) WHERE is_settled = 0;
  CREATE INDEX deliveries_of_alert ON deliveries (alert_id, stream_pk, sink, outbox_pk);
  CREATE INDEX deliveries_failed ON deliveries (sink, changed_time_ms) WHERE last_error IS NOT NULL;
  `,
  `
  CREATE TABLE source_wishes (
    to_stream TEXT NOT NULL,
    source TEXT NOT NULL,
    from_stream TEXT NOT NULL,
    readers TEXT NOT NULL,
    wish TEXT NOT NULL,
    PRIMARY KEY (to_stream, source, from_stream, readers)
  ) WITHOUT ROWID;
  `,
  DASHBOARD_TABLES,
  SUM_UP_WINDOWS,
  `
  CREATE TABLE alert_lines (
    alert_id TEXT NOT NULL,
    stream_pk INTEGER NOT NULL REFERENCES streams,
    commit_time_ms REAL NOT NULL,
    is_complete INTEGER NOT NULL,
    lines TEXT NOT NULL,
    PRIMARY KEY (alert_id, stream_pk)
  );
  `,
  RETENTION_TABLE,
  STAGE_SPANS_TABLE,
];

/** Text that looks like an escape of `storableText`, from when text was stored as it came. */
function rewriteEscapes(db: Database.Database): void {
  for (const [table, column] of [
    ['dead_letters', 'raw'],
    ['windows', 'source'],
    ['sources', 'source'],
    ['alerts', 'source'],
    ['streams', 'stream_id'],
    ['artifacts', 'name'],
  ] as const) {
    const find = db.prepare(
      `SELECT DISTINCT ${column} FROM ${table} WHERE ${column} LIKE '%\\u0000%' OR ${column} LIKE '%\\ud%'`,
    );
    const change = db.prepare(`UPDATE ${table} SET ${column} = ?2 WHERE ${column} = ?1`);
    for (const [text] of find.raw().all() as [string][]) change.run(text, storableText(text));
  }
}
