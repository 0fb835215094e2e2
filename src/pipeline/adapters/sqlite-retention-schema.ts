// What was deleted of a stream's results, and from when on they are there: a table of the SQLite store.

/** A step of the schema: never changed once it was released. */
export const RETENTION_TABLE = `
  CREATE TABLE retention (
    stream_pk INTEGER PRIMARY KEY REFERENCES streams,
    keep_ms INTEGER NOT NULL,
    before_ms INTEGER NOT NULL,
    windows INTEGER NOT NULL DEFAULT 0,
    evidence INTEGER NOT NULL DEFAULT 0,
    deliveries INTEGER NOT NULL DEFAULT 0,
    dead_letters INTEGER NOT NULL DEFAULT 0,
    hours INTEGER NOT NULL DEFAULT 0,
    template_days INTEGER NOT NULL DEFAULT 0
  );
`;
