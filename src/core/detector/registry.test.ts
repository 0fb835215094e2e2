// One battery for all detectors: whatever is added to the registry has to pass it.
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DETECTOR_NAMES, type DetectorName } from './detector.js';
import { at, FEATURES, fitted, healthyRows, type Windows, windowsOf } from './detector.testkit.js';
import { detectorByName, isDetectorName } from './registry.js';

const BASELINES: readonly DetectorName[] = ['null', 'random', 'always-on'];
const healthy = windowsOf(healthyRows(400, 'healthy'));
const zeros = FEATURES.map(() => 0);
const rowWith = (name: string, value: number): readonly number[] =>
  zeros.map((zero, index) => (index === at(name) ? value : zero));

const DATA: readonly (readonly [string, Windows])[] = [
  ['healthy windows', healthy],
  ['two windows', windowsOf(healthyRows(2, 'two'))],
  ['constant windows', windowsOf(Array.from({ length: 50 }, () => healthyRows(1, 'one')[0]!))],
  ['windows of zeros', windowsOf(Array.from({ length: 300 }, () => zeros))],
  ['one column that varies', windowsOf(Array.from({ length: 300 }, (_, n) => rowWith('log_count', n % 7)))],
  [
    'one window that differs',
    windowsOf(Array.from({ length: 900 }, (_, n) => rowWith('log_count', n === 5 ? 1 : 0))),
  ],
  ['huge values', windowsOf(Array.from({ length: 60 }, (_, n) => zeros.map(() => 1e15 * (n % 5))))],
  ['tiny values', windowsOf(Array.from({ length: 60 }, (_, n) => zeros.map(() => 1e-15 * (n % 5))))],
];

/** From nothing at all to far beyond anything, in any of the features. */
const arbProbe = fc
  .dictionary(
    fc.constantFrom(...FEATURES.map(({ name }) => name)),
    fc.oneof(fc.double({ min: 0, max: 1 }), fc.nat(1e6), fc.constantFrom(1e-300, 1e15)),
  )
  .map((change) => ({ ...change }));

test('every name has its detector, and another name is refused with all of them', () => {
  expect(DETECTOR_NAMES.map((name) => detectorByName(name).name)).toEqual(DETECTOR_NAMES);
  expect(isDetectorName('combined') && !isDetectorName('constructor')).toBe(true);
  expect(() => detectorByName('magic')).toThrow("no detector is called 'magic'; there are combined, ");
});

describe.each(DETECTOR_NAMES)('%s', (name) => {
  const detector = detectorByName(name);

  test.each(DATA)('fitted on %s gives scores in [0, 1] and evidence that exists', (_what, windows) => {
    const it = fitted(name, windows);
    fc.assert(
      fc.property(arbProbe, (change) => {
        const input = windows.probe(change);
        const score = it.scoreOne(input);
        const contributions = it.contributions(input);

        expect(score).toBeGreaterThanOrEqual(0);
        expect(score).toBeLessThanOrEqual(1);
        expect(new Set(contributions.map(({ feature }) => feature)).size).toBe(contributions.length);
        for (const { feature, amount } of contributions) {
          expect(FEATURES[feature]).toBeDefined();
          expect(amount).toBeGreaterThan(0);
          expect(amount).toBeLessThan(Number.POSITIVE_INFINITY);
        }
        const amounts = contributions.map(({ amount }) => amount);
        expect(amounts).toEqual([...amounts].sort((a, b) => b - a));
      }),
      { numRuns: 8 },
    );
  });

  test('the same windows and seed give the same model, and it is plain JSON that scores the same', () => {
    const model = detector.fit(FEATURES, healthy.inputs, { seed: '1' });
    const again = detector.fit(FEATURES, healthy.inputs, { seed: '1' });
    const stored = JSON.parse(JSON.stringify(model)) as unknown;
    const [fresh, restored] = [detector.create(FEATURES, model), detector.create(FEATURES, stored)];

    expect(JSON.stringify(again)).toBe(JSON.stringify(model));
    expect(stored).toEqual(model);
    const scores = healthy.inputs.map((input) => fresh.scoreOne(input));
    expect(healthy.inputs.map((input) => restored.scoreOne(input))).toEqual(scores);
  });

  test('a score ignores its batch-mates: any order, any company, the same bits', () => {
    const it = fitted(name, healthy);
    const inputs = healthy.inputs.slice(0, 60);

    const forwards = inputs.map((input) => it.scoreOne(input));
    const backwards = inputs.toReversed().map((input) => it.scoreOne(input));
    const alone = fitted(name, healthy).scoreOne(inputs[7]!);

    expect(backwards.toReversed()).toEqual(forwards);
    expect(alone).toBe(forwards[7]);
  });

  test('scoring and explaining leave the window as it was', () => {
    const input = healthy.probe({ error_count: 3 });
    const before = structuredClone(input);

    const it = fitted(name, healthy);
    it.scoreOne(input);
    it.contributions(input);

    expect(input).toEqual(before);
  });
});

const LEVELS: readonly DetectorName[] = ['isolation-forest', 'pca-residual', 'robust-z', 'error-count'];

test.each(LEVELS)('%s sees the first ERROR ever after a fit without one', (name) => {
  const quiet = windowsOf(Array.from({ length: 300 }, () => zeros));
  const it = fitted(name, quiet);

  const calm = it.scoreOne(quiet.probe());
  const first = it.scoreOne(
    quiet.probe({ error_count: 1, critical_count: 1, error_rate: 1, critical_rate: 1 }),
  );

  expect(first).toBeGreaterThan(calm + 0.05);
});

test.each([
  ['new-templates', 'new_template_count', 1],
  ['tfidf-residual', 'tfidf_residual', 0.4],
  ['count-rate', 'count_excess', 3],
  ['silence', 'silence', 3],
  ['combined', 'new_template_count', 1],
  ['combined', 'tfidf_residual', 0.4],
  ['combined', 'count_excess', 3],
  ['combined', 'silence', 3],
  ['combined', 'fall', 3],
] as const)('%s fitted on zeros sees %s move for the first time', (name, feature, value) => {
  const quiet = windowsOf(Array.from({ length: 300 }, () => zeros));
  const it = fitted(name, quiet);

  expect(it.scoreOne(quiet.probe({ [feature]: value }))).toBeGreaterThan(it.scoreOne(quiet.probe()) + 0.05);
  expect(it.contributions(quiet.probe({ [feature]: value }))[0]?.feature).toBe(at(feature));
});

test.each([
  ['new-templates', 'new_template_count'],
  ['tfidf-residual', 'tfidf_residual'],
  ['count-rate', 'count_excess'],
  ['silence', 'silence'],
  ['combined', 'new_template_count'],
  ['combined', 'tfidf_residual'],
  ['combined', 'count_excess'],
  ['combined', 'silence'],
  ['combined', 'fall'],
  ['error-count', 'critical_count'],
  ['robust-z', 'error_count'],
] as const)('%s never falls while %s rises', (name, feature) => {
  const it = fitted(name, healthy);
  fc.assert(
    fc.property(
      fc.double({ min: 0, max: 50, noNaN: true }),
      fc.double({ min: 0, max: 50, noNaN: true }),
      (a, b) => {
        const low = it.scoreOne(healthy.probe({ [feature]: Math.min(a, b) }));
        const high = it.scoreOne(healthy.probe({ [feature]: Math.max(a, b) }));

        expect(high).toBeGreaterThanOrEqual(low);
      },
    ),
  );
});

const outlier = {
  log_count: 400,
  info_count: 20,
  error_count: 300,
  critical_count: 300,
  error_rate: 0.75,
  critical_rate: 0.75,
  new_template_count: 4,
  new_template_records: 90,
  count_excess: 30,
  tfidf_residual: 0.9,
  tfidf_distance: 0.9,
  silence: 9,
};

test.each(DETECTOR_NAMES.filter((name) => !BASELINES.includes(name)))(
  '%s ranks a planted outlier above every healthy window',
  (name) => {
    const it = fitted(name, healthy);

    const highest = Math.max(...healthy.inputs.map((input) => it.scoreOne(input)));

    expect(it.scoreOne(healthy.probe(outlier))).toBeGreaterThan(highest);
  },
);

test('a window that is healthy in every single feature, but not in their relation, is strange to PCA', () => {
  const it = fitted('pca-residual', healthy);
  const scores = healthy.inputs.map((input) => it.scoreOne(input)).sort((a, b) => a - b);

  // load 60 in the rolling statistics, 25 in the window itself: each of them is common
  const broken = healthy.probe({
    log_count: 25,
    info_count: 55,
    log_count_mean_5m: 60,
    log_count_max_5m: 20,
    log_count_min_5m: 60,
    info_count_mean_5m: 22,
  });

  expect(it.scoreOne(broken)).toBeGreaterThan(scores.at(-1)!);
});

test('another seed grows another forest, which ranks alike', () => {
  const [one, two] = [fitted('isolation-forest', healthy, '1'), fitted('isolation-forest', healthy, '2')];
  const calm = healthy.probe();

  expect(one.scoreOne(calm)).not.toBe(two.scoreOne(calm));
  expect(two.scoreOne(healthy.probe(outlier))).toBeGreaterThan(two.scoreOne(calm));
});
