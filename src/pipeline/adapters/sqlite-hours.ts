// Sums of windows by the hour in the SQLite store, so that a month of them is some thousand rows: added up as windows come,
// and made anew from the windows of an hour where one of them was corrected.
import type Database from 'libsql';
import type { StoredWindow } from '../ports.js';
import { storableText } from '../store/stored-text.js';
import { HOUR_MS, hourOf, sumHours } from './hour-sums.js';
import type { Statement } from './sqlite-statements.js';

export interface HourWriter {
  /** @param written rows that the same transaction stored just now */
  write(artifactId: number, written: readonly StoredWindow[]): void;
}

export function createHourWriter(db: Database.Database): HourWriter {
  const prepare = (text: string): Statement => db.prepare(text) as unknown as Statement;
  const nextNumber = prepare('UPDATE window_sequence SET last = last + 1 RETURNING last');
  const add =
    prepare(`INSERT INTO window_hours (artifact_id, hour, source, windows, alerting, max_score, records, changed)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET windows = windows + excluded.windows, alerting = alerting + excluded.alerting,
      max_score = max(max_score, excluded.max_score), records = records + excluded.records,
      changed = excluded.changed`);
  const makeAnew = prepare(`INSERT OR REPLACE INTO window_hours
      (artifact_id, hour, source, windows, alerting, max_score, records, changed)
    SELECT ?1, ?2, ?3, count(*), sum(alert), max(score), sum(records), ?4 FROM windows
    WHERE artifact_id = ?1 AND source = ?3 AND start_ms >= ?2 * ${HOUR_MS} AND start_ms < (?2 + 1) * ${HOUR_MS}`);

  return {
    write: (artifactId, written) => {
      if (written.length === 0) return;
      const [number] = nextNumber.raw().get() as [number];
      // only a higher revision can take the place of a row
      const isFirst = ({ revision }: StoredWindow): boolean => revision === 0;
      for (const { source, hour, windows, alerting, maxScore, records } of sumHours(written.filter(isFirst)))
        add.run(artifactId, hour, storableText(source), windows, alerting, maxScore, records, number);
      const corrected = new Map(
        written
          .filter((row) => !isFirst(row))
          .map(({ source, startMs }) => [`${hourOf(startMs)} ${source}`, { source, hour: hourOf(startMs) }]),
      );
      for (const { source, hour } of corrected.values())
        makeAnew.run(artifactId, hour, storableText(source), number);
    },
  };
}
