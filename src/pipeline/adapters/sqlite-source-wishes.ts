// Sources that go from one stream to another, in the SQLite store.
import type Database from 'libsql';
import { homeNoteOf, type LaneNote } from '../lanes/promotion.js';
import { sourceHomesOf } from '../store/source-homes.js';
import {
  readersText,
  type SourceHomes,
  type SourceGift,
  type SourceWish,
  type StreamPosition,
} from '../partitions/source-wish.js';
import { readStoredText, storableText } from '../store/stored-text.js';
import type { Statement } from './sqlite-statements.js';

/** Those that are over, too: a correction may take one up again. */
const ALERTS = 'SELECT alert_id FROM alerts WHERE stream_pk = ?1 AND source = ?2';
/** An event's id begins with its alert's. */
const IS_OF_ALERT = `EXISTS (SELECT 1 FROM (${ALERTS}) AS a
  WHERE substr(outbox.event_id, 1, length(a.alert_id) + 1) = a.alert_id || '-')`;

const STATEMENTS = {
  write: `INSERT INTO source_wishes (to_stream, source, from_stream, readers, wish) VALUES (?, ?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET wish = excluded.wish`,
  read: 'SELECT wish FROM source_wishes ORDER BY to_stream, source, from_stream, readers',
  remove: 'DELETE FROM source_wishes WHERE to_stream = ? AND source = ? AND from_stream = ? AND readers = ?',
  removeAll: 'DELETE FROM source_wishes WHERE to_stream = ? AND source = ? AND readers = ?',
  hasAlerts: 'SELECT 1 FROM alerts WHERE stream_pk = ? AND source = ? LIMIT 1',
  findTaker: `SELECT t.stream_pk, t.lane FROM streams AS t JOIN streams AS f USING (artifact_id)
    WHERE f.stream_pk = ? AND t.stream_id = ?`,
  addTaker: `INSERT INTO streams (stream_id, artifact_id, epoch, lane)
    SELECT ?2, artifact_id, 0, ?3 FROM streams WHERE stream_pk = ?1 RETURNING stream_pk`,
  writeLane: 'UPDATE streams SET lane = ? WHERE stream_pk = ?',
  giveMemory: `INSERT INTO sources (stream_pk, source, windows, alert_life)
    SELECT ?3, source, windows, alert_life FROM sources WHERE stream_pk = ?1 AND source = ?2
    ON CONFLICT DO UPDATE SET windows = excluded.windows, alert_life = excluded.alert_life`,
  forget: 'DELETE FROM sources WHERE stream_pk = ? AND source = ?',
  giveDeliveries: `UPDATE deliveries SET stream_pk = ?3 WHERE stream_pk = ?1 AND alert_id IN (${ALERTS})`,
  giveOutbox: `UPDATE OR REPLACE outbox SET stream_pk = ?3 WHERE stream_pk = ?1 AND ${IS_OF_ALERT}`,
  giveAlerts: `UPDATE OR REPLACE alerts SET stream_pk = ?3 WHERE stream_pk = ?1 AND source = ?2`,
  readHomes: `SELECT source, stream_id FROM sources JOIN streams USING (stream_pk)
    WHERE artifact_id = ?1 AND source IN (SELECT value FROM json_each(?2)) ORDER BY source, stream_id`,
  readShared: `SELECT source, stream_id FROM sources JOIN streams USING (stream_pk)
    WHERE artifact_id = ?1 AND source IN (SELECT source FROM sources JOIN streams USING (stream_pk)
      WHERE artifact_id = ?1 GROUP BY source HAVING count(*) > 1)
    ORDER BY source, stream_id`,
  readPositions: `SELECT stream_id, position FROM streams WHERE artifact_id = ? AND position <> 'null'
    ORDER BY stream_id`,
} as const;

export interface SqliteWishes {
  /** Within a transaction. */
  wish(wishes: readonly SourceWish[]): void;
  withdraw(wishes: Omit<SourceGift, 'parts'>): void;
  wishes(): readonly SourceWish[];
  /** Of one artifact, within the transaction that looked at the epoch. */
  give(fromPk: number, gift: Pick<SourceGift, 'to' | 'sources'>): void;
  /** Within the same transaction. @returns the sources that were wished for */
  takeBack(gift: SourceGift): readonly string[];
  homes(artifactId: number, sources: readonly string[]): readonly SourceHomes[];
  shared(artifactId: number): readonly SourceHomes[];
  positions(artifactId: number): readonly StreamPosition[];
}

export function createSqliteWishes(db: Database.Database): SqliteWishes {
  const sql = Object.fromEntries(
    Object.entries(STATEMENTS).map(([name, text]) => [name, db.prepare(text) as unknown as Statement]),
  ) as Readonly<Record<keyof typeof STATEMENTS, Statement>>;
  /** Undefined where the other stream was never read with the artifact, and gets no alerts of it. */
  const takerOf = (fromPk: number, to: string, hasAlerts: boolean): number | undefined => {
    const found = sql.findTaker.raw().get(fromPk, to) as [number, string | null] | undefined;
    if (!hasAlerts) return found?.[0];
    if (found === undefined) {
      const note = JSON.stringify(homeNoteOf(undefined));
      return (sql.addTaker.raw().get(fromPk, to, note) as [number])[0];
    }
    const [toPk, text] = found;
    const note = text === null ? undefined : (JSON.parse(text) as LaneNote);
    if (note?.role === 'retired') sql.writeLane.run(JSON.stringify(homeNoteOf(note)), toPk);
    return toPk;
  };
  return {
    wish: (wishes) => {
      for (const wish of wishes) sql.write.run(...wishKey(wish), JSON.stringify(wish));
    },
    withdraw: ({ to, sources, readers }) => {
      for (const source of sources)
        sql.removeAll.run(storableText(to), storableText(source), storableText(readersText(readers)));
    },
    wishes: () => (sql.read.raw().all() as [string][]).map(([wish]) => JSON.parse(wish) as SourceWish),
    give: (fromPk, { to, sources }) => {
      const keys = sources.map(storableText);
      const toPk = takerOf(
        fromPk,
        storableText(to),
        keys.some((source) => sql.hasAlerts.raw().get(fromPk, source) !== undefined),
      );
      for (const source of keys) {
        if (toPk !== undefined) {
          sql.giveMemory.run(fromPk, source, toPk);
          // the alerts last: they say what goes with them
          for (const name of ['giveDeliveries', 'giveOutbox', 'giveAlerts'] as const)
            sql[name].run(fromPk, source, toPk);
        }
        sql.forget.run(fromPk, source);
      }
    },
    takeBack: ({ parts, to, sources, readers }) => {
      const from = parts[0]?.key.streamId ?? '';
      return sources.filter(
        (source) => sql.remove.run(...wishKey({ source, from, to, readers })).changes > 0,
      );
    },
    homes: (artifactId, sources) =>
      sourceHomesOf(
        sql.readHomes.raw().all(artifactId, JSON.stringify(sources.map(storableText))) as [string, string][],
      ),
    shared: (artifactId) => sourceHomesOf(sql.readShared.raw().all(artifactId) as [string, string][]),
    positions: (artifactId) =>
      (sql.readPositions.raw().all(artifactId) as [string, string][]).map(([streamId, position]) => ({
        streamId: readStoredText(streamId),
        position: JSON.parse(position) as unknown,
      })),
  };
}

function wishKey({
  to,
  source,
  from,
  readers,
}: Omit<SourceWish, 'appendTimeMs'>): [string, string, string, string] {
  return [storableText(to), storableText(source), storableText(from), storableText(readersText(readers))];
}
