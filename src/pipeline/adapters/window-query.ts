// The question for windows as SQL, the same for SQLite and PostgreSQL: every condition on columns that an index begins
// with, pages by key instead of by number, values as parameters only.
import type { WindowQuery } from '../ports.js';

export interface SqlQuery {
  readonly text: string;
  readonly values: readonly (string | number)[];
}

/** Where the two differ. */
export interface Dialect {
  /** The nth parameter, from 1. */
  readonly mark: (n: number) => string;
  /** A source as the index has it. */
  readonly keyOf: (source: string) => string;
  /** Word for word the condition of the partial index on alerting windows. */
  readonly isAlerting: string;
}

const ORDERS = { source: ['source', 'start_ms'], time: ['start_ms', 'source'] } as const;

/** @param select the statement up to WHERE */
export function windowQuery(
  select: string,
  ids: { readonly artifactId: number; readonly streamPk: number | undefined },
  { source, fromMs, toMs, onlyAlerting = false, order = 'source', after, limit }: WindowQuery,
  { mark, keyOf, isAlerting }: Dialect,
): SqlQuery {
  const values: (string | number)[] = [];
  const param = (value: string | number): string => mark(values.push(value));
  const where = [`artifact_id = ${param(ids.artifactId)}`];
  if (source !== undefined) where.push(`source = ${param(keyOf(source))}`);
  if (fromMs !== undefined) where.push(`start_ms >= ${param(fromMs)}`);
  if (toMs !== undefined) where.push(`start_ms < ${param(toMs)}`);
  if (onlyAlerting) where.push(isAlerting);
  if (ids.streamPk !== undefined) where.push(`stream_pk = ${param(ids.streamPk)}`);
  if (after !== undefined) {
    const key = { source: keyOf(after.source), start_ms: after.startMs };
    const [first, second] = ORDERS[order];
    where.push(`(${first}, ${second}) > (${param(key[first])}, ${param(key[second])})`);
  }
  const page = limit === undefined ? '' : ` LIMIT ${param(limit)}`;
  return {
    text: `${select} WHERE ${where.join(' AND ')} ORDER BY ${ORDERS[order].join(', ')}${page}`,
    values,
  };
}
