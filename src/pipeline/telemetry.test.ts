import { expect, test } from 'vitest';
import { createTelemetry } from './telemetry.js';

test('stages are told in milliseconds, and only those that were seen', () => {
  const telemetry = createTelemetry();
  telemetry.observe('readToScored', true, 2, 99);
  telemetry.observe('readToScored', true, 0.25);

  expect(telemetry.live()).toEqual({
    readToScored: { count: 100, p50: 2, p95: 2, p99: 2, max: 2 },
  });
  expect(telemetry.backfill()).toEqual({});
});

test('a back-fill has no delay between event and clock', () => {
  const telemetry = createTelemetry();
  telemetry.observe('eventToRead', false, 86_400_000);
  telemetry.observe('scoredToStored', false, 7);

  expect(Object.keys(telemetry.backfill())).toEqual(['scoredToStored']);
  expect(telemetry.live()).toEqual({});
});
