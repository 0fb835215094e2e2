import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { AlertLifeState } from './alert-life-state.js';
import { createAlertLife } from './alert-life.js';
import { arbRows, brief, feed, line, moved, options } from './alert-life.testkit.js';

test('law: a restart anywhere changes no event', () => {
  fc.assert(
    fc.property(arbRows, fc.nat(120), (rows, at) => {
      const whole = feed(createAlertLife(brief), rows);

      const first = createAlertLife(brief);
      const before = feed(first, rows.slice(0, at));
      const states = ['api', 'db'].flatMap((source): [string, AlertLifeState][] => {
        const state = first.stateOf(source);
        return state ? [[source, JSON.parse(JSON.stringify(state)) as AlertLifeState]] : [];
      });
      const after = feed(createAlertLife(brief, states), rows.slice(at));

      expect([...before, ...after]).toEqual(whole);
    }),
  );
});

test('law: alerts of a source open and close in turn, and no event id comes twice', () => {
  fc.assert(
    fc.property(arbRows, (rows) => {
      const events = feed(createAlertLife(brief), rows);

      expect(new Set(events.map(({ eventId }) => eventId)).size).toBe(events.length);
      for (const source of ['api', 'db']) {
        const own = events.filter((each) => each.source === source);
        const pattern = own.map(({ type }) => type[0]).join('');
        expect(pattern).toMatch(/^(ou*r)*(ou*)?$/);
        own.forEach(({ type, alertId }, index) => {
          const isSame = alertId === own[index - 1]?.alertId;
          expect(isSame || type === 'opened').toBe(true);
        });
      }
    }),
  );
});

test('the rows that these laws are held to meet every kind of event', () => {
  const ends = new Set<string>();
  for (const rows of fc.sample(arbRows, { numRuns: 200, seed: 1 }))
    for (const { type, reason } of feed(createAlertLife(brief), rows)) ends.add(`${type} ${reason ?? ''}`);

  expect([...ends].toSorted()).toEqual([
    'opened ',
    'opened reopened',
    'resolved absorbed',
    'resolved quiet',
    'resolved retracted',
    'resolved superseded',
    'updated ',
    'updated changed',
    'updated more lines',
  ]);
});

test('a state is bounded, however long an alert lasts and whatever it says', () => {
  const life = createAlertLife(options);
  feed(
    life,
    Array.from({ length: 3000 }, (_, n) =>
      moved(n, { critical_excess: 30 }, [line('new', 'ERROR', `refused by peer ${n}`)]),
    ),
  );

  expect(JSON.stringify(life.stateOf('api')).length).toBeLessThan(20_000);
});
