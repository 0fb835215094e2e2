// What the dashboard reads beside windows and alerts, and what people say about them: tables of the SQLite store.

/** A step of the schema: never changed once it was released. */
export const DASHBOARD_TABLES = `
  ALTER TABLE alerts ADD COLUMN until_ms INTEGER;
  ALTER TABLE alerts ADD COLUMN explained_event TEXT;
  ALTER TABLE outbox ADD COLUMN alert_id TEXT;
  UPDATE outbox SET alert_id = json_extract(event, '$.alertId');
  CREATE INDEX outbox_by_alert ON outbox (alert_id, outbox_pk);
  UPDATE alerts SET until_ms = json_extract(last_event, '$.untilMs'),
    explained_event = (SELECT event FROM outbox
      WHERE outbox.alert_id = alerts.alert_id AND outbox.stream_pk = alerts.stream_pk
        AND json_extract(event, '$.explanation') IS NOT NULL
      ORDER BY outbox_pk DESC LIMIT 1);
  CREATE INDEX alerts_by_time ON alerts (since_ms);
  CREATE TABLE desk (
    sequence INTEGER PRIMARY KEY,
    token TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    alert_id TEXT,
    silence_id INTEGER,
    from_ms REAL,
    until_ms REAL,
    entry TEXT NOT NULL
  );
  CREATE INDEX desk_by_alert ON desk (alert_id, sequence) WHERE kind = 'note';
  CREATE INDEX desk_lifted ON desk (silence_id) WHERE kind = 'lift';
  CREATE TABLE markers (
    marker_key TEXT PRIMARY KEY,
    at_ms REAL NOT NULL,
    marker TEXT NOT NULL
  );
  CREATE TABLE labels (
    label_id TEXT PRIMARY KEY,
    start_ms REAL NOT NULL,
    end_ms REAL NOT NULL,
    label TEXT NOT NULL
  );
  CREATE TABLE consumers (
    consumer_id TEXT PRIMARY KEY,
    at_ms REAL NOT NULL,
    beat TEXT NOT NULL
  );
  CREATE TABLE heartbeats (
    minute INTEGER NOT NULL,
    consumer_id TEXT NOT NULL,
    beat TEXT NOT NULL,
    PRIMARY KEY (minute, consumer_id)
  ) WITHOUT ROWID;
  CREATE TABLE seen_templates (
    template_pk INTEGER PRIMARY KEY,
    artifact_id INTEGER NOT NULL REFERENCES artifacts,
    source TEXT NOT NULL,
    long_source TEXT,
    template_id TEXT NOT NULL,
    is_new INTEGER NOT NULL,
    template TEXT NOT NULL,
    example TEXT NOT NULL,
    first_seen_ms INTEGER NOT NULL,
    last_seen_ms INTEGER NOT NULL,
    UNIQUE (artifact_id, source, template_id)
  );
  CREATE TABLE template_days (
    artifact_id INTEGER NOT NULL,
    day INTEGER NOT NULL,
    template_pk INTEGER NOT NULL,
    h0 INTEGER NOT NULL, h1 INTEGER NOT NULL, h2 INTEGER NOT NULL, h3 INTEGER NOT NULL, h4 INTEGER NOT NULL, h5 INTEGER NOT NULL,
    h6 INTEGER NOT NULL, h7 INTEGER NOT NULL, h8 INTEGER NOT NULL, h9 INTEGER NOT NULL, h10 INTEGER NOT NULL, h11 INTEGER NOT NULL,
    h12 INTEGER NOT NULL, h13 INTEGER NOT NULL, h14 INTEGER NOT NULL, h15 INTEGER NOT NULL, h16 INTEGER NOT NULL, h17 INTEGER NOT NULL,
    h18 INTEGER NOT NULL, h19 INTEGER NOT NULL, h20 INTEGER NOT NULL, h21 INTEGER NOT NULL, h22 INTEGER NOT NULL, h23 INTEGER NOT NULL,
    PRIMARY KEY (artifact_id, day, template_pk)
  ) WITHOUT ROWID;
  CREATE TABLE window_hours (
    artifact_id INTEGER NOT NULL,
    hour INTEGER NOT NULL,
    source TEXT NOT NULL,
    long_source TEXT,
    windows INTEGER NOT NULL,
    alerting INTEGER NOT NULL,
    max_score REAL NOT NULL,
    records INTEGER NOT NULL,
    changed INTEGER NOT NULL,
    PRIMARY KEY (artifact_id, hour, source)
  ) WITHOUT ROWID;
  CREATE INDEX window_hours_changed ON window_hours (changed);
  CREATE TABLE window_sequence (last INTEGER NOT NULL);
  INSERT INTO window_sequence VALUES (0);
`;
