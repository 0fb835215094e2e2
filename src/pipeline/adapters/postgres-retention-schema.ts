// What was deleted of a stream's results, and from when on they are there: a table of the PostgreSQL store.

/** A step of the schema: never changed once it was released. */
export const RETENTION_TABLE = `
  CREATE TABLE loghorn.retention (
    stream_pk integer PRIMARY KEY REFERENCES loghorn.streams,
    keep_ms bigint NOT NULL,
    before_ms bigint NOT NULL,
    windows bigint NOT NULL DEFAULT 0,
    evidence bigint NOT NULL DEFAULT 0,
    deliveries bigint NOT NULL DEFAULT 0,
    dead_letters bigint NOT NULL DEFAULT 0,
    hours bigint NOT NULL DEFAULT 0,
    template_days bigint NOT NULL DEFAULT 0
  );
`;
