// The swimlane in words: what a cell says to whoever hovers or listens, and a row of its table for each lane.
import { showUnsafe } from '../../../core/unsafe-characters.js';
import type { Swimlane } from '../api.js';
import { bucketSpan } from './bucket.js';
import type { LaneCursor } from './lane-cursor.js';
import { countOf, scoreText } from './number-text.js';
import { spanText } from './time-text.js';

/** `payments, 12:03 – 12:04: score 0.998, above the threshold 0.97; 2 windows flagged` */
export function cellWords(
  lanes: Swimlane,
  { lane, bucket }: LaneCursor,
  zone: string,
  nowMs: number,
): string {
  const { source, scores, alerting, threshold = lanes.threshold } = lanes.lanes[lane]!;
  const { fromMs, toMs } = bucketSpan(lanes, bucket);
  const place = `${showUnsafe(source)}, ${spanText(fromMs, toMs, zone, nowMs)}`;
  const score = scores[bucket] ?? null;
  if (score === null) return `${place}: no window`;
  const side = score >= threshold ? 'above' : 'below';
  const alerts = alerting[bucket] ?? 0;
  // flagged, not alerting: of a level that was told and absorbed no alert is open any more
  const alert = alerts === 0 ? '' : `; ${countOf(alerts, 'window')} flagged`;
  return `${place}: score ${scoreText(score)}, ${side} the threshold ${scoreText(threshold)}${alert}`;
}

export interface LaneRow {
  readonly source: string;
  readonly windowsAlerting: number;
  readonly peakScore: number | null;
  readonly peakMs: number | null;
  readonly firstAlertMs: number | null;
  /** Of buckets that hold a window, 0 to 1. */
  readonly covered: number;
}

export function laneRows(lanes: Swimlane): readonly LaneRow[] {
  return lanes.lanes.map(({ source, scores, alerting }) => {
    let peak: number | null = null;
    let peakBucket = -1;
    let filled = 0;
    scores.forEach((score, bucket) => {
      if (score === null) return;
      filled++;
      if (peak === null || score > peak) {
        peak = score;
        peakBucket = bucket;
      }
    });
    const first = alerting.findIndex((count) => count > 0);
    const startOf = (bucket: number): number | null => (bucket < 0 ? null : bucketSpan(lanes, bucket).fromMs);
    return {
      source,
      windowsAlerting: alerting.reduce((sum, count) => sum + count, 0),
      peakScore: peak,
      peakMs: startOf(peakBucket),
      firstAlertMs: startOf(first),
      covered: scores.length === 0 ? 0 : filled / scores.length,
    };
  });
}
