// What the dashboard reads beside windows and alerts, and what people say about them: tables of the PostgreSQL store.

/**
 * A step of the schema: never changed once it was released. In JSON a quote within a text has a backslash before it: a
 * pattern with quotes finds the key alone.
 */
export const DASHBOARD_TABLES = `
  ALTER TABLE loghorn.alerts ADD COLUMN until_ms bigint, ADD COLUMN explained_event text;
  ALTER TABLE loghorn.outbox ADD COLUMN alert_id text COLLATE "C";
  UPDATE loghorn.outbox SET alert_id = substring(event FROM '"alertId":"([^"]*)"');
  CREATE INDEX outbox_by_alert ON loghorn.outbox (alert_id, outbox_pk);
  UPDATE loghorn.alerts AS a SET until_ms = substring(last_event FROM '"untilMs":(-?[0-9]+)')::bigint,
    explained_event = (SELECT event FROM loghorn.outbox AS o
      WHERE o.alert_id = a.alert_id AND o.stream_pk = a.stream_pk AND strpos(event, '"explanation":{') > 0
      ORDER BY outbox_pk DESC LIMIT 1);
  CREATE INDEX alerts_by_time ON loghorn.alerts (since_ms);
  CREATE TABLE loghorn.desk (
    sequence bigint PRIMARY KEY,
    token text COLLATE "C" NOT NULL UNIQUE,
    kind text COLLATE "C" NOT NULL,
    alert_id text COLLATE "C",
    silence_id bigint,
    from_ms double precision,
    until_ms double precision,
    entry text NOT NULL
  );
  CREATE INDEX desk_by_alert ON loghorn.desk (alert_id, sequence) WHERE kind = 'note';
  CREATE INDEX desk_lifted ON loghorn.desk (silence_id) WHERE kind = 'lift';
  CREATE TABLE loghorn.markers (
    marker_key text COLLATE "C" PRIMARY KEY,
    at_ms double precision NOT NULL,
    marker text NOT NULL
  );
  CREATE TABLE loghorn.labels (
    label_id text COLLATE "C" PRIMARY KEY,
    start_ms double precision NOT NULL,
    end_ms double precision NOT NULL,
    label text NOT NULL
  );
  CREATE TABLE loghorn.consumers (
    consumer_id text COLLATE "C" PRIMARY KEY,
    at_ms double precision NOT NULL,
    beat text NOT NULL
  );
  CREATE TABLE loghorn.heartbeats (
    minute bigint NOT NULL,
    consumer_id text COLLATE "C" NOT NULL,
    beat text NOT NULL,
    PRIMARY KEY (minute, consumer_id)
  );
  CREATE TABLE loghorn.seen_templates (
    template_pk bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    artifact_id integer NOT NULL,
    source text COLLATE "C" NOT NULL,
    long_source text,
    template_id text COLLATE "C" NOT NULL,
    is_new boolean NOT NULL,
    template text NOT NULL,
    example text NOT NULL,
    first_seen_ms bigint NOT NULL,
    last_seen_ms bigint NOT NULL,
    UNIQUE (artifact_id, source, template_id)
  );
  CREATE TABLE loghorn.template_days (
    artifact_id integer NOT NULL,
    day bigint NOT NULL,
    template_pk bigint NOT NULL,
    h0 bigint NOT NULL, h1 bigint NOT NULL, h2 bigint NOT NULL, h3 bigint NOT NULL, h4 bigint NOT NULL, h5 bigint NOT NULL,
    h6 bigint NOT NULL, h7 bigint NOT NULL, h8 bigint NOT NULL, h9 bigint NOT NULL, h10 bigint NOT NULL, h11 bigint NOT NULL,
    h12 bigint NOT NULL, h13 bigint NOT NULL, h14 bigint NOT NULL, h15 bigint NOT NULL, h16 bigint NOT NULL, h17 bigint NOT NULL,
    h18 bigint NOT NULL, h19 bigint NOT NULL, h20 bigint NOT NULL, h21 bigint NOT NULL, h22 bigint NOT NULL, h23 bigint NOT NULL,
    PRIMARY KEY (artifact_id, day, template_pk)
  );
  CREATE TABLE loghorn.window_hours (
    artifact_id integer NOT NULL,
    hour bigint NOT NULL,
    source text COLLATE "C" NOT NULL,
    long_source text,
    windows bigint NOT NULL,
    alerting bigint NOT NULL,
    max_score double precision NOT NULL,
    records bigint NOT NULL,
    changed bigint NOT NULL,
    PRIMARY KEY (artifact_id, hour, source)
  );
  CREATE INDEX window_hours_changed ON loghorn.window_hours (changed);
`;
