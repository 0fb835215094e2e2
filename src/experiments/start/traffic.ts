// Live traffic of the simulated shop at a rate that somebody asks for. The rate is a mean, as it is for `generate`: by day
// more, at night less, so that what a generated day taught about each hour holds for what comes live.
import { resolveOptions } from '../generator/options.js';
import { expectedRate } from '../generator/rates.js';
import type { Label } from '../labels.js';
import { createLiveFeed, type FeedPosition, type LiveFeed } from './live-feed.js';

export interface TrafficOptions {
  readonly seed: string;
  readonly startMs: number;
  /** Mean over a week; at an hour of the day about .3 to 1.7 of it. */
  readonly recordsPerSecond: number;
  readonly anomaliesPerHour: number;
}

export interface TrafficFeed extends Omit<LiveFeed, 'labels' | 'planShow'> {
  /** Truth about what was handed out so far; the last labels may still grow. */
  labels(): readonly Label[];
  /** The mean that it has: a snapshot's own, whatever is asked for later. */
  readonly recordsPerSecond: number;
  /** Records a second to be expected at a moment, without noise, bursts and anomalies. */
  readonly expectedRate: (timeMs: number) => number;
}

/**
 * @param from a snapshot, or undefined to begin
 * @throws RangeError when the rate is less than the shop writes by the clock alone
 */
export function openTraffic(asked: TrafficOptions, from: unknown): TrafficFeed {
  const feed = createLiveFeed((from as FeedPosition | undefined) ?? { options: asked });
  const options = resolveOptions(feed.snapshot().options);
  return {
    advance: (untilMs, onLine) => feed.advance(untilMs, onLine),
    reachedMs: () => feed.reachedMs(),
    snapshot: () => feed.snapshot(),
    labels: () => feed.labels().labels,
    recordsPerSecond: options.recordsPerSecond,
    expectedRate: (timeMs) => expectedRate(options, timeMs),
  };
}
