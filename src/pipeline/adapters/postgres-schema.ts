// The tables of the PostgreSQL results store, in a schema of their own, as steps from one version to the next. A step that
// was released is never changed, only followed by another. JSON is kept as text: jsonb refuses NUL and reorders keys.

import { DASHBOARD_TABLES } from './postgres-dashboard-schema.js';
import { SUM_UP_WINDOWS } from './postgres-hours-schema.js';
import { RETENTION_TABLE } from './postgres-retention-schema.js';
import { STAGE_SPANS_TABLE } from './postgres-stage-spans-schema.js';

/**
 * Step n brings a store of version n to n + 1; the number of steps is the version of this build. Text that is a key has
 * byte order, the same on every server. Windows have no foreign keys: their owner's row is locked by the commit that
 * writes them.
 */
export const MIGRATIONS: readonly string[] = [
  `
  CREATE TABLE loghorn.artifacts (
    artifact_id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name text COLLATE "C" NOT NULL,
    version text COLLATE "C" NOT NULL,
    features text NOT NULL,
    UNIQUE (name, version)
  );
  CREATE TABLE loghorn.streams (
    stream_pk integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    stream_id text COLLATE "C" NOT NULL,
    artifact_id integer NOT NULL REFERENCES loghorn.artifacts,
    epoch bigint NOT NULL,
    position text,
    counts text,
    commit_time_ms bigint,
    UNIQUE (stream_id, artifact_id)
  );
  CREATE TABLE loghorn.sources (
    stream_pk integer NOT NULL REFERENCES loghorn.streams,
    source text COLLATE "C" NOT NULL,
    long_source text,
    windows text NOT NULL,
    alert_life text NOT NULL,
    PRIMARY KEY (stream_pk, source)
  );
  CREATE TABLE loghorn.windows (
    artifact_id integer NOT NULL,
    stream_pk integer NOT NULL,
    source text COLLATE "C" NOT NULL,
    long_source text,
    start_ms bigint NOT NULL,
    end_ms bigint NOT NULL,
    revision bigint NOT NULL,
    records bigint NOT NULL,
    score double precision NOT NULL,
    threshold double precision NOT NULL,
    alert boolean NOT NULL,
    features double precision[] NOT NULL,
    explanation text,
    eligible_time_ms double precision NOT NULL,
    scored_time_ms double precision NOT NULL,
    stored_time_ms double precision NOT NULL,
    PRIMARY KEY (artifact_id, source, start_ms)
  );
  CREATE INDEX windows_by_time ON loghorn.windows (artifact_id, start_ms, source);
  CREATE INDEX windows_alerting ON loghorn.windows (artifact_id, start_ms, source) WHERE alert;
  CREATE TABLE loghorn.alerts (
    alert_id text COLLATE "C" NOT NULL,
    stream_pk integer NOT NULL REFERENCES loghorn.streams,
    source text COLLATE "C" NOT NULL,
    since_ms bigint NOT NULL,
    is_open boolean NOT NULL,
    last_event text NOT NULL,
    PRIMARY KEY (alert_id, stream_pk)
  );
  CREATE TABLE loghorn.outbox (
    outbox_pk bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    stream_pk integer NOT NULL REFERENCES loghorn.streams,
    event_id text COLLATE "C" NOT NULL,
    event text NOT NULL,
    commit_time_ms bigint NOT NULL,
    sent_time_ms bigint,
    UNIQUE (stream_pk, event_id)
  );
  CREATE INDEX outbox_unsent ON loghorn.outbox (stream_pk, outbox_pk) WHERE sent_time_ms IS NULL;
  CREATE TABLE loghorn.dead_letters (
    stream_pk integer NOT NULL REFERENCES loghorn.streams,
    reason text COLLATE "C" NOT NULL,
    slot integer NOT NULL,
    sequence bigint NOT NULL,
    line bigint NOT NULL,
    raw text NOT NULL,
    ingest_time_ms bigint NOT NULL,
    PRIMARY KEY (stream_pk, reason, slot)
  );
  `,
  `
  ALTER TABLE loghorn.windows
    ADD COLUMN is_live boolean,
    ADD COLUMN record_time_ms double precision,
    ADD COLUMN append_time_ms double precision,
    ADD COLUMN read_time_ms double precision,
    ADD COLUMN started_time_ms double precision;
  ALTER TABLE loghorn.outbox
    ADD COLUMN stamps text,
    ADD COLUMN stored_time_ms double precision,
    ADD COLUMN emitted_time_ms double precision,
    ADD COLUMN delivered_time_ms double precision;
  `,
  `
  ALTER TABLE loghorn.streams ADD COLUMN lane text;
  CREATE TABLE loghorn.models (
    name text COLLATE "C" NOT NULL,
    version text COLLATE "C" NOT NULL,
    model text NOT NULL,
    PRIMARY KEY (name, version)
  );
  CREATE TABLE loghorn.promotion_requests (
    request_id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    request text NOT NULL
  );
  CREATE TABLE loghorn.model_switches (
    request_id integer NOT NULL REFERENCES loghorn.promotion_requests,
    stream_id text COLLATE "C" NOT NULL,
    switch text NOT NULL,
    PRIMARY KEY (request_id, stream_id)
  );
  `,
  `
  CREATE TABLE loghorn.deliveries (
    outbox_pk bigint NOT NULL,
    sink text COLLATE "C" NOT NULL,
    stream_pk integer NOT NULL REFERENCES loghorn.streams,
    alert_id text COLLATE "C" NOT NULL,
    state text NOT NULL,
    is_settled boolean NOT NULL DEFAULT false,
    attempts integer NOT NULL DEFAULT 0,
    leased_until_ms bigint,
    next_attempt_ms bigint,
    last_error text,
    changed_time_ms bigint NOT NULL,
    sent_time_ms bigint,
    PRIMARY KEY (outbox_pk, sink)
  );
  CREATE INDEX deliveries_open ON loghorn.deliveries (stream_pk, sink, outbox_pk) WHERE NOT is_settled;
  CREATE INDEX deliveries_of_alert ON loghorn.deliveries (alert_id, stream_pk, sink, outbox_pk);
  CREATE INDEX deliveries_failed ON loghorn.deliveries (sink, changed_time_ms) WHERE last_error IS NOT NULL;
  `,
  `
  CREATE TABLE loghorn.source_wishes (
    to_stream text COLLATE "C" NOT NULL,
    source text COLLATE "C" NOT NULL,
    from_stream text COLLATE "C" NOT NULL,
    readers text COLLATE "C" NOT NULL,
    wish text NOT NULL,
    PRIMARY KEY (to_stream, source, from_stream, readers)
  );
  `,
  DASHBOARD_TABLES,
  SUM_UP_WINDOWS,
  'ALTER TABLE loghorn.streams ADD COLUMN commit_token text',
  `
  CREATE TABLE loghorn.alert_lines (
    alert_id text COLLATE "C" NOT NULL,
    stream_pk integer NOT NULL REFERENCES loghorn.streams,
    commit_time_ms double precision NOT NULL,
    is_complete boolean NOT NULL,
    lines text NOT NULL,
    PRIMARY KEY (alert_id, stream_pk)
  );
  `,
  RETENTION_TABLE,
  STAGE_SPANS_TABLE,
];
