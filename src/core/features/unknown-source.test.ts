import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { createPane } from '../window/pane.js';
import { countSurprise } from './surprise.js';
import type { TrainingWindow } from './training-window.js';
import { learnUnknownSource } from './unknown-source.js';

const ERROR = 5;
const FATAL = 6;

/** A window each, with so many ERROR records beside one of INFO. */
const windowsOf = (source: string, errors: readonly number[], severity = ERROR): readonly TrainingWindow[] =>
  errors.map((count, hop) => {
    const window = createPane(hop);
    window.records = count + 1;
    window.severityCounts[3] = 1;
    window.severityCounts[severity] = count;
    return { source, startMs: hop * 1000, endMs: (hop + 1) * 1000, stretch: 0, window };
  });
const repeat = (count: number, times: number): readonly number[] =>
  Array.from({ length: times }, () => count);

test('of quiet sources: what is geometric with a record in every other window, so that one ERROR now and then is nothing', () => {
  const basis = learnUnknownSource(windowsOf('api', repeat(0, 200)));

  expect(basis).toEqual({ critical: { mean: 0.5, variance: 0.75 }, usualMost: 0 });
  expect(countSurprise(1, basis.critical)).toBeLessThan(0.1);
  expect(countSurprise(150, basis.critical)).toBeGreaterThan(60);
});

test('the noisiest source is the measure, worked by hand', () => {
  // of db 6 and 2 in turn: mean (4 · 200 + 0.5) / 201, variance below it and so the same; fatal counts as error does
  const noisy = Array.from({ length: 200 }, (_, index) => (index % 2 === 0 ? 6 : 2));
  const all = [...windowsOf('api', repeat(0, 200)), ...windowsOf('db', noisy, FATAL)];

  const { critical, usualMost } = learnUnknownSource(all);

  expect(usualMost).toBe(6);
  expect(critical.mean).toBeCloseTo(800.5 / 201, 8);
  expect(critical.variance).toBeGreaterThanOrEqual(critical.mean);
});

test('one incident in the fit excuses none of a new service', () => {
  const quiet = windowsOf('api', repeat(0, 1000));
  const withIncident = windowsOf('api', [...repeat(0, 990), ...repeat(400, 10)]);

  expect(learnUnknownSource(withIncident)).toEqual(learnUnknownSource(quiet));
});

test('windows in which nobody spoke say nothing of how many errors are usual', () => {
  const speaking = windowsOf('db', repeat(8, 100));
  const silent = windowsOf('db', repeat(0, 900)).map((each) => ({ ...each, window: createPane(0) }));

  expect(learnUnknownSource([...silent, ...speaking])).toEqual(learnUnknownSource(speaking));
});

test('one source more never makes it stricter, and their order says nothing', () => {
  const arbErrors = fc.array(fc.nat(40), { minLength: 1, maxLength: 30 });
  fc.assert(
    fc.property(fc.array(arbErrors, { minLength: 1, maxLength: 4 }), arbErrors, (sources, another) => {
      const windows = sources.flatMap((errors, index) => windowsOf(`s${index}`, errors));
      const more = windowsOf('another', another);

      const before = learnUnknownSource(windows);
      const after = learnUnknownSource([...windows, ...more]);

      expect(after.critical.mean).toBeGreaterThanOrEqual(before.critical.mean);
      expect(after.critical.variance).toBeGreaterThanOrEqual(before.critical.variance);
      expect(learnUnknownSource([...more, ...windows])).toEqual(after);
    }),
  );
});
