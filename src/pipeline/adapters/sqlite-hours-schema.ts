// The step that sums up by the hour the windows that earlier versions stored, and indexes what is asked of single ones.
import { HOUR_MS } from './hour-sums.js';

/** A step of the schema: never changed once it was released. */
export const SUM_UP_WINDOWS = `
  DELETE FROM window_hours;
  INSERT INTO window_hours (artifact_id, hour, source, windows, alerting, max_score, records, changed)
    SELECT artifact_id, (start_ms - ((start_ms % ${HOUR_MS}) + ${HOUR_MS}) % ${HOUR_MS}) / ${HOUR_MS}, source,
      count(*), sum(alert), max(score), sum(records), 0
    FROM windows GROUP BY 1, 2, 3;
  CREATE INDEX windows_scores ON windows (artifact_id, source, start_ms, score, alert, records);
`;
