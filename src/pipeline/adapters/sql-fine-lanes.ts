// Windows summed up in parts of an hour, in either database, from an index that holds all that is asked for. Hours that were
// read are kept until the store says that one of their windows changed: a day that is looked at again is read no more, but
// for its last hour.
import type { TimeRange } from '../dashboard/reader.js';
import type { ArtifactKey } from '../stream-key.js';
import { HOUR_MS, hourOf } from './hour-sums.js';
import { createHourMemory, type HourPlace, type LaneRow } from './lane-memory.js';
import { type Sql, THE_ARTIFACT } from './sql.js';

/** @param range whole ms @returns rows in any order, none of buckets without windows */
export type FineLanes = (
  artifact: ArtifactKey,
  range: TimeRange,
  bucketMs: number,
) => Promise<readonly LaneRow[]>;

interface Hour {
  readonly place: HourPlace;
  /** Another one as soon as any of its windows is another. */
  readonly stamp: string;
}

export function createFineLanes(sql: Sql): FineLanes {
  const memory = createHourMemory();
  const idsOf = ({ name, version }: ArtifactKey): [string, string] => [sql.keyOf(name).key, version];

  const read: FineLanes = async (artifact, { fromMs, toMs }, bucketMs) =>
    (await sql.read(
      `SELECT s.source, s.long_source, (start_ms - cast($3 AS bigint)) / cast($4 AS bigint), max(score),
        count(*), count(*) FILTER (WHERE alert), cast(sum(records) AS bigint)
        FROM (SELECT DISTINCT source, long_source FROM loghorn.window_hours
          WHERE artifact_id = ${THE_ARTIFACT} AND hour >= $5 AND hour < $6) AS s
        CROSS JOIN loghorn.windows AS w
        WHERE w.artifact_id = ${THE_ARTIFACT} AND w.source = s.source AND start_ms >= $3 AND start_ms < $7
        GROUP BY 1, 2, 3`,
      [...idsOf(artifact), fromMs, bucketMs, hourOf(fromMs), Math.ceil(toMs / HOUR_MS), toMs],
    )) as unknown as readonly LaneRow[];

  const hoursOf = async (
    artifact: ArtifactKey,
    { fromMs, toMs }: TimeRange,
    bucketMs: number,
  ): Promise<Hour[]> => {
    const rows = await sql.read(
      `SELECT hour, string_agg(changed || ' ' || source, ',' ORDER BY source) FROM loghorn.window_hours
        WHERE artifact_id = ${THE_ARTIFACT} AND hour >= $3 AND hour < $4 GROUP BY hour ORDER BY hour`,
      [...idsOf(artifact), hourOf(fromMs), Math.ceil(toMs / HOUR_MS)],
    );
    return rows.map(([hour, stamp]) => ({
      place: { artifact, bucketMs, hour: hour as number },
      stamp: stamp as string,
    }));
  };

  /** Hours that follow on one another, read at once and kept one by one. */
  const readHours = async (hours: readonly Hour[]): Promise<ReadonlyMap<number, readonly LaneRow[]>> => {
    const { artifact, bucketMs, hour: first } = hours[0]!.place;
    const found = new Map(hours.map(({ place }): [number, LaneRow[]] => [place.hour, []]));
    const cells = HOUR_MS / bucketMs;
    const range = { fromMs: first * HOUR_MS, toMs: (first + hours.length) * HOUR_MS };
    for (const [key, long, bucket, ...sums] of await read(artifact, range, bucketMs))
      found.get(first + Math.floor(bucket / cells))!.push([key, long, bucket % cells, ...sums]);
    for (const { place, stamp } of hours) memory.keep(place, stamp, found.get(place.hour)!);
    return found;
  };

  return async (artifact, range, bucketMs) => {
    const { fromMs, toMs } = range;
    const areCells = HOUR_MS % bucketMs === 0 && fromMs % bucketMs === 0 && toMs % bucketMs === 0;
    if (!areCells) return read(artifact, range, bucketMs);
    // stamps before windows: what is written in between is read too early, and once more the next time
    const hours = await hoursOf(artifact, range, bucketMs);
    const rows = new Map<number, readonly LaneRow[]>();
    const missing: Hour[] = [];
    for (const hour of hours) {
      const kept = memory.rowsOf(hour.place, hour.stamp);
      if (kept) rows.set(hour.place.hour, kept);
      else missing.push(hour);
    }
    for (const stretch of stretchesOf(missing))
      for (const [hour, read] of await readHours(stretch)) rows.set(hour, read);
    const buckets = (toMs - fromMs) / bucketMs;
    return [...rows].flatMap(([hour, own]) => {
      const offset = (hour * HOUR_MS - fromMs) / bucketMs;
      return own.flatMap(([key, long, cell, ...sums]): LaneRow[] => {
        const bucket = cell + offset;
        return bucket >= 0 && bucket < buckets ? [[key, long, bucket, ...sums]] : [];
      });
    });
  };
}

function stretchesOf(hours: readonly Hour[]): Hour[][] {
  const stretches: Hour[][] = [];
  for (const each of hours) {
    const last = stretches.at(-1);
    if (last?.at(-1)!.place.hour === each.place.hour - 1) last.push(each);
    else stretches.push([each]);
  }
  return stretches;
}
