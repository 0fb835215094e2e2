import { expect, test } from 'vitest';
import { openTraffic } from './traffic.js';

const HOUR_MS = 3_600_000;

test.each([3, 11, 20])('the rate is the one asked for, at %i o’clock as at any hour', (hour) => {
  const startMs = Date.UTC(2026, 2, 4) + hour * HOUR_MS;
  const traffic = openTraffic(
    { seed: 'traffic', startMs, recordsPerSecond: 200, anomaliesPerHour: 0 },
    undefined,
  );
  let records = 0;

  traffic.advance(startMs + 5000, () => {});
  traffic.advance(startMs + 25_000, () => records++);

  expect(records / 20).toBeGreaterThan(160);
  expect(records / 20).toBeLessThan(240);
});

test('from a snapshot it goes on with the same lines', () => {
  const startMs = Date.UTC(2026, 2, 4, 9);
  const options = { seed: 'again', startMs, recordsPerSecond: 50, anomaliesPerHour: 60 };
  const whole: string[] = [];
  const parts: string[] = [];
  openTraffic(options, undefined).advance(startMs + 20_000, (line) => whole.push(line));

  const first = openTraffic(options, undefined);
  first.advance(startMs + 7000, (line) => parts.push(line));
  const snapshot: unknown = JSON.parse(JSON.stringify(first.snapshot()));
  openTraffic({ ...options, recordsPerSecond: 1 }, snapshot).advance(startMs + 20_000, (line) =>
    parts.push(line),
  );

  expect(parts).toEqual(whole);
});
