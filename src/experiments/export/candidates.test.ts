import { afterAll, beforeAll, expect, test } from 'vitest';
import { LOG_START_MS, plainLog } from '../../core/log-like.testkit.js';
import { createRandom } from '../../core/random.js';
import type { DetectorName } from '../../core/detector/detector.js';
import { FIT_OPTIONS } from '../fit/fit.testkit.js';
import { type FitData, finishFit, type FitOptions, prepareFit } from '../fit/fit.js';
import { createLogFolder, textOf } from '../input/input.testkit.js';
import { resolveInputs } from '../input/resolve-inputs.js';
import type { Label } from '../labels.js';
import { bestCandidate, type Candidate, fitCandidates } from './candidates.js';
import { promiseTable } from './promise-table.js';

const folder = createLogFolder();
afterAll(() => folder.remove());
const DAY_MS = 86_400_000;
/** A minute of errors and an hour behind the log. */
const labels: readonly Label[] = [[500_000, 560_000] as const, [DAY_MS, DAY_MS + 3_600_000] as const].map(
  ([from, until], index) => ({
    id: String(index),
    kind: 'error-spike',
    category: 'point',
    startMs: LOG_START_MS - DAY_MS + from,
    endMs: LOG_START_MS - DAY_MS + until,
    onsetMs: LOG_START_MS - DAY_MS + from,
    services: ['api'],
    rootService: 'api',
    strength: 1,
  }),
);
let options: FitOptions = FIT_OPTIONS;
let data: FitData;
beforeAll(async () => {
  const records = plainLog(2500, createRandom('candidates'));
  const burst = Array.from({ length: 300 }, (_, n) => ({
    eventTimeMs: labels[0]!.startMs + n * 200,
    source: 'api',
    severity: 17,
    body: `upstream ${n} refused`,
  }));
  const log = [...records, ...burst].sort((a, b) => a.eventTimeMs - b.eventTimeMs);
  const times = { startMs: log[0]!.eventTimeMs, endMs: LOG_START_MS + 2 * DAY_MS };
  const labelsPath = folder.write(
    'labels.json',
    JSON.stringify({ version: 1, ...times, labels, benign: [] }),
  );
  options = { ...FIT_OPTIONS, labelsPath };
  data = await prepareFit(resolveInputs([folder.write('log.ndjson', textOf(log))]), options, {});
});

test('a candidate is what a fit with its detector would write, with what it promises', () => {
  const candidates = fitCandidates(data, options, ['combined', 'null']);

  expect(candidates[0]!.artifact).toEqual(finishFit(data, { ...options, detector: 'combined' }));
  // the label behind the log is nobody's to catch
  expect(candidates.map(({ detector, caught, labels: count }) => [detector, caught, count])).toEqual([
    ['combined', 1, 1],
    ['null', 0, 1],
  ]);
  const { threshold } = candidates[0]!.artifact;
  const [low, high] = candidates[0]!.alertsInterval;
  expect(low <= threshold.healthyAlertsPerDay && threshold.healthyAlertsPerDay <= high).toBe(true);
  const promised = promiseTable(candidates[0]!, {
    falseAlerts: 1,
    sourceDays: 2,
    falseAlertsPerDay: 0.5,
    perDayInterval: [0.1, 1],
    labels: 4,
    caught: 3,
    recallInterval: [0.2, 0.9],
  });
  expect(promised.map((row) => row['anomalies caught'])).toEqual(['1 of 1', '3 of 4']);
});

test('the one that catches most is taken, then the one with the fewest alerts, then the first', () => {
  const candidate = (detector: DetectorName, caught: number, healthyAlertsPerDay: number): Candidate =>
    ({ detector, caught, artifact: { threshold: { healthyAlertsPerDay } } }) as Candidate;
  const best = (...candidates: readonly Candidate[]): string => bestCandidate(candidates).detector;

  expect(best(candidate('combined', 3, 0.5), candidate('robust-z', 4, 0.5))).toBe('robust-z');
  expect(best(candidate('combined', 4, 0.5), candidate('error-count', 4, 0.1))).toBe('error-count');
  expect(best(candidate('combined', 4, 0.5), candidate('robust-z', 4, 0.5))).toBe('combined');
  expect(() => bestCandidate([])).toThrow('name at least one detector');
});
