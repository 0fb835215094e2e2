// A shadow held against the champion over days of many services: agreement to alert is counted over all of it, from the few
// windows that alert; ranks and differences need every score, and are of the newest windows alone where there are too many.
import type { ArtifactKey } from '../../stream-key.js';
import type { ModelView } from '../api-reports.js';
import type { DashboardReader, TimeRange } from '../reader.js';
import { compareScores, idOfWindow, type ScoredWindow } from './score-comparison.js';

export interface ComparedModel {
  readonly key: ArtifactKey;
  readonly threshold: number;
}

export type ShadowComparison = Pick<
  ModelView['shadows'][number],
  'windows' | 'bothAlert' | 'onlyChampion' | 'onlyShadow' | 'rankCorrelation' | 'differences' | 'scoresFromMs'
>;

export interface ComparisonOptions {
  readonly range: TimeRange;
  /** Left out. */
  readonly canarySource: string | undefined;
  /** Windows whose scores are compared, at the most, to the hour. */
  readonly mostWindows?: number;
}

const HOUR_MS = 3_600_000;
/** A rank correlation of as many is told to the second digit; to read and rank more of both models takes its time. */
const MOST_WINDOWS = 10_000;

export async function compareShadow(
  reader: DashboardReader,
  champion: ComparedModel,
  shadow: ComparedModel,
  { range, canarySource, mostWindows = MOST_WINDOWS }: ComparisonOptions,
): Promise<ShadowComparison> {
  const fromMs = Math.floor(range.fromMs / HOUR_MS) * HOUR_MS;
  const whole = { fromMs, toMs: range.toMs };
  const read = (key: ArtifactKey, of: TimeRange, atLeast?: number): Promise<readonly ScoredWindow[]> =>
    scoresOf(reader, key, of, canarySource, atLeast);
  const hoursOf = async (key: ArtifactKey): Promise<HourCounts> =>
    countByHour(await reader.swimlane(key, whole, HOUR_MS), canarySource);
  const ofShadow = await hoursOf(shadow.key);
  const both = new Map<string, number>();
  const byBucket = new Map<number, number>();
  for (const [id, { windows, bucket }] of await hoursOf(champion.key)) {
    const common = Math.min(windows, ofShadow.get(id)?.windows ?? 0);
    if (common === 0) continue;
    both.set(id, common);
    byBucket.set(bucket, (byBucket.get(bucket) ?? 0) + common);
  }
  const newest = { fromMs: newestFrom(byBucket, whole, mostWindows), toMs: range.toMs };
  const ofScores = compareScores(
    await read(champion.key, newest),
    champion.threshold,
    await read(shadow.key, newest),
    shadow.threshold,
  );
  // few enough: every window was compared
  if (newest.fromMs === fromMs) return { ...ofScores, scoresFromMs: fromMs };
  const isCommon = ({ source, startMs }: ScoredWindow): boolean =>
    both.has(hourId(source, Math.floor((startMs - fromMs) / HOUR_MS)));
  const alerting = async ({ key, threshold }: ComparedModel): Promise<ReadonlySet<string>> =>
    new Set((await read(key, whole, threshold)).filter(isCommon).map(idOfWindow));
  const [told, toldByShadow] = [await alerting(champion), await alerting(shadow)];
  const bothAlert = [...told].filter((id) => toldByShadow.has(id)).length;
  return {
    ...ofScores,
    windows: [...both.values()].reduce((sum, each) => sum + each, 0),
    bothAlert,
    onlyChampion: told.size - bothAlert,
    onlyShadow: toldByShadow.size - bothAlert,
    scoresFromMs: newest.fromMs,
  };
}

type HourCounts = ReadonlyMap<string, { readonly windows: number; readonly bucket: number }>;

function countByHour(
  lanes: Awaited<ReturnType<DashboardReader['swimlane']>>,
  canarySource: string | undefined,
): HourCounts {
  return new Map(
    lanes
      .filter(({ source }) => source !== canarySource)
      .map(({ source, bucket, windows }) => [hourId(source, bucket), { windows, bucket }]),
  );
}

/** Beginning of the newest whole hours that hold no more windows than asked for; of one hour at the least. */
function newestFrom(
  byBucket: ReadonlyMap<number, number>,
  { fromMs, toMs }: TimeRange,
  most: number,
): number {
  let windows = 0;
  const last = Math.ceil((toMs - fromMs) / HOUR_MS) - 1;
  for (let bucket = last; bucket >= 0; bucket--) {
    windows += byBucket.get(bucket) ?? 0;
    if (windows > most) return fromMs + Math.min(bucket + 1, last) * HOUR_MS;
  }
  return fromMs;
}

function hourId(source: string, bucket: number): string {
  return `${bucket} ${source}`;
}

async function scoresOf(
  reader: DashboardReader,
  key: ArtifactKey,
  range: TimeRange,
  canarySource: string | undefined,
  atLeast?: number,
): Promise<readonly ScoredWindow[]> {
  const scores: ScoredWindow[] = [];
  for await (const part of reader.scores(key, range, atLeast))
    for (const window of part) if (window.source !== canarySource) scores.push(window);
  return scores;
}
