import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { AlertLifeState } from './alert-life-state.js';
import { createAlertLife } from './alert-life.js';
import { feed, hopMs, line, moved, options, row } from './alert-life.testkit.js';

/** What windows alert for: a shift of the volume and what comes on top of it. */
const REASONS = [
  { amounts: { volume_excess: 20 }, templates: [] },
  { amounts: { volume_excess: 35, count_excess: 2 }, templates: [line('spike', 'INFO', 'GET <*>')] },
  { amounts: { volume_excess: 90 }, templates: [] },
  { amounts: { new_template_count: 30 }, templates: [line('new', 'INFO', 'cache warmed')] },
  { amounts: { volume_excess: 30, critical_excess: 60 }, templates: [line('spike', 'ERROR', 'refused')] },
  {
    amounts: { new_template_count: 30, critical_excess: 9 },
    templates: [line('new', 'ERROR', 'ledger is gone')],
  },
] as const;

/** Rows as a windower issues them: mostly in order, now and then a correction of one of the last few, or a gap. */
const arbRows = fc
  .array(
    fc.record({
      source: fc.constantFrom('api', 'db'),
      back: fc.oneof({ weight: 2, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.nat(3) }),
      gap: fc.oneof({ weight: 30, arbitrary: fc.constant(1) }, { weight: 1, arbitrary: fc.nat(60) }),
      reason: fc.oneof(
        { weight: 6, arbitrary: fc.nat(1) },
        { weight: 2, arbitrary: fc.nat(REASONS.length - 1) },
        { weight: 2, arbitrary: fc.constant(undefined) },
      ),
      score: fc.double({ min: 0.7, max: 0.85, noNaN: true }),
    }),
    { minLength: 1, maxLength: 120, size: 'max' },
  )
  .map((steps) => {
    const next = new Map<string, number>();
    return steps.map(({ source, back, gap, reason, score }, revision) => {
      const newest = (next.get(source) ?? 10) + (back === 0 ? gap : 0);
      next.set(source, newest);
      if (reason === undefined) return row(newest - back, score >= 0.8, { source, revision, score });
      const { amounts, templates } = REASONS[reason]!;
      return moved(newest - back, amounts, templates, { source, revision });
    });
  });

/** Short enough that a few dozen windows meet every horizon. */
const brief = {
  ...options,
  correctionMs: 3 * hopMs,
  lingerMs: 4 * hopMs,
  reopenWithinMs: 6 * hopMs,
  absorbAfterMs: 6 * hopMs,
  absorbGraveAfterMs: 20 * hopMs,
  forgetAfterMs: 25 * hopMs,
};

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
