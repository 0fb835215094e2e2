// Sources that go from one stream to another, in the PostgreSQL store. Each of these gives the same when it is run again
// over its own result.
import { homeNoteOf, type LaneNote } from '../lanes/promotion.js';
import {
  readersText,
  type SourceGift,
  type SourceWish,
  type StreamPosition,
} from '../partitions/source-wish.js';
import { readStoredText } from '../store/stored-text.js';
import type { Run, Statement } from './postgres-connection.js';
import { textKey } from './postgres-key.js';

/** Those that are over, too: a correction may take one up again. */
const ALERTS = `SELECT a.alert_id FROM loghorn.alerts AS a
  WHERE a.stream_pk = $1 AND a.source = ANY($2::text[])`;

const TEXTS = {
  write: `INSERT INTO loghorn.source_wishes (to_stream, source, from_stream, readers, wish)
    SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[])
    ON CONFLICT (to_stream, source, from_stream, readers) DO UPDATE SET wish = excluded.wish`,
  read: 'SELECT wish FROM loghorn.source_wishes ORDER BY to_stream, source, from_stream, readers',
  remove: `DELETE FROM loghorn.source_wishes
    WHERE to_stream = $1 AND from_stream = $2 AND readers = $3 AND source = ANY($4::text[])
    RETURNING source`,
  removeAll: `DELETE FROM loghorn.source_wishes
    WHERE to_stream = $1 AND readers = $2 AND source = ANY($3::text[])`,
  hasAlerts: `SELECT 1 FROM (${ALERTS}) AS a LIMIT 1`,
  findTaker: 'SELECT stream_pk, lane FROM loghorn.streams WHERE stream_id = $1 AND artifact_id = $2',
  addTaker: `INSERT INTO loghorn.streams AS s (stream_id, artifact_id, epoch, lane) VALUES ($1, $2, 0, $3)
    ON CONFLICT (stream_id, artifact_id) DO UPDATE SET epoch = s.epoch RETURNING stream_pk`,
  writeLane: 'UPDATE loghorn.streams SET lane = $2 WHERE stream_pk = $1',
  giveMemory: `INSERT INTO loghorn.sources (stream_pk, source, long_source, windows, alert_life)
    SELECT $3, s.source, s.long_source, s.windows, s.alert_life FROM loghorn.sources AS s
    WHERE s.stream_pk = $1 AND s.source = ANY($2::text[])
    ON CONFLICT (stream_pk, source) DO UPDATE SET windows = excluded.windows, alert_life = excluded.alert_life`,
  forget: 'DELETE FROM loghorn.sources WHERE stream_pk = $1 AND source = ANY($2::text[])',
  giveDeliveries: `UPDATE loghorn.deliveries SET stream_pk = $3 WHERE stream_pk = $1 AND alert_id IN (${ALERTS})`,
  clearOutbox: `DELETE FROM loghorn.outbox AS o WHERE o.stream_pk = $3 AND EXISTS (SELECT 1 FROM (${ALERTS}) AS a
      WHERE starts_with(o.event_id, a.alert_id || '-'))
    AND EXISTS (SELECT 1 FROM loghorn.outbox AS g WHERE g.stream_pk = $1 AND g.event_id = o.event_id)`,
  giveOutbox: `UPDATE loghorn.outbox AS o SET stream_pk = $3
    WHERE o.stream_pk = $1 AND EXISTS (SELECT 1 FROM (${ALERTS}) AS a
      WHERE starts_with(o.event_id, a.alert_id || '-'))`,
  clearAlerts: `DELETE FROM loghorn.alerts AS t WHERE t.stream_pk = $3 AND t.alert_id IN (${ALERTS})`,
  giveAlerts: `UPDATE loghorn.alerts SET stream_pk = $3
    WHERE stream_pk = $1 AND source = ANY($2::text[])`,
  readHomes: `SELECT coalesce(long_source, source), stream_id
    FROM loghorn.sources JOIN loghorn.streams USING (stream_pk)
    WHERE artifact_id = $1 AND source = ANY($2::text[]) ORDER BY source, stream_id`,
  readShared: `SELECT coalesce(long_source, source), stream_id
    FROM loghorn.sources JOIN loghorn.streams USING (stream_pk)
    WHERE artifact_id = $1 AND source IN (SELECT source FROM loghorn.sources JOIN loghorn.streams USING (stream_pk)
      WHERE artifact_id = $1 GROUP BY source HAVING count(*) > 1)
    ORDER BY source, stream_id`,
  readPositions: `SELECT stream_id, position FROM loghorn.streams
    WHERE artifact_id = $1 AND position <> 'null' ORDER BY stream_id`,
} as const;

export const WISH_SQL = Object.fromEntries(
  Object.entries(TEXTS).map(([name, text]): [string, Statement] => [
    name,
    { name: `loghorn_wish_${name}`, text },
  ]),
) as Readonly<Record<keyof typeof TEXTS, Statement>>;

/** @param run within a transaction */
export async function writeWishes(run: Run, wishes: readonly SourceWish[]): Promise<void> {
  if (wishes.length === 0) return;
  // a statement cannot change one row twice: of those with one key the last stays
  const rows = new Map(
    wishes.map((wish) => {
      const { to, source, from, readers } = wish;
      const key = [to, source, from, readersText(readers)].map((text) => textKey(text).key);
      return [JSON.stringify(key), [...key, JSON.stringify(wish)]];
    }),
  );
  const columns = [0, 1, 2, 3, 4].map((column) => [...rows.values()].map((row) => row[column]!));
  await run(WISH_SQL.write, columns);
}

/**
 * @param run within the transaction that holds the lock on the giving stream's row
 * @param keys of the sources, as `takeBackWishes` gives them
 */
export async function giveSourcesOf(
  run: Run,
  fromPk: number,
  artifactId: number,
  { to }: SourceGift,
  keys: readonly string[],
): Promise<void> {
  const hasAlerts = (await run(WISH_SQL.hasAlerts, [fromPk, keys])).rows.length > 0;
  const toPk = await takerOf(run, textKey(to).key, artifactId, hasAlerts);
  if (toPk !== undefined) {
    const given = ['giveMemory', 'giveDeliveries', 'clearOutbox', 'giveOutbox', 'clearAlerts'] as const;
    // the alerts last: they say what goes with them
    for (const name of [...given, 'giveAlerts'] as const) await run(WISH_SQL[name], [fromPk, keys, toPk]);
  }
  await run(WISH_SQL.forget, [fromPk, keys]);
}

/** Undefined where the other stream was never read with the artifact, and gets no alerts of it. */
async function takerOf(
  run: Run,
  to: string,
  artifactId: number,
  hasAlerts: boolean,
): Promise<number | undefined> {
  const [found] = (await run(WISH_SQL.findTaker, [to, artifactId])).rows as [number, string | null][];
  if (!hasAlerts) return found?.[0];
  if (found === undefined) {
    const added = [to, artifactId, JSON.stringify(homeNoteOf(undefined))];
    return (await run(WISH_SQL.addTaker, added)).rows[0]![0] as number;
  }
  const [toPk, text] = found;
  const note = text === null ? undefined : (JSON.parse(text) as LaneNote);
  if (note?.role === 'retired') await run(WISH_SQL.writeLane, [toPk, JSON.stringify(homeNoteOf(note))]);
  return toPk;
}

/** @param run within the same transaction @returns keys of the sources that were wished for */
export async function takeBackWishes(
  run: Run,
  { parts, to, sources, readers }: SourceGift,
): Promise<readonly string[]> {
  const { rows } = await run(WISH_SQL.remove, [
    textKey(to).key,
    textKey(parts[0]?.key.streamId ?? '').key,
    textKey(readersText(readers)).key,
    sources.map((source) => textKey(source).key),
  ]);
  return rows.map(([key]) => key as string);
}

export function streamPositionOf([streamId, position]: readonly unknown[]): StreamPosition {
  return {
    streamId: readStoredText(streamId as string),
    position: JSON.parse(position as string) as unknown,
  };
}
