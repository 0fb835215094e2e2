import { expect, test } from 'vitest';
import { declareFeatures } from '../../core/features/features.js';
import { createScaler } from '../../core/features/scale.js';
import { fitSmall, score } from '../../core/scorer.testkit.js';
import { plainLog } from '../../core/log-like.testkit.js';
import { createRandom } from '../../core/random.js';
import { feedsOf } from '../../core/window/windower.testkit.js';
import type { JudgedWindow } from '../evaluate/match-labels.js';
import { furthestOfEachBase, movedFeatures } from './moved-features.js';
import { nearestNormal } from './nearest-normal.js';
import { windowKey } from './window-key.js';

const artifact = fitSmall();
const { features, scaling } = artifact.spec;
const scaler = createScaler(features, scaling);
const { rows } = score(artifact, feedsOf(plainLog(1500, createRandom('later'))), { issue: 'final' });
const normal: readonly JudgedWindow[] = rows
  .filter(({ source, alert }) => source === 'api' && !alert)
  .map((row) => ({ row, positiveFor: [], coveredBy: [], benign: false }));
const vectors = new Map(rows.map((row) => [windowKey(row), row.features]));

test('of a value and its rolling statistics only the furthest is named', () => {
  const declared = declareFeatures(300_000, [], false);
  const distances = declared.map(({ name }) =>
    name === 'log_count_p95_5m' ? -7 : name === 'log_count' ? 3 : name === 'error_count' ? 5 : 0,
  );

  const names = furthestOfEachBase(declared, distances).map((index) => declared[index]!.name);

  expect(names.slice(0, 2)).toEqual(['log_count_p95_5m', 'error_count']);
  expect(names).not.toContain('log_count');
});

test('a feature that was moved comes first, beside the band of its source', () => {
  const index = features.findIndex(({ name }) => name === 'warn_count');
  const raw =
    normal[0]!.row.startMs === undefined ? new Float64Array() : vectors.get(windowKey(normal[0]!.row))!;
  const moved = raw.map((value, i) => (i === index ? 500 : value));

  const [first] = movedFeatures(features, scaler, 'api', moved);

  expect(first).toMatchObject({ feature: 'warn_count', value: 500 });
  expect(first!.usualHigh).toBeLessThan(500);
  expect(first!.z).toBeGreaterThan(3);
});

test('the nearest normal window of a normal window is itself', () => {
  const { row } = normal[7]!;

  const nearest = nearestNormal(row, normal, vectors, features, scaler)!;

  expect(nearest).toMatchObject({ distance: 0, differs: [], among: normal.length });
});

test('the nearest normal window differs in what was changed', () => {
  const { row } = normal[7]!;
  const index = features.findIndex(({ name }) => name === 'fatal_count');
  const changed = new Map(vectors).set(
    windowKey({ source: 'api', startMs: -1 }),
    vectors.get(windowKey(row))!.map((value, i) => (i === index ? 30 : value)),
  );

  const nearest = nearestNormal({ source: 'api', startMs: -1 }, normal, changed, features, scaler)!;

  expect(nearest.startMs).toBe(row.startMs);
  expect(nearest.differs).toMatchObject([{ feature: 'fatal_count', here: 30, there: 0 }]);
});

test('a source without a healthy window has no nearest one', () => {
  expect(nearestNormal({ source: 'new', startMs: 0 }, normal, vectors, features, scaler)).toBeNull();
});
