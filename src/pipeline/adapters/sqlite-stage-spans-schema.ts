// How long stages took in spans of time, as sums of what consumers told: a table of the SQLite store.

/** A step of the schema: never changed once it was released. */
export const STAGE_SPANS_TABLE = `
  CREATE TABLE stage_spans (
    span_ms INTEGER NOT NULL,
    span INTEGER NOT NULL,
    consumer_id TEXT NOT NULL,
    stages TEXT NOT NULL,
    PRIMARY KEY (span_ms, span, consumer_id)
  ) WITHOUT ROWID;
`;
