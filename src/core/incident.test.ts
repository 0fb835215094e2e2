import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { deviationStartMs, groupIncidents, type IncidentAlert, raisedScore } from './incident.js';

const windowMs = 30_000;
const minuteMs = 60_000;
const options = { windowMs };

/** An alert that begins in this minute. */
function alert(source: string, minute: number, changes: Partial<IncidentAlert> = {}): IncidentAlert {
  return {
    alertId: `${source}@${minute}`,
    source,
    sinceMs: minute * minuteMs,
    untilMs: (minute + 10) * minuteMs,
    peakScore: 0.9,
    ...changes,
  };
}

const sourcesOf = (alerts: readonly IncidentAlert[], changes = {}): string[] =>
  groupIncidents(alerts, { ...options, ...changes }).map((group) =>
    group.alerts.map(({ source }) => source).join(' '),
  );

test('a cascade is one incident, its root the service that deviated first', () => {
  const [incident, ...others] = groupIncidents(
    [alert('checkout', 1), alert('web', 3.5), alert('payments', 0.5)],
    options,
  );

  expect(others).toEqual([]);
  expect(incident).toMatchObject({
    id: 'payments@0.5',
    sinceMs: 30_000,
    untilMs: 13.5 * minuteMs,
    rootSource: 'payments',
    tied: [],
    story: 'payments deviated first, checkout 30 s later, web 3 min later',
  });
});

test('the root deviated first, though it was told last', () => {
  const [incident] = groupIncidents(
    [
      alert('checkout', 2),
      alert('web', 2, { deviatedMs: 1.5 * minuteMs }),
      alert('db', 4, { deviatedMs: 0, toldOrder: 4 * minuteMs }),
    ],
    options,
  );

  expect(incident).toMatchObject({ id: 'web@2', rootSource: 'db' });
  expect(incident!.alerts.map(({ source, deviatedMs }) => [source, deviatedMs / minuteMs])).toEqual([
    ['db', 0],
    ['web', 1.5],
    ['checkout', 2],
  ]);
});

test('an alert that came back belongs to what happens now, not to what it was part of an hour ago', () => {
  const again = alert('gateway', 0, { episodeMs: 60 * minuteMs, untilMs: 70 * minuteMs });

  const incidents = groupIncidents(
    [again, alert('cart', 1), alert('payments', 59), alert('web', 61)],
    options,
  );

  expect(incidents.map(({ rootSource, sinceMs }) => [rootSource, sinceMs / minuteMs])).toEqual([
    ['cart', 1],
    ['payments', 59],
  ]);
  expect(incidents[1]!.story).toBe('payments deviated first, gateway 1 min later, web 2 min later');
});

test('services that deviate in one window are tied, the strongest of them is named as the root', () => {
  const [incident] = groupIncidents(
    [alert('a', 0), alert('b', 0, { peakScore: 0.99 }), alert('c', 0.5)],
    options,
  );

  expect(incident).toMatchObject({
    rootSource: 'b',
    tied: ['a'],
    story: 'b and a deviated first, within one window, c 30 s later',
  });
});

test('what deviates more than five minutes after the last new service is another incident', () => {
  expect(sourcesOf([alert('a', 0), alert('b', 5), alert('c', 10.5)])).toEqual(['a b', 'c']);
});

test('a service that alerts again does not make its incident last longer', () => {
  const again = [4, 8, 12].map((minute) => alert('a', minute));

  expect(sourcesOf([alert('a', 0), ...again, alert('b', 13)])).toEqual(['a a', 'a a b']);
});

test('a storm of a whole day is many incidents, however closely its services follow each other', () => {
  const storm = Array.from({ length: 480 }, (_, n) => alert(`service-${n}`, 3 * n));

  const incidents = groupIncidents(storm, options);

  // each takes what deviates within an hour
  expect(incidents.map(({ alerts }) => alerts.length)).toEqual([...Array<number>(22).fill(21), 18]);
});

test('an alert between two incidents goes to the nearer one, and they stay two', () => {
  const [a, b] = [alert('a', 0), alert('b', 8)];

  expect(sourcesOf([a, b, alert('c', 5, { toldOrder: 9 * minuteMs })])).toEqual(['a', 'c b']);
  // equally near: to the one that was told first
  expect(sourcesOf([a, b, alert('c', 4, { toldOrder: 9 * minuteMs })])).toEqual(['a c', 'b']);
});

test('a long story names some services and counts the others', () => {
  const many = (prefix: string, count: number, minute: number): IncidentAlert[] =>
    Array.from({ length: count }, (_, n) => alert(`${prefix}${n}`, minute));

  expect(groupIncidents([...many('a', 5, 0), ...many('b', 7, 1)], options)[0]!.story).toBe(
    'a0, a1, a2 and 2 more deviated first, within one window, b0 1 min later, b1 1 min later, b2 1 min later, b3 1 min later, b4 1 min later, then 2 more',
  );
  expect(groupIncidents([alert('a', 0)], options)[0]!.story).toBe('a deviated, no other service with it');
});

/** @returns in windows */
function deviationOf(scores: readonly number[]): number {
  const before = scores.map((score, n) => ({ startMs: n * windowMs, score })).toReversed();
  const sinceMs = scores.length * windowMs;
  return deviationStartMs(sinceMs, before, { hopMs: windowMs, raisedFrom: 0.5 }) / windowMs;
}

test('a deviation begins with the first rise of the unbroken run of raised scores that leads into the alert', () => {
  expect(deviationOf([0.7, 0.2, 0.6, 0.5])).toBe(2);
  expect(deviationOf([0.2, 0.5, 0.5, 0.6, 0.7])).toBe(1);
  expect(deviationOf([0.7, 0.6, 0.4])).toBe(3);
  expect(deviationOf([])).toBe(0);
});

test('noise whose score is held up to the alert is not its begin', () => {
  expect(deviationOf([0.2, 0.6, 0.6, 0.6, 0.6, 0.6])).toBe(6);
  expect(deviationOf([0.2, 0.6, 0.6, 0.6, 0.6, 0.6, 0.6, 0.7])).toBe(7);
  expect(deviationOf([0.2, 0.6, 0.6, 0.6, 0.6])).toBe(1);
});

test('a score is raised from three quarters of the odds of the threshold on', () => {
  // odds of 0.8 are 4, and 3 of 0.75
  expect(raisedScore(0.8)).toBeCloseTo(0.75, 12);
});

/** Alerts of a few hours: several services within minutes, pauses between, some told late. */
const arbAlerts = fc
  .array(
    fc.record({
      source: fc.constantFrom('web', 'checkout', 'payments', 'db', 'cache', 'mail'),
      pause: fc.oneof(
        { weight: 4, arbitrary: fc.nat(6) },
        { weight: 1, arbitrary: fc.integer({ min: 10, max: 120 }) },
      ),
      led: fc.nat(8),
      late: fc.nat(12),
      peakScore: fc.double({ min: 0.8, max: 1, noNaN: true }),
    }),
    { minLength: 1, maxLength: 40 },
  )
  .map((steps) => {
    let window = 1000;
    return steps.map(({ source, pause, led, late, peakScore }, n): IncidentAlert => {
      window += pause;
      return {
        alertId: `alert-${n}`,
        source,
        sinceMs: window * windowMs,
        untilMs: (window + 12) * windowMs,
        deviatedMs: (window - led) * windowMs,
        toldOrder: window + late,
        peakScore,
      };
    });
  });

test('law: the order in which alerts are handed over changes nothing', () => {
  fc.assert(
    fc.property(
      arbAlerts.chain((alerts) =>
        fc.tuple(
          fc.constant(alerts),
          fc.shuffledSubarray(alerts, { minLength: alerts.length, maxLength: alerts.length }),
        ),
      ),
      ([alerts, shuffled]) => {
        expect(groupIncidents(shuffled, options)).toEqual(groupIncidents(alerts, options));
      },
    ),
  );
});

test('law: every alert is in one incident, whose id is one of its own, and which deviates within the longest time', () => {
  fc.assert(
    fc.property(arbAlerts, fc.integer({ min: 0, max: 60 }), (alerts, longest) => {
      const longestMs = longest * minuteMs;

      const incidents = groupIncidents(alerts, { ...options, longestMs });

      const ids = incidents.flatMap((each) => each.alerts.map(({ alertId }) => alertId));
      expect(ids.toSorted()).toEqual(alerts.map(({ alertId }) => alertId).toSorted());
      for (const { id, alerts: own, rootSource, tied } of incidents) {
        const deviations = own.map(({ deviatedMs }) => deviatedMs);
        expect(own.map(({ alertId }) => alertId)).toContain(id);
        expect(own[0]!.source).toBe(rootSource);
        expect(tied).not.toContain(rootSource);
        expect(Math.max(...deviations) - Math.min(...deviations)).toBeLessThanOrEqual(longestMs);
      }
    }),
  );
});

test('law: alerts that are told later leave every incident its id and its alerts', () => {
  const homes = (alerts: readonly IncidentAlert[]): Map<string, string> =>
    new Map(
      groupIncidents(alerts, options).flatMap(({ id, alerts: own }) =>
        own.map(({ alertId }): [string, string] => [alertId, id]),
      ),
    );
  fc.assert(
    fc.property(arbAlerts, fc.nat(60), (alerts, cut) => {
      const first = alerts.filter(({ toldOrder }) => toldOrder! <= 1000 + cut);

      const after = homes(alerts);

      for (const [alertId, id] of homes(first)) expect(after.get(alertId)).toBe(id);
    }),
  );
});
