// What consumers told of themselves, as series over time: parts of a range in which nobody was heard are null, not zero.
import { STAGE_WORDS } from '../../latency/latency-table.js';
import { type Stage, STAGES } from '../../latency/stages.js';
import type { PipelineHealth } from '../api-reports.js';
import { addPacked, packedDurations, type PackedHistogram } from '../../latency/packed-histogram.js';
import type { Heartbeat, StageSpan, TimeRange } from '../reader.js';

type Series = (number | null)[];

const MOST_PARTS = 120;
/** Of older beats one a minute is kept. */
const LEAST_PART_MS = 60_000;

/** Length of a part of the range, ms, and the beginnings of all of them. */
export function partsOf({ fromMs, toMs }: TimeRange): {
  readonly partMs: number;
  readonly timesMs: readonly number[];
} {
  const partMs = Math.max(LEAST_PART_MS, Math.ceil((toMs - fromMs) / MOST_PARTS));
  const count = Math.ceil((toMs - fromMs) / partMs);
  return { partMs, timesMs: Array.from({ length: count }, (_, part) => fromMs + part * partMs) };
}

/**
 * Totals become what was added in a part, or a rate; the parts of several consumers are summed. Of lags the last word of a
 * part counts, of watermarks the one furthest behind.
 *
 * @param beats oldest first; those before the range only tell what was there already
 * @param spans no longer than a part each; a part that has none goes by its beats
 */
export function pipelineSeries(
  beats: readonly Heartbeat[],
  range: TimeRange,
  spans: readonly StageSpan[] = [],
): Pick<PipelineHealth, 'timesMs' | 'series' | 'stages'> {
  const { partMs, timesMs } = partsOf(range);
  const empty = (): Series => timesMs.map(() => null);
  const series = {
    recordsPerSecond: empty(),
    lag: empty(),
    watermarkLagMs: empty(),
    late: empty(),
    deadLettered: empty(),
  };
  const byConsumer = new Map<string, Heartbeat[]>();
  for (const beat of beats) {
    const known = byConsumer.get(beat.consumerId);
    if (known) known.push(beat);
    else byConsumer.set(beat.consumerId, [beat]);
  }
  for (const own of byConsumer.values()) {
    let before: Heartbeat | undefined;
    const lastOf = new Map<number, Heartbeat>();
    for (const beat of own) {
      const part = Math.floor((beat.atMs - range.fromMs) / partMs);
      if (part >= 0 && part < timesMs.length) {
        const elapsedMs = beat.atMs - (before?.atMs ?? beat.startedMs);
        const read = beat.read - (before?.read ?? 0);
        if (elapsedMs > 0) add(series.recordsPerSecond, part, spread(read, elapsedMs, partMs));
        add(series.late, part, beat.late - (before?.late ?? 0));
        add(series.deadLettered, part, beat.setAside - (before?.setAside ?? 0));
        lastOf.set(part, beat);
      }
      before = beat;
    }
    for (const [part, { atMs, lag, watermarkMs }] of lastOf) {
      if (lag !== null) add(series.lag, part, lag);
      if (watermarkMs !== null)
        series.watermarkLagMs[part] = Math.max(series.watermarkLagMs[part] ?? 0, atMs - watermarkMs);
    }
  }
  return { timesMs, series, stages: stageSeries(beats, spans, range, partMs, timesMs.length) };
}

/** Records a second that a beat adds to its part: of several beats in it they add up to the part's own rate. */
function spread(read: number, elapsedMs: number, partMs: number): number {
  return (read / Math.max(elapsedMs, partMs)) * 1000;
}

function add(series: Series, part: number, value: number): void {
  series[part] = (series[part] ?? 0) + value;
}

/**
 * Of spans the durations themselves are added up. Of several beats in a part the median is weighed by their counts, of the
 * tail the worst is told.
 */
function stageSeries(
  beats: readonly Heartbeat[],
  spans: readonly StageSpan[],
  { fromMs }: TimeRange,
  partMs: number,
  count: number,
): PipelineHealth['stages'] {
  return STAGES.flatMap((stage: Stage) => {
    const weights: number[] = Array.from({ length: count }, () => 0);
    const [p50Ms, p95Ms, p99Ms] = Array.from({ length: 3 }, (): Series =>
      Array.from({ length: count }, () => null),
    ) as [Series, Series, Series];
    for (const { atMs, stages } of beats) {
      const part = Math.floor((atMs - fromMs) / partMs);
      const told = stages[stage];
      if (told === undefined || told.count === 0 || part < 0 || part >= count) continue;
      const weight = weights[part]! + told.count;
      p50Ms[part] = ((p50Ms[part] ?? 0) * weights[part]! + told.p50 * told.count) / weight;
      p95Ms[part] = Math.max(p95Ms[part] ?? 0, told.p95);
      p99Ms[part] = Math.max(p99Ms[part] ?? 0, told.p99);
      weights[part] = weight;
    }
    const sums = new Map<number, PackedHistogram>();
    for (const span of spans) {
      const part = Math.floor((span.fromMs - fromMs) / partMs);
      const packed = span.stages[stage];
      if (packed !== undefined && part >= 0 && part < count)
        sums.set(part, addPacked(sums.get(part) ?? [], packed));
    }
    for (const [part, packed] of sums) {
      const { p50, p95, p99, count: times } = packedDurations(packed);
      [p50Ms[part], p95Ms[part], p99Ms[part], weights[part]] = [p50, p95, p99, times];
    }
    const isKnown = weights.some((each) => each > 0);
    return isKnown ? [{ stage, what: STAGE_WORDS[stage], p50Ms, p95Ms, p99Ms }] : [];
  });
}
