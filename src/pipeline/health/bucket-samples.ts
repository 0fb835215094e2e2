// A latency histogram as Prometheus has it: cumulative buckets in seconds, a sum and a count.
import type { Histogram } from '../latency/histogram.js';
import { US_PER_MS } from '../latency/telemetry.js';
import type { MetricSample } from './metrics-text.js';

const MS_PER_S = 1000;

/** @param histogram of microseconds */
export function bucketSamples(
  labels: Readonly<Record<string, string>>,
  histogram: Histogram,
  bucketsS: readonly number[],
): readonly MetricSample[] {
  const usPerS = US_PER_MS * MS_PER_S;
  return [
    ...bucketsS.map((le) => ({
      suffix: '_bucket',
      labels: { ...labels, le: String(le) },
      value: histogram.countUpTo(le * usPerS),
    })),
    { suffix: '_bucket', labels: { ...labels, le: '+Inf' }, value: histogram.count() },
    { suffix: '_sum', labels, value: histogram.sum() / usPerS },
    { suffix: '_count', labels, value: histogram.count() },
  ];
}
