// Sums of windows by the hour in the PostgreSQL store: added up as windows come, and made anew from the windows of an hour
// where one of them was corrected. Both give the same when a commit whose outcome was lost is made once more.
import type { StoredWindow } from '../ports.js';
import { HOUR_MS, hourOf, sumHours } from './hour-sums.js';
import type { Run, Statement } from './postgres-connection.js';
import { textKey } from './postgres-key.js';

/** See `windowSequence` in postgres-sql.ts. */
const CHANGED = 'pg_current_xact_id()::text::bigint';

const ADD: Statement = {
  name: 'loghorn_addHours',
  text: `INSERT INTO loghorn.window_hours AS h
      (artifact_id, changed, hour, source, long_source, windows, alerting, max_score, records)
    SELECT $1, ${CHANGED}, * FROM unnest($2::bigint[], $3::text[], $4::text[], $5::bigint[], $6::bigint[],
      $7::double precision[], $8::bigint[])
    ON CONFLICT (artifact_id, hour, source) DO UPDATE SET changed = excluded.changed,
      windows = h.windows + excluded.windows, alerting = h.alerting + excluded.alerting,
      max_score = greatest(h.max_score, excluded.max_score), records = h.records + excluded.records`,
};

const MAKE_ANEW: Statement = {
  name: 'loghorn_makeHoursAnew',
  text: `INSERT INTO loghorn.window_hours
      (artifact_id, changed, hour, source, long_source, windows, alerting, max_score, records)
    SELECT $1, ${CHANGED}, each.hour, each.source, max(w.long_source), count(*), count(*) FILTER (WHERE w.alert),
      max(w.score), sum(w.records)::bigint
    FROM unnest($2::bigint[], $3::text[]) AS each (hour, source)
      JOIN loghorn.windows AS w ON w.artifact_id = $1 AND w.source = each.source
        AND w.start_ms >= each.hour * ${HOUR_MS} AND w.start_ms < (each.hour + 1) * ${HOUR_MS}
    GROUP BY each.hour, each.source ORDER BY each.hour, each.source
    ON CONFLICT (artifact_id, hour, source) DO UPDATE SET changed = excluded.changed, windows = excluded.windows,
      alerting = excluded.alerting, max_score = excluded.max_score, records = excluded.records`,
};

/**
 * @param run within the transaction of the commit
 * @param written rows that it stored just now
 */
export async function writeHours(
  run: Run,
  artifactId: number,
  written: readonly StoredWindow[],
): Promise<void> {
  // only a higher revision can take the place of a row
  const sums = sumHours(written.filter(({ revision }) => revision === 0));
  if (sums.length > 0) {
    const keys = sums.map(({ source }) => textKey(source));
    await run(ADD, [
      artifactId,
      `{${sums.map(({ hour }) => hour).join(',')}}`,
      keys.map(({ key }) => key),
      keys.map(({ long }) => long),
      `{${sums.map(({ windows }) => windows).join(',')}}`,
      `{${sums.map(({ alerting }) => alerting).join(',')}}`,
      `{${sums.map(({ maxScore }) => maxScore).join(',')}}`,
      `{${sums.map(({ records }) => records).join(',')}}`,
    ]);
  }
  const corrected = new Map<string, { readonly hour: number; readonly key: string }>();
  for (const { source, startMs, revision } of written)
    if (revision > 0) {
      const hour = hourOf(startMs);
      corrected.set(`${hour} ${source}`, { hour, key: textKey(source).key });
    }
  if (corrected.size === 0) return;
  const hours = [...corrected.values()];
  await run(MAKE_ANEW, [
    artifactId,
    `{${hours.map(({ hour }) => hour).join(',')}}`,
    hours.map(({ key }) => key),
  ]);
}
