// One commit as the statements that write it. Every one of them gives the same when it is run again: a commit whose
// outcome was lost with its connection is simply made once more.
import { alertWindowStamps } from '../latency/alert-way.js';
import { type Commit, DEAD_LETTERS_KEPT } from '../ports.js';
import { storableText } from '../store/stored-text.js';
import type { Run } from './postgres-connection.js';
import { writeDeliveries } from './postgres-deliveries.js';
import { writeHours } from './postgres-hours.js';
import { textKey } from './postgres-key.js';
import { SQL } from './postgres-statements.js';

/** @param run within the transaction that holds the lock on the stream's row */
export async function writeCommit(
  run: Run,
  {
    sources,
    windows,
    alerts,
    alertRows,
    alertLines = [],
    deliveries = [],
    deadLetters,
    commitTimeMs,
  }: Commit,
  artifactId: number,
  streamPk: number,
): Promise<void> {
  // a statement cannot change one row twice: of those with one key the one that would stay is sent
  if (sources.length > 0) {
    const rows = latestOf(sources, ({ source }) => source);
    const keys = rows.map(({ source }) => textKey(source));
    await run(SQL.writeSources, [
      streamPk,
      keys.map(({ key }) => key),
      keys.map(({ long }) => long),
      rows.map((row) => JSON.stringify(row.windows)),
      rows.map((row) => JSON.stringify(row.alertLife)),
    ]);
  }
  if (windows.length > 0) {
    const rows = latestOf(
      windows,
      ({ source, startMs }) => `${startMs} ${source}`,
      (a, b) => a.revision > b.revision,
    );
    const keys = rows.map(({ source }) => textKey(source));
    const { rows: written } = await run(SQL.writeWindows, [
      artifactId,
      streamPk,
      commitTimeMs,
      keys.map(({ key }) => key),
      keys.map(({ long }) => long),
      arrayOf(rows, ({ startMs }) => startMs),
      arrayOf(rows, ({ endMs }) => endMs),
      arrayOf(rows, ({ revision }) => revision),
      arrayOf(rows, ({ records }) => records),
      arrayOf(rows, ({ score }) => score),
      arrayOf(rows, ({ threshold }) => threshold),
      arrayOf(rows, ({ alert }) => alert),
      rows.map(({ features }) => `{${features.join(',')}}`),
      rows.map(({ explanation }) => (explanation ? JSON.stringify(explanation) : null)),
      arrayOf(rows, ({ eligibleTimeMs }) => eligibleTimeMs),
      arrayOf(rows, ({ scoredTimeMs }) => scoredTimeMs),
      arrayOf(rows, ({ stamps }) => stamps?.isLive ?? null),
      arrayOf(rows, ({ stamps }) => stamps?.recordTimeMs ?? null),
      arrayOf(rows, ({ stamps }) => stamps?.appendTimeMs ?? null),
      arrayOf(rows, ({ stamps }) => stamps?.readTimeMs ?? null),
      arrayOf(rows, ({ stamps }) => stamps?.startedTimeMs ?? null),
    ]);
    const isWritten = new Set(written.map(([key, startMs]) => `${startMs as number} ${key as string}`));
    await writeHours(
      run,
      artifactId,
      rows.filter(({ startMs }, index) => isWritten.has(`${startMs} ${keys[index]!.key}`)),
    );
  }
  if (deadLetters.length > 0) {
    const rows = latestOf(
      deadLetters,
      ({ reason, sequence }) => `${reason} ${sequence % DEAD_LETTERS_KEPT}`,
      (a, b) => a.sequence > b.sequence,
    );
    await run(SQL.writeDeadLetters, [
      streamPk,
      rows.map(({ reason }) => reason),
      arrayOf(rows, ({ sequence }) => sequence % DEAD_LETTERS_KEPT),
      arrayOf(rows, ({ sequence }) => sequence),
      arrayOf(rows, ({ line }) => line),
      rows.map(({ raw }) => storableText(raw)),
      arrayOf(rows, ({ ingestTimeMs }) => ingestTimeMs),
    ]);
  }
  if (alerts.length > 0) {
    // from here to the end of the transaction one at a time: who follows events by number must not meet a lower one later
    await run(SQL.lockOutbox);
    const rows = latestOf(alerts, ({ alertId }) => alertId);
    const explained = new Map(
      alerts
        .filter(({ explanation }) => explanation !== undefined)
        .map((event) => [event.alertId, JSON.stringify(event)]),
    );
    await run(SQL.writeAlerts, [
      streamPk,
      rows.map(({ alertId }) => alertId),
      rows.map(({ source }) => textKey(source).key),
      arrayOf(rows, ({ sinceMs }) => sinceMs),
      arrayOf(rows, ({ type }) => type !== 'resolved'),
      rows.map((event) => JSON.stringify(event)),
      arrayOf(rows, ({ untilMs }) => untilMs),
      rows.map(({ alertId }) => explained.get(alertId) ?? null),
    ]);
    await run(SQL.writeOutbox, [
      streamPk,
      Math.floor(commitTimeMs),
      alerts.map(({ eventId }) => eventId),
      alerts.map((event) => JSON.stringify(event)),
      alerts.map(({ eventId }) => {
        const stamps = alertWindowStamps(alertRows?.get(eventId), commitTimeMs);
        return stamps === undefined ? null : JSON.stringify(stamps);
      }),
      alerts.map(({ alertId }) => alertId),
    ]);
  }
  for (const each of alertLines)
    await run(SQL.writeAlertLines, [
      each.alertId,
      streamPk,
      commitTimeMs,
      each.isComplete,
      storableText(JSON.stringify(each)),
    ]);
  await writeDeliveries(run, streamPk, deliveries, commitTimeMs);
}

/** Of those with one key the last, or the first that none is better than. */
function latestOf<T>(
  items: readonly T[],
  keyOf: (item: T) => string,
  isBetter: (a: T, b: T) => boolean = () => true,
): T[] {
  const best = new Map<string, T>();
  for (const item of items) {
    const key = keyOf(item);
    const known = best.get(key);
    if (known === undefined || isBetter(item, known)) best.set(key, item);
  }
  return [...best.values()];
}

/** An array literal: numbers and booleans need no quotes, so that this is what the client would make of them, sooner. */
function arrayOf<T>(items: readonly T[], valueOf: (item: T) => number | boolean | null): string {
  return `{${items.map((item) => valueOf(item) ?? 'NULL').join(',')}}`;
}
