import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { isRight, type ToldAlert } from './judged-alerts.js';
import { proposeThresholds } from './propose-thresholds.js';
import { history, told } from './tune.testkit.js';

const NOTHING_UNWANTED = new Set<string>();

function propose(alerts: readonly ToldAlert[], scores: readonly number[]) {
  const histories = new Map([['api', history(scores)]]);
  return proposeThresholds(alerts, { histories, thresholdOf: () => 0.5, unwanted: NOTHING_UNWANTED });
}

test('as many false alerts as can be are spared, at the lowest threshold that does it, and no right one is lost', () => {
  // window  0    1    2    3    4
  //         .6   .9   .8   .95  .2
  //        false      real false
  const [proposal, ...more] = propose(
    [told(0), told(2, { verdict: 'real' }), told(3)],
    [0.6, 0.9, 0.8, 0.95, 0.2],
  );

  expect(more).toEqual([]);
  expect(proposal).toMatchObject({
    source: 'api',
    before: 0.5,
    falseSpared: 1,
    falseAlerts: 2,
    rightAlerts: 1,
    heldBy: 'own',
  });
  expect(proposal!.after).toBeGreaterThan(0.6);
  expect(proposal!.after).toBeLessThan(0.6 + 1e-12);
});

test('an alert that is somebody else’s was right, and holds a threshold back', () => {
  expect(propose([told(1), told(0, { verdict: 'not-mine' })], [0.6, 0.9])).toEqual([]);
});

test('where a service has no alert that was right, those of the others hold it back; where there is none, nothing does', () => {
  const histories = new Map([
    ['api', history([0.7, 0.95])],
    ['db', history([0.8], {}, 'db')],
  ]);
  const options = { histories, thresholdOf: () => 0.5, unwanted: NOTHING_UNWANTED };

  const held = proposeThresholds([told(0), told(1), told(0, { source: 'db', verdict: 'real' })], options);
  const free = proposeThresholds([told(0), told(1)], options);

  expect(held).toMatchObject([{ falseSpared: 1, falseAlerts: 2, heldBy: 'others' }]);
  expect(free).toMatchObject([{ falseSpared: 2, falseAlerts: 2, heldBy: 'nothing' }]);
});

test('a score of 1 cannot be spared, a source that is to stay as it is stays, one of unknown windows says nothing', () => {
  const options = { histories: new Map([['api', history([1, 0.7])]]), thresholdOf: () => 0.5 };

  expect(proposeThresholds([told(0)], { ...options, unwanted: NOTHING_UNWANTED })).toEqual([]);
  expect(proposeThresholds([told(1)], { ...options, unwanted: new Set(['api']) })).toEqual([]);
  expect(proposeThresholds([told(99)], { ...options, unwanted: NOTHING_UNWANTED })).toEqual([]);
});

test('whatever was judged, a threshold only rises, stays a threshold, and every right alert still reaches it', () => {
  const arbVerdict = fc.constantFrom('real', 'false', 'not-mine', null);
  const arbWindow = fc.record({ score: fc.double({ min: 0, max: 1, noNaN: true }), verdict: arbVerdict });
  fc.assert(
    fc.property(fc.array(arbWindow, { minLength: 1, maxLength: 30 }), (windows) => {
      const alerts = windows.map(({ verdict }, window) => told(window, { verdict }));
      const scores = windows.map(({ score }) => score);

      for (const { before, after, falseSpared } of propose(alerts, scores)) {
        expect(after).toBeGreaterThan(before);
        expect(after).toBeLessThanOrEqual(1);
        const right = scores.filter((score, at) => isRight(alerts[at]!) && score >= before);
        expect(right.every((score) => score >= after)).toBe(true);
        const spared = scores.filter(
          (score, at) => alerts[at]!.verdict === 'false' && score >= before && score < after,
        );
        expect(spared).toHaveLength(falseSpared);
        // none more could be had
        const next = Math.min(...right, 1);
        expect(
          scores.every((score, at) => alerts[at]!.verdict !== 'false' || score < after || score >= next),
        ).toBe(true);
      }
    }),
  );
});
