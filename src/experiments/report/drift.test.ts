import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { fitSmall, score } from '../../core/scorer.testkit.js';
import { plainLog } from '../../core/log-like.testkit.js';
import { createRandom } from '../../core/random.js';
import { feedsOf } from '../../core/window/windower.testkit.js';
import type { JudgedWindow } from '../evaluate/match-labels.js';
import { measureDrift, poissonTail } from './drift.js';
import { windowKey } from './window-key.js';

const artifact = fitSmall();
const { rows } = score(artifact, feedsOf(plainLog(4000, createRandom('later'))), { issue: 'final' });
const healthy: readonly JudgedWindow[] = rows.map((row) => ({
  row,
  positiveFor: [],
  coveredBy: [],
  benign: false,
}));

function driftOf(change: (source: string, raw: Float64Array) => Float64Array) {
  const vectors = new Map(rows.map((row) => [windowKey(row), change(row.source, row.features)]));
  return measureDrift(healthy, vectors, artifact.spec, artifact.threshold, { alerts: 0, sourceDays: 1 });
}

test('logs that are written as those of the fit do not drift', () => {
  const { features, score: scoreDrift } = driftOf((_, raw) => raw);

  expect(features.filter(({ passes }) => !passes)).toEqual([]);
  expect(features).toHaveLength(artifact.spec.features.length);
  expect(scoreDrift.passes).toBe(true);
});

test('a feature that moves in one source alone does not pass, and the source is named', () => {
  const index = artifact.spec.features.findIndex(({ name }) => name === 'log_count');

  const { features } = driftOf((source, raw) =>
    source === 'api' ? raw.map((value, i) => (i === index ? 4 * value + 20 : value)) : raw,
  );

  const failing = features.filter(({ passes }) => !passes);
  expect(failing.map(({ feature, failing: sources }) => [feature, sources])).toEqual([
    ['log_count', ['api']],
  ]);
  expect(features[0]).toBe(failing[0]);
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
