// The step that sums up by the hour the windows that earlier versions stored, and indexes what is asked of single ones.
import { HOUR_MS } from './hour-sums.js';

/** A step of the schema: never changed once it was released. */
export const SUM_UP_WINDOWS = `
  DELETE FROM loghorn.window_hours;
  INSERT INTO loghorn.window_hours
      (artifact_id, hour, source, long_source, windows, alerting, max_score, records, changed)
    SELECT artifact_id, floor(start_ms / ${HOUR_MS}.0)::bigint, source, max(long_source), count(*),
      count(*) FILTER (WHERE alert), max(score), sum(records)::bigint, 0
    FROM loghorn.windows GROUP BY 1, 2, 3;
  CREATE INDEX windows_scores ON loghorn.windows (artifact_id, source, start_ms) INCLUDE (score, alert, records);
`;
