import { expect, test } from 'vitest';
import { createGenerator } from '../generator/generator.js';
import { openTraffic } from './traffic.js';

const HOUR_MS = 3_600_000;

const MINUTE_MS = 60_000;

test('the mean of a week is the rate that was asked for', () => {
  const startMs = Date.UTC(2026, 2, 2);
  const { expectedRate } = openTraffic(
    { seed: 'week', startMs, recordsPerSecond: 5, anomaliesPerHour: 0 },
    undefined,
  );

  const rates = Array.from({ length: 7 * 24 }, (_, hour) => expectedRate(startMs + hour * HOUR_MS));

  expect(rates.reduce((sum, rate) => sum + rate, 0) / rates.length).toBeCloseTo(5, 2);
});

test.each([1, 4, 9, 13, 20, 23])(
  'begun at %i o’clock it is as busy as a generated day is at that hour, and says so',
  (hour) => {
    const dayMs = Date.UTC(2026, 2, 3);
    const [fromMs, toMs] = [dayMs + hour * HOUR_MS, dayMs + hour * HOUR_MS + 20 * MINUTE_MS];
    const day = createGenerator({
      seed: 'another',
      startMs: fromMs - 5 * MINUTE_MS,
      recordsPerSecond: 20,
      anomaliesPerHour: 0,
    });
    const traffic = openTraffic(
      { seed: 'live', startMs: fromMs - 5 * MINUTE_MS, recordsPerSecond: 20, anomaliesPerHour: 0 },
      undefined,
    );
    let [generated, live] = [0, 0];

    day.advance(fromMs, () => {});
    day.advance(toMs, () => generated++);
    traffic.advance(fromMs, () => {});
    traffic.advance(toMs, () => live++);

    // noise and a burst of readers are either's own
    expect(live / generated).toBeGreaterThan(0.6);
    expect(live / generated).toBeLessThan(1.6);
    expect(live / 1200 / traffic.expectedRate(fromMs + 10 * MINUTE_MS)).toBeGreaterThan(0.75);
    expect(live / 1200 / traffic.expectedRate(fromMs + 10 * MINUTE_MS)).toBeLessThan(1.35);
  },
);

test('the night of a rate of five is near one and a half, its evening above eight', () => {
  const startMs = Date.UTC(2026, 2, 3);
  const { expectedRate } = openTraffic(
    { seed: 'day', startMs, recordsPerSecond: 5, anomaliesPerHour: 0 },
    undefined,
  );

  expect(expectedRate(startMs + 4 * HOUR_MS)).toBeCloseTo(1.7, 0);
  expect(expectedRate(startMs + 20 * HOUR_MS)).toBeCloseTo(8.3, 0);
});

test('less than the shop writes by the clock is refused in a sentence', () => {
  const open = () =>
    openTraffic({ seed: 'low', startMs: 0, recordsPerSecond: 0.01, anomaliesPerHour: 0 }, undefined);

  expect(open).toThrow(/recordsPerSecond: wanted more than/);
});

test('from a snapshot it goes on with the same lines at the rate that it had', () => {
  const startMs = Date.UTC(2026, 2, 4, 9);
  const options = { seed: 'again', startMs, recordsPerSecond: 50, anomaliesPerHour: 60 };
  const whole: string[] = [];
  const parts: string[] = [];
  openTraffic(options, undefined).advance(startMs + 20_000, (line) => whole.push(line));

  const first = openTraffic(options, undefined);
  first.advance(startMs + 7000, (line) => parts.push(line));
  const snapshot: unknown = JSON.parse(JSON.stringify(first.snapshot()));
  const second = openTraffic({ ...options, recordsPerSecond: 1 }, snapshot);
  second.advance(startMs + 20_000, (line) => parts.push(line));

  expect(parts).toEqual(whole);
  expect(second.recordsPerSecond).toBe(50);
});
