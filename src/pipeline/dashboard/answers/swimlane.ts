// Scores by service and time, summed up into as many buckets as a screen has room for.
import type { Swimlane } from '../api.js';
import type { DashboardReader, LaneBucket, TimeRange } from '../reader.js';
import type { DashboardData } from './dashboard-data.js';
import { readKeptWindows } from './kept-windows.js';
import { readMarkers } from './markers.js';
import type { ModelLine } from './model-line.js';

const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
/** Each divides a day, and from an hour on whole hours: the store has sums of those. */
const BUCKETS_MS = [
  ...[10, 30].map((n) => n * SECOND_MS),
  ...[1, 2, 5, 10, 20, 30].map((n) => n * MINUTE_MS),
  ...[1, 2, 3, 4, 6, 12, 24].map((n) => n * HOUR_MS),
];
/** A wall screen has not much more columns that an eye can tell apart. */
export const MOST_BUCKETS = 720;
/** Six digits tell every threshold from its neighbours, and halve what goes over the wire. */
const SCORE_DIGITS = 1e6;

/** From this range on whole hours are shown: to read every window of a week takes ten times as long as to read its hours. */
const HOURS_FROM_MS = 72 * HOUR_MS;

/** The shortest bucket that shows the range in no more than `most` of them, ms. */
export function bucketFor({ fromMs, toMs }: TimeRange, wantedMs: number, most = MOST_BUCKETS): number {
  const leastMs = toMs - fromMs > HOURS_FROM_MS ? Math.max(HOUR_MS, wantedMs) : wantedMs;
  return (
    BUCKETS_MS.find((bucketMs) => bucketMs >= leastMs && (toMs - fromMs) / bucketMs <= most) ??
    Math.ceil((toMs - fromMs) / most / (24 * HOUR_MS)) * 24 * HOUR_MS
  );
}

/**
 * The range is widened to whole buckets of the clock, so that a bucket shows the same windows however one came to it.
 *
 * @param wantedMs length of a bucket at the least; it becomes the next one that the store has sums of
 */
export async function answerSwimlane(
  { reader, shelf, ...data }: DashboardData,
  range: TimeRange,
  wantedMs: number | undefined,
): Promise<Swimlane> {
  const line = await data.line();
  const { hopMs } = line ? await shelf.windowOf(line.champion) : { hopMs: 0 };
  const bucketMs = bucketFor(range, Math.max(hopMs, wantedMs ?? 0));
  const fromMs = Math.floor(range.fromMs / bucketMs) * bucketMs;
  const toMs = Math.ceil(range.toMs / bucketMs) * bucketMs;
  const count = (toMs - fromMs) / bucketMs;
  const lanes = new Map<string, { scores: (number | null)[]; alerting: number[] }>();
  for (const { source, bucket, maxScore, alerting } of line
    ? await bucketsOf(reader, line, { fromMs, toMs }, bucketMs)
    : []) {
    let lane = lanes.get(source);
    if (lane === undefined)
      lanes.set(
        source,
        (lane = {
          scores: Array.from({ length: count }, () => null),
          alerting: Array.from({ length: count }, () => 0),
        }),
      );
    lane.scores[bucket] = Math.max(
      lane.scores[bucket] ?? 0,
      Math.round(maxScore * SCORE_DIGITS) / SCORE_DIGITS,
    );
    lane.alerting[bucket]! += alerting;
  }
  const kept = await readKeptWindows(
    data,
    (line?.spans ?? []).map(({ artifact }) => artifact),
  );
  const own = new Map(Object.entries(line ? await shelf.ownThresholdsOf(line.champion) : {}));
  return {
    fromMs,
    toMs,
    bucketMs,
    lanes: [...lanes]
      .map(([source, lane]) => {
        const threshold = own.get(source);
        return { source, ...lane, ...(threshold === undefined ? {} : { threshold }) };
      })
      .sort(
        (a, b) =>
          // the canary is no service: it comes last, however it does
          Number(a.source === line?.canarySource) - Number(b.source === line?.canarySource) ||
          worstFirst(a, b),
      ),
    threshold: (line && (await shelf.thresholdOf(line.champion))) ?? 1,
    markers: await readMarkers(reader, line, { fromMs, toMs }),
    ...(kept === undefined ? {} : { kept }),
  };
}

/** By bucket of the whole range; one that a switch of models falls into is there twice. */
async function bucketsOf(
  reader: DashboardReader,
  { spans }: ModelLine,
  { fromMs, toMs }: TimeRange,
  bucketMs: number,
): Promise<readonly LaneBucket[]> {
  const found: LaneBucket[] = [];
  const taken = new Set<string>();
  for (const span of spans) {
    const [beginMs, endMs] = [Math.max(fromMs, span.fromMs), Math.min(toMs, span.toMs)];
    const rows: LaneBucket[] = [];
    // up to the first whole bucket, the whole ones, and what is left of the last
    const wholeFromMs = Math.min(endMs, Math.ceil(beginMs / bucketMs) * bucketMs);
    const wholeToMs = Math.max(wholeFromMs, Math.floor(endMs / bucketMs) * bucketMs);
    const cuts = [beginMs, wholeFromMs, wholeToMs, endMs];
    for (let at = 0; at < cuts.length - 1; at++) {
      const [partFromMs, partToMs] = [cuts[at]!, cuts[at + 1]!];
      if (partFromMs >= partToMs) continue;
      const offset = Math.floor((partFromMs - fromMs) / bucketMs);
      for (const row of await reader.swimlane(
        span.artifact,
        { fromMs: partFromMs, toMs: partToMs },
        bucketMs,
      ))
        rows.push({ ...row, bucket: row.bucket + offset });
    }
    // where streams switched at different moments both have rows of a while: those of the former one are meant
    const isWhole = (bucket: number): boolean => fromMs + bucket * bucketMs >= beginMs;
    for (const row of rows)
      if (!taken.has(`${row.bucket} ${row.source}`) || !isWhole(row.bucket)) found.push(row);
    for (const { bucket, source } of rows) taken.add(`${bucket} ${source}`);
  }
  return found;
}

function worstFirst(a: Swimlane['lanes'][number], b: Swimlane['lanes'][number]): number {
  const sum = (values: readonly number[]): number => values.reduce((total, each) => total + each, 0);
  const peak = (values: readonly (number | null)[]): number =>
    values.reduce<number>((most, each) => Math.max(most, each ?? 0), 0);
  return (
    sum(b.alerting) - sum(a.alerting) ||
    peak(b.scores) - peak(a.scores) ||
    (a.source < b.source ? -1 : a.source > b.source ? 1 : 0)
  );
}
