// The laws of the simulation: the same records in any slices, in order, counted right, and labels that tell the truth.

import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { createGenerator, type GeneratorState } from './generator.js';
import { generateAll, HOUR_MS, MINUTE_MS, visible } from './generator.testkit.js';
import type { GeneratorOptions } from './options.js';
import type { GeneratedRecord } from './scene.js';

/** Half an hour in which anomalies follow each other every four minutes. */
const crowded = (seed: string): GeneratorOptions => ({
  seed,
  durationMs: 30 * MINUTE_MS,
  recordsPerSecond: 3,
  anomaliesPerHour: 15,
  cleanShare: 0.1,
});
const arbSeed = fc.string({ minLength: 1, maxLength: 8 });

test('records, labels and end do not depend on the moments up to which it is advanced', () => {
  // any moment, also one before the last, and those at which a record stands
  const arbMoments = fc.array(
    fc.oneof(
      fc.integer({ min: -1000, max: 30 * MINUTE_MS }).map((ms) => ({ ms, record: -1 })),
      fc.nat(4000).map((record) => ({ ms: 0, record })),
    ),
    { maxLength: 40 },
  );
  fc.assert(
    fc.property(arbSeed, arbMoments, (seed, arbitrary) => {
      const whole = generateAll(crowded(seed));
      const firstMs = whole.labels.startMs;
      const moments = arbitrary.map(({ ms, record }) => whole.records[record]?.tsMs ?? firstMs + ms);

      const generator = createGenerator(crowded(seed));
      const records: GeneratedRecord[] = [];
      for (const untilMs of [...moments, firstMs + 30 * MINUTE_MS]) {
        generator.advance(untilMs, (record) => records.push(record));
        expect(generator.reachedMs()).toBeGreaterThanOrEqual(untilMs);
        expect(records.length).toBe(whole.records.filter(({ tsMs }) => tsMs < generator.reachedMs()).length);
      }

      expect(records).toEqual(whole.records);
      expect(generator.labelsSoFar()).toEqual(whole.labels);
      expect(generator.isDone()).toBe(true);
    }),
    { numRuns: 10 },
  );
});

test('a run stopped anywhere, stored as JSON and restored goes on as if nothing had happened', () => {
  // busy, so that there are always requests under way
  const busy = (seed: string) => ({ ...crowded(seed), durationMs: 5 * MINUTE_MS, recordsPerSecond: 20 });
  fc.assert(
    fc.property(arbSeed, fc.integer({ min: 0, max: 5 * MINUTE_MS }), (seed, stopMs) => {
      const whole = generateAll(busy(seed));
      const restored = generateWithStop(busy(seed), whole.labels.startMs + stopMs);

      expect(restored).toEqual(whole);
    }),
    { numRuns: 20 },
  );
});

test('a restored run still knows what was deployed before it stopped', () => {
  const options: GeneratorOptions = { seed: 'deploys', durationMs: 10 * HOUR_MS, recordsPerSecond: 1 };
  const whole = generateAll(options);
  const deploy = whole.labels.benign.find(({ kind }) => kind === 'deploy')!;

  expect(generateWithStop(options, deploy.endMs)).toEqual(whole);
});

function generateWithStop(options: GeneratorOptions, stopMs: number) {
  const first = createGenerator(options);
  const records: GeneratedRecord[] = [];
  first.advance(stopMs, (record) => records.push(record));
  const stored = JSON.stringify(first.snapshot());
  const second = createGenerator(options, JSON.parse(stored) as GeneratorState);
  second.advance(Infinity, (record) => records.push(record));
  return { records, labels: second.labelsSoFar() };
}

test('what is known of labels at a moment does not depend on how often it was asked before', () => {
  fc.assert(
    fc.property(arbSeed, fc.integer({ min: 1, max: 20 * MINUTE_MS }), (seed, momentMs) => {
      const atOnce = createGenerator(crowded(seed));
      atOnce.advance(atOnce.reachedMs() + momentMs, () => {});
      const stepwise = createGenerator(crowded(seed));
      for (let ms = 0; ms <= momentMs; ms += 777)
        stepwise.advance(atOnce.labelsSoFar().startMs + ms, () => {});
      stepwise.advance(atOnce.reachedMs(), () => {});

      expect(stepwise.labelsSoFar()).toEqual(atOnce.labelsSoFar());
    }),
    { numRuns: 10 },
  );
});

test('records come in the order of time, from the start on, exactly as many as were asked for', () => {
  fc.assert(
    fc.property(arbSeed, fc.integer({ min: 1, max: 3000 }), (seed, count) => {
      const { records, labels } = generateAll({ seed, records: count });

      expect(records).toHaveLength(count);
      expect(records[0]!.tsMs).toBeGreaterThanOrEqual(labels.startMs);
      expect(labels.endMs).toBe(records.at(-1)!.tsMs + 1);
      expect(records.every((record, i) => i === 0 || record.tsMs >= records[i - 1]!.tsMs)).toBe(true);
    }),
    { numRuns: 20 },
  );
});

test('every label was seen: its onset, services and end are those of records it wrote, changed or withheld', () => {
  fc.assert(
    fc.property(arbSeed, (seed) => {
      const { records, labels } = generateAll(crowded(seed));

      const withholding = ['silence', 'template-disappears'];
      for (const label of labels.labels.filter(({ kind }) => !withholding.includes(kind))) {
        const first = records.find((record) => record.cause === label.id)!;
        expect([first.tsMs, first.service]).toEqual([label.onsetMs, label.services[0]]);
      }
      for (const label of labels.labels) {
        const touched = records.filter((record) => record.cause === label.id);
        expect(label.startMs).toBeLessThanOrEqual(label.onsetMs);
        expect(label.onsetMs).toBeLessThan(label.endMs);
        expect(label.services.length).toBeGreaterThan(0);
        for (const { tsMs, service } of touched) {
          expect(tsMs >= label.onsetMs && tsMs < label.endMs).toBe(true);
          expect(label.services).toContain(service);
        }
      }
    }),
    { numRuns: 10 },
  );
});

test('outside of the labels the log is the one that would have been written in health', () => {
  // requests under way when an anomaly ends may still come late
  const tailMs = 20_000;
  fc.assert(
    fc.property(arbSeed, (seed) => {
      const { records, labels } = generateAll(crowded(seed));
      const healthy = generateAll({ ...crowded(seed), anomaliesPerHour: 0 }).records;

      const isOutside = ({ tsMs }: GeneratedRecord): boolean =>
        labels.labels.every(({ startMs, endMs }) => tsMs < startMs || tsMs >= endMs + tailMs);
      expect(records.filter(isOutside).map(visible)).toEqual(healthy.filter(isOutside).map(visible));
    }),
    { numRuns: 10 },
  );
});

test('the default hundred thousand hold every kind, a dozen labels and more, and none in the first two fifths', () => {
  for (const seed of ['loghorn', 'another']) {
    const { records, labels } = generateAll({ seed, records: 100_000 });
    const hours = (labels.endMs - labels.startMs) / HOUR_MS;

    expect(records).toHaveLength(100_000);
    expect(hours).toBeGreaterThan(21);
    expect(hours).toBeLessThan(27);
    expect(labels.labels.length).toBeGreaterThanOrEqual(12);
    expect(new Set(labels.labels.map((label) => label.kind)).size).toBe(11);
    expect(new Set(labels.labels.map((label) => label.category)).size).toBe(3);
    expect(labels.labels[0]!.startMs).toBeGreaterThan(labels.startMs + 0.4 * 24 * HOUR_MS);
    const cleanEndMs = labels.startMs + 0.4 * 24 * HOUR_MS;
    const benignKinds = new Set(labels.benign.filter((b) => b.startMs < cleanEndMs).map((b) => b.kind));
    expect([...benignKinds].sort()).toEqual(['benign-burst', 'deploy', 'maintenance', 'nightly-job']);
  }
});

test('a live source has anomalies of its own from the moment that it is restored', () => {
  const past: GeneratorOptions = { seed: 'live', recordsPerSecond: 3, anomaliesPerHour: 6 };
  const backfill = createGenerator(past);
  const liveMs = backfill.reachedMs() + HOUR_MS;
  backfill.advance(liveMs, () => {});

  const generator = createGenerator(
    {
      ...past,
      anomaliesPerHour: 40,
      anomaliesFromMs: liveMs + 2 * MINUTE_MS,
      planned: [{ kind: 'error-spike', startMs: liveMs + 8000, durationMs: 40_000, service: 'payment' }],
    },
    JSON.parse(JSON.stringify(backfill.snapshot())) as GeneratorState,
  );
  const errors: GeneratedRecord[] = [];
  generator.advance(liveMs + 30 * MINUTE_MS, (record) => {
    if (record.cause.startsWith('error-spike') && record.tsMs < liveMs + MINUTE_MS) errors.push(record);
  });

  const { labels } = generator.labelsSoFar();
  const before = labels.filter(({ startMs }) => startMs < liveMs);
  const live = labels.filter(({ startMs }) => startMs >= liveMs);
  expect(generator.isDone()).toBe(false);
  expect(before.length).toBeGreaterThanOrEqual(3);
  expect(live[0]).toMatchObject({ kind: 'error-spike', rootService: 'payment', startMs: liveMs + 8000 });
  expect(live.length).toBeGreaterThan(10);
  // clear within one window of half a minute
  expect(errors.length).toBeGreaterThanOrEqual(5);
  expect(errors[0]!.tsMs).toBeLessThan(liveMs + 12_000);
});

test('options that cannot be met are refused with what was wanted', () => {
  expect(() => createGenerator({ records: 0 })).toThrow('records: wanted a whole number above 0, got 0');
  expect(() => createGenerator({ recordsPerSecond: 0.1 })).toThrow(
    /health lines and jobs make up alone, got 0\.100/,
  );
  expect(() =>
    createGenerator({ planned: [{ kind: 'cascade', startMs: Date.UTC(2027, 0, 1), service: 'gateway' }] }),
  ).toThrow(/planned cascade: wanted one of .*, got gateway/);
});
