import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { fitSmall, score, type Scored } from '../../core/scorer.testkit.js';
import { plainLog } from '../../core/log-like.testkit.js';
import { createRandom } from '../../core/random.js';
import type { LogRecord } from '../../core/record.js';
import { feedsOf } from '../../core/window/windower.testkit.js';
import type { JudgedWindow } from '../evaluate/match-labels.js';
import { type Drift, measureDrift, poissonTail } from './drift.js';
import { windowKey } from './window-key.js';

const artifact = fitSmall();
const later = rowsOf(plainLog(4000, createRandom('later')));

function rowsOf(records: readonly LogRecord[]): Scored['rows'] {
  return score(artifact, feedsOf(records), { issue: 'final' }).rows;
}

function driftOf(
  rows: Scored['rows'],
  change: (source: string, raw: Float64Array) => Float64Array = (_, raw) => raw,
): Drift {
  const healthy = rows.map((row): JudgedWindow => ({ row, positiveFor: [], coveredBy: [], benign: false }));
  const vectors = new Map(rows.map((row) => [windowKey(row), change(row.source, row.features)]));
  return measureDrift(healthy, vectors, artifact.spec, artifact.threshold, { alerts: 0, sourceDays: 1 });
}

test('the logs of the fit themselves do not drift: at most half of the windows are far, for every feature', () => {
  const { features, windows } = driftOf(rowsOf(plainLog(900, createRandom('healthy'))));

  expect(windows).toBeGreaterThan(90);
  expect(features).toHaveLength(artifact.spec.features.length);
  expect(features.filter(({ passes }) => !passes)).toEqual([]);
  expect(Math.max(...features.map(({ farShare }) => farShare))).toBeLessThanOrEqual(0.5);
});

test('a feature that moves in one source alone does not pass, and the source is named', () => {
  const index = artifact.spec.features.findIndex(({ name }) => name === 'log_count');
  const verdicts = ({ features }: Drift): Map<string, readonly string[]> =>
    new Map(features.map(({ feature, failing, passes }) => [feature, passes ? [] : failing]));
  const before = verdicts(driftOf(later));

  const after = verdicts(
    driftOf(later, (source, raw) =>
      source === 'api' ? raw.map((value, i) => (i === index ? 4 * value + 20 : value)) : raw,
    ),
  );

  expect(before.get('log_count')).toEqual([]);
  expect([...after].filter(([feature, failing]) => String(failing) !== String(before.get(feature)))).toEqual([
    ['log_count', ['api']],
  ]);
});

test('alerts far beyond the budget do not pass', () => {
  const of = (alerts: number): boolean | null =>
    measureDrift([], new Map(), artifact.spec, artifact.threshold, { alerts, sourceDays: 2 }).score.passes;

  expect(of(2)).toBe(true);
  expect(of(12)).toBe(false);
});

test('without healthy windows nothing is judged', () => {
  const drift = measureDrift([], new Map(), artifact.spec, artifact.threshold, { alerts: 0, sourceDays: 0 });

  expect([drift.windows, drift.features, drift.score.passes]).toEqual([0, [], null]);
});

test('the Poisson tail has its known values', () => {
  // 1 - e^-1, 1 - 2 e^-1, and the median of a Poisson number is near its mean
  expect(poissonTail(1, 1)).toBeCloseTo(0.6321, 4);
  expect(poissonTail(2, 1)).toBeCloseTo(0.2642, 4);
  expect(poissonTail(2000, 2000)).toBeCloseTo(0.5, 1);
  expect([poissonTail(0, 5), poissonTail(3, 0)]).toEqual([1, 0]);
});

test('more alerts are never more likely, and always a probability', () => {
  fc.assert(
    fc.property(fc.nat(300), fc.double({ min: 0, max: 300, noNaN: true }), (count, mean) => {
      const [fewer, more] = [poissonTail(count, mean), poissonTail(count + 1, mean)];
      expect(more).toBeLessThanOrEqual(fewer + 1e-12);
      expect(more).toBeGreaterThanOrEqual(0);
      expect(fewer).toBeLessThanOrEqual(1);
    }),
  );
});
