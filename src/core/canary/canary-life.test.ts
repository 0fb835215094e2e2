import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { createRecordReader } from '../format/reader.js';
import type { Read } from '../record.js';
import { ordinaryLife } from './canary-life.js';
import { canaryLine } from './canary-line.js';
import { canaryAnomalies, CANARY_KINDS } from './canary-plan.js';
import { canaryRecords, onsetOf } from './canary-trouble.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const START_MS = Date.UTC(2026, 2, 2);
const arbMoment = fc.integer({ min: START_MS, max: START_MS + 30 * DAY_MS });

test('what is asked for in pieces is what is asked for at once: restarts and steps change no record', () => {
  fc.assert(
    fc.property(
      arbMoment,
      fc.array(fc.integer({ min: 1, max: 400_000 }), { minLength: 1, maxLength: 30 }),
      (fromMs, stepsMs) => {
        const pieces: object[] = [];
        let reachedMs = fromMs;
        for (const stepMs of stepsMs) {
          pieces.push(...canaryRecords(HOUR_MS, reachedMs, reachedMs + stepMs));
          reachedMs += stepMs;
        }

        expect(pieces).toEqual(canaryRecords(HOUR_MS, fromMs, reachedMs));
      },
    ),
    { numRuns: 60 },
  );
});

test('records are in order, within what was asked for, and outside of troubles those of ordinary life', () => {
  fc.assert(
    fc.property(arbMoment, fc.integer({ min: 1, max: 2 * HOUR_MS }), (fromMs, lengthMs) => {
      const toMs = fromMs + lengthMs;
      const records = canaryRecords(HOUR_MS, fromMs, toMs);
      const troubles = canaryAnomalies(HOUR_MS, fromMs, toMs);
      const isCalm = ({ eventTimeMs }: { readonly eventTimeMs: number }): boolean =>
        !troubles.some(({ startMs, endMs }) => eventTimeMs >= startMs && eventTimeMs < endMs);

      const timesMs = records.map(({ eventTimeMs }) => eventTimeMs);
      expect(timesMs).toEqual([...timesMs].sort((a, b) => a - b));
      expect(timesMs.every((timeMs) => timeMs >= fromMs && timeMs < toMs)).toBe(true);
      expect(records.filter(isCalm)).toEqual(ordinaryLife(fromMs, toMs).filter(isCalm));
    }),
    { numRuns: 40 },
  );
});

test('a day has every kind of trouble in turn, one an hour, never across the hour, each with its onset', () => {
  const anomalies = canaryAnomalies(HOUR_MS, START_MS, START_MS + DAY_MS);

  expect(anomalies.map(({ kind }) => kind).slice(0, 4)).toEqual(CANARY_KINDS);
  expect(anomalies).toHaveLength(24);
  for (const [hour, anomaly] of anomalies.entries()) {
    expect(anomaly.startMs).toBeGreaterThanOrEqual(START_MS + hour * HOUR_MS + HOUR_MS / 5);
    expect(anomaly.endMs).toBeLessThanOrEqual(START_MS + (hour + 1) * HOUR_MS - HOUR_MS / 5);
    expect(onsetOf(anomaly)).toBeGreaterThanOrEqual(anomaly.startMs);
    expect(onsetOf(anomaly)).toBeLessThan(anomaly.endMs);
  }
});

test('a silence is silent, and the other troubles write more than health does', () => {
  const anomalies = canaryAnomalies(HOUR_MS, START_MS, START_MS + DAY_MS);
  const moreThanUsual = ({ startMs, endMs }: (typeof anomalies)[number]): number =>
    canaryRecords(HOUR_MS, startMs, endMs).length - ordinaryLife(startMs, endMs).length;

  const [silent, loud] = [true, false].map((is) =>
    anomalies.filter(({ kind }) => (kind === 'silence') === is),
  );

  expect(silent!.map(({ startMs, endMs }) => canaryRecords(HOUR_MS, startMs, endMs))).toEqual(
    silent!.map(() => []),
  );
  expect(Math.min(...loud!.map(moreThanUsual))).toBeGreaterThan(10);
});

test('every new line is another one', () => {
  const bodies = canaryAnomalies(HOUR_MS, START_MS, START_MS + 10 * DAY_MS)
    .filter(({ kind }) => kind === 'new-lines')
    .map(({ startMs, endMs }) => {
      const known = new Set(ordinaryLife(startMs, endMs).map(({ body }) => body));
      return canaryRecords(HOUR_MS, startMs, endMs).find(({ body }) => !known.has(body))!.body;
    });

  expect(new Set(bodies.map((body) => body.split(',')[0])).size).toBe(bodies.length);
});

test('it writes half a record a second, more by day than at night, with a pause in every hour', () => {
  const perHour = Array.from(
    { length: 24 },
    (_, hour) => ordinaryLife(START_MS + hour * HOUR_MS, START_MS + (hour + 1) * HOUR_MS).length,
  );
  const sum = perHour.reduce((total, each) => total + each, 0);

  expect(sum / 86_400).toBeGreaterThan(0.45);
  expect(sum / 86_400).toBeLessThan(0.52);
  expect(perHour[15]!).toBeGreaterThan(1.4 * perHour[3]!);
  const timesMs = ordinaryLife(START_MS, START_MS + HOUR_MS).map(({ eventTimeMs }) => eventTimeMs);
  const gapsMs = timesMs.slice(1).map((timeMs, index) => timeMs - timesMs[index]!);
  expect(Math.max(...gapsMs)).toBeGreaterThan(35_000);
});

test('its lines are read back as its records', () => {
  const records = canaryRecords(HOUR_MS, START_MS, START_MS + HOUR_MS);
  const reader = createRecordReader({ defaultSource: 'else' });
  const reads: Read[] = [];

  records.forEach((record, index) =>
    reader.push(
      { text: canaryLine(record), number: index + 1, endOffsetBytes: 0, isTooLong: false },
      (read) => reads.push(read),
    ),
  );
  reader.flush((read) => reads.push(read));

  expect(reads.map((read) => read.ok && read.record)).toMatchObject(records);
});

test('troubles that would run into each other are refused', () => {
  expect(() => canaryAnomalies(60_000, 0, 1)).toThrow('at least 30 minutes apart');
});
