import { expect, test } from 'vitest';
import { type Injected, judgeAlerts } from './judge-alerts.js';
import type { StoredAlert, StoredWindow } from '../ports.js';
import { testWindow } from '../store/result-store.testkit.js';

const hopMs = 30_000;
const options = { fromMs: 0, nowMs: 3_600_000, hopMs, closeDelayMs: 6000, graceMs: 60_000 };

const label = (changes: Partial<Injected>): Injected => ({
  id: 'x',
  kind: 'error-spike',
  startMs: 600_000,
  endMs: 660_000,
  onsetMs: 600_000,
  services: ['api'],
  rootService: 'api',
  strength: 1,
  ...changes,
});
const windowAt = (startMs: number, source = 'api'): StoredWindow =>
  testWindow({ source, startMs, endMs: startMs + hopMs, alert: true });
const alertAt = (sinceMs: number, source = 'api'): StoredAlert => ({
  alertId: 'a',
  source,
  sinceMs,
  untilMs: sinceMs + hopMs,
  startMs: sinceMs,
  endMs: sinceMs + hopMs,
  revision: 0,
  score: 0.9,
  threshold: 0.8,
  peakScore: 0.9,
  isOpen: false,
});

test('an anomaly is caught by its own service, during it or shortly after', () => {
  expect(judgeAlerts([label({})], [windowAt(690_000)], [alertAt(690_000)], options)).toEqual({
    injected: 1,
    caught: 1,
    missed: 0,
    undecided: 0,
    falseAlerts: 0,
  });
});

test('an alert elsewhere or long after is false and catches nothing', () => {
  const windows = [windowAt(600_000, 'db'), windowAt(750_000)];
  const alerts = [alertAt(600_000, 'db'), alertAt(750_000)];

  expect(judgeAlerts([label({})], windows, alerts, options)).toMatchObject({
    caught: 0,
    missed: 1,
    falseAlerts: 2,
  });
});

test('an anomaly whose first window cannot be closed yet is neither caught nor missed', () => {
  const at = { ...options, nowMs: 635_000 };

  expect(judgeAlerts([label({ onsetMs: 629_000 })], [], [], at)).toMatchObject({ missed: 0, undecided: 1 });
  expect(judgeAlerts([label({ onsetMs: 629_000 })], [], [], { ...at, nowMs: 636_000 })).toMatchObject({
    missed: 1,
    undecided: 0,
  });
});

test('an anomaly from before the stream counts for nothing, but explains an alert', () => {
  const at = { ...options, fromMs: 630_000 };

  expect(judgeAlerts([label({})], [windowAt(630_000)], [alertAt(630_000)], at)).toMatchObject({
    injected: 0,
    falseAlerts: 0,
  });
});
