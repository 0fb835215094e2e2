// Runs of the generator for tests: all records at once, and pairs of runs that differ by one anomaly only.

import { createGenerator } from './generator.js';
import type { GeneratorOptions, PlannedAnomaly } from './options.js';
import type { GeneratedRecord } from './scene.js';

export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;

/** Everything a run gives that ends by itself. */
export function generateAll(options: GeneratorOptions) {
  const generator = createGenerator(options);
  const records: GeneratedRecord[] = [];
  for (let untilMs = generator.reachedMs(); !generator.isDone();) {
    untilMs += 10 * MINUTE_MS;
    generator.advance(untilMs, (record) => records.push(record));
  }
  return { records, labels: generator.labelsSoFar() };
}

/** Noon of a Tuesday: busy, and neither a nightly job nor a turn of the day in the way. */
export const NOON_MS = Date.UTC(2026, 2, 3, 12);

/** The same forty minutes with one anomaly (from the tenth minute on) and without; and what the anomaly was labelled. */
export function generatePair(anomaly: Omit<PlannedAnomaly, 'startMs'>, startMs = NOON_MS, seed = 'pair') {
  const anomalyMs = startMs + 10 * MINUTE_MS;
  const common: GeneratorOptions = {
    seed,
    startMs,
    durationMs: 40 * MINUTE_MS,
    recordsPerSecond: 4,
    anomaliesPerHour: 0,
  };
  const healthy = generateAll(common);
  const ill = generateAll({
    ...common,
    planned: [{ durationMs: 15 * MINUTE_MS, ...anomaly, startMs: anomalyMs }],
  });
  const label = ill.labels.labels[0]!;
  return { healthy: healthy.records, ill: ill.records, label };
}

export function within(
  records: readonly GeneratedRecord[],
  span: { readonly startMs: number; readonly endMs: number },
): GeneratedRecord[] {
  return records.filter((record) => record.tsMs >= span.startMs && record.tsMs < span.endMs);
}

/** What a reader sees of a record, without what only the simulation knows. */
export function visible({ tsMs, service, level, message, traceId }: GeneratedRecord): string {
  return [tsMs, service, level, message, traceId].join('|');
}

export const isError = ({ level }: GeneratedRecord): boolean => level === 'ERROR' || level === 'FATAL';
