// What one commit changes in the SQLite store, within a transaction that has checked its owner.
import type Database from 'libsql';
import { alertWindowStamps } from '../latency/alert-way.js';
import { type Commit, DEAD_LETTERS_KEPT, type StoredWindow } from '../ports.js';
import { storableText } from '../store/stored-text.js';
import type { SqliteDeliveries } from './sqlite-deliveries.js';
import { createHourWriter } from './sqlite-hours.js';
import type { Statements } from './sqlite-statements.js';
import { createTemplateWriter } from './sqlite-template-days.js';

/** @returns what writes a commit of the stream and artifact of these numbers */
export function createCommitWriter(
  db: Database.Database,
  sql: Statements,
  deliveries: SqliteDeliveries,
): (commit: Commit, streamPk: number, artifactId: number) => void {
  const hours = createHourWriter(db);
  const writeTemplates = createTemplateWriter(db);

  /** @returns whether it is there now */
  const writeWindow = (
    row: StoredWindow,
    streamPk: number,
    artifactId: number,
    commitTimeMs: number,
  ): boolean => {
    const { changes } = sql.writeWindow.run(
      artifactId,
      storableText(row.source),
      row.startMs,
      row.endMs,
      row.revision,
      row.records,
      row.score,
      row.threshold,
      row.alert ? 1 : 0,
      JSON.stringify(row.features),
      row.explanation ? JSON.stringify(row.explanation) : null,
      streamPk,
      row.eligibleTimeMs,
      row.scoredTimeMs,
      commitTimeMs,
      row.stamps === undefined ? null : row.stamps.isLive ? 1 : 0,
      row.stamps?.recordTimeMs ?? null,
      row.stamps?.appendTimeMs ?? null,
      row.stamps?.readTimeMs ?? null,
      row.stamps?.startedTimeMs ?? null,
    );
    return changes > 0;
  };

  const writeAlerts = ({ alerts, alertRows, commitTimeMs }: Commit, streamPk: number): void => {
    for (const event of alerts) {
      const { alertId, eventId, source, sinceMs, untilMs, type, explanation } = event;
      const json = JSON.stringify(event);
      sql.writeAlert.run(
        alertId,
        streamPk,
        storableText(source),
        sinceMs,
        type === 'resolved' ? 0 : 1,
        json,
        untilMs,
        explanation === undefined ? null : json,
      );
      const stamps = alertWindowStamps(alertRows?.get(eventId), commitTimeMs);
      const stampsJson = stamps === undefined ? null : JSON.stringify(stamps);
      sql.writeOutbox.run(streamPk, eventId, json, Math.floor(commitTimeMs), stampsJson, alertId);
    }
  };

  return (commit, streamPk, artifactId) => {
    const { commitTimeMs } = commit;
    for (const { source, windows, alertLife } of commit.sources)
      sql.writeSource.run(streamPk, storableText(source), JSON.stringify(windows), JSON.stringify(alertLife));
    const written = commit.windows.filter((row) => writeWindow(row, streamPk, artifactId, commitTimeMs));
    hours.write(artifactId, written);
    writeTemplates(artifactId, commit.templates ?? []);
    writeAlerts(commit, streamPk);
    for (const each of commit.alertLines ?? [])
      sql.writeAlertLines.run(
        each.alertId,
        streamPk,
        commitTimeMs,
        each.isComplete ? 1 : 0,
        storableText(JSON.stringify(each)),
      );
    deliveries.write(streamPk, commit.deliveries ?? [], commitTimeMs);
    for (const { reason, sequence, line, raw, ingestTimeMs } of commit.deadLetters)
      sql.writeDeadLetter.run(
        streamPk,
        reason,
        sequence % DEAD_LETTERS_KEPT,
        sequence,
        line,
        storableText(raw),
        ingestTimeMs,
      );
  };
}
