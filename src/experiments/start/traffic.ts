// Live traffic at a rate that somebody asks for: the simulated shop is busier by day than at night, so its mean is set
// for this moment to have about that rate.
import { createGenerator } from '../generator/generator.js';
import type { GeneratorOptions } from '../generator/options.js';
import type { Label } from '../labels.js';
import { createLiveFeed, type FeedPosition, type LiveFeed } from './live-feed.js';

export interface TrafficOptions {
  readonly seed: string;
  readonly startMs: number;
  /** Of now; it follows the hour of the day from there. */
  readonly recordsPerSecond: number;
  readonly anomaliesPerHour: number;
}

export interface TrafficFeed extends Omit<LiveFeed, 'labels' | 'planShow'> {
  /** Truth about what was handed out so far; the last labels may still grow. */
  labels(): readonly Label[];
}

/** The first seconds have fewer records: requests are only under way. */
const SAMPLE_FROM_MS = 4000;
const SAMPLE_MS = 8000;
/** Enough to know the rate by a few percent, and quick. */
const MOST_SAMPLE_RATE = 500;

/** @param from a snapshot, or undefined to begin */
export function openTraffic(options: TrafficOptions, from: unknown): TrafficFeed {
  const feed = createLiveFeed(
    (from as FeedPosition | undefined) ?? {
      options: { ...options, recordsPerSecond: options.recordsPerSecond / loadNow(options) },
    },
  );
  return {
    advance: (untilMs, onLine) => feed.advance(untilMs, onLine),
    reachedMs: () => feed.reachedMs(),
    snapshot: () => feed.snapshot(),
    labels: () => feed.labels().labels,
  };
}

/** How much busier than its mean the shop is now. */
function loadNow({ seed, startMs, recordsPerSecond }: TrafficOptions): number {
  const rate = Math.min(MOST_SAMPLE_RATE, recordsPerSecond);
  const sample: GeneratorOptions = { seed, startMs, recordsPerSecond: rate, anomaliesPerHour: 0 };
  const generator = createGenerator(sample);
  let records = 0;
  generator.advance(startMs + SAMPLE_FROM_MS, () => {});
  generator.advance(startMs + SAMPLE_FROM_MS + SAMPLE_MS, () => records++);
  return Math.max(0.05, records / (rate * (SAMPLE_MS / 1000)));
}
