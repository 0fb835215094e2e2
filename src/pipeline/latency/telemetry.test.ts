import { expect, test } from 'vitest';
import { createTelemetry } from './telemetry.js';

test('durations come out as milliseconds, a batch counting once for each of its records', () => {
  const telemetry = createTelemetry();
  telemetry.observe('startedToScored', true, 2, 99);
  telemetry.observe('startedToScored', true, 0.25);

  expect(telemetry.live()).toEqual({
    startedToScored: { count: 100, p50: 2, p95: 2, p99: 2, max: 2 },
  });
  expect(telemetry.backfill()).toEqual({});
});

test('a back-fill has no delay between event and clock', () => {
  const telemetry = createTelemetry();
  telemetry.observe('eventToAppend', false, 86_400_000);
  telemetry.observe('appendToRead', false, 86_400_000);
  telemetry.observe('scoredToCommit', false, 7);

  expect(Object.keys(telemetry.backfill())).toEqual(['scoredToCommit']);
  expect(telemetry.live()).toEqual({});
});

test('a negative duration is clock skew with its size, and is in no stage', () => {
  const telemetry = createTelemetry();
  telemetry.observe('eventToAppend', true, -250, 3);
  telemetry.observe('eventToAppend', true, 4);

  expect(telemetry.live()).toEqual({
    eventToAppend: {
      count: 1,
      p50: 4,
      p95: 4,
      p99: 4,
      max: 4,
      skew: { count: 3, p50: 250, p95: 250, p99: 250, max: 250 },
    },
  });
});
