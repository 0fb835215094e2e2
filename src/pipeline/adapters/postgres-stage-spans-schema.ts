// How long stages took in spans of time, as sums of what consumers told: a table of the PostgreSQL store.

/** A step of the schema: never changed once it was released. */
export const STAGE_SPANS_TABLE = `
  CREATE TABLE loghorn.stage_spans (
    span_ms bigint NOT NULL,
    span bigint NOT NULL,
    consumer_id text COLLATE "C" NOT NULL,
    stages text NOT NULL,
    PRIMARY KEY (span_ms, span, consumer_id)
  );
`;
