import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { headlineOf } from './alert-kind.js';
import { createAlertLife } from './alert-life.js';
import { type Amounts, feed, hopMs, line, moved, options, row, told } from './alert-life.testkit.js';
import type { TemplateEvidence } from './alert.js';
import type { WindowRow } from './score-window.js';

const windows = (
  from: number,
  count: number,
  amounts: Amounts,
  ...templates: readonly TemplateEvidence[]
): WindowRow[] => Array.from({ length: count }, (_, i) => moved(from + i, amounts, templates));
const calm = (from: number, count: number): WindowRow[] =>
  Array.from({ length: count }, (_, i) => row(from + i, false));

const captured = line('spike', 'INFO', 'payment <*> captured');
const ledger = line('spike', 'ERROR', 'ledger write failed');

test('errors soon after an alert about something harmless are another alert, with a start of their own', () => {
  // 0    2            22
  // [INFO)  calm      [ERROR    the INFO line still comes a little too often
  const events = feed(createAlertLife(options), [
    ...windows(0, 2, { count_excess: 20 }, captured),
    ...calm(2, 18),
    ...windows(20, 1, { critical_excess: 60, count_excess: 25 }, ledger, captured),
  ]);

  expect(told(events)).toEqual(['opened 0–1', 'resolved 0–2 quiet', 'opened 20–21']);
  expect(events[2]!.alertId).not.toBe(events[0]!.alertId);
});

test.each([
  ['stronger', windows(10, 1, { critical_excess: 300 }, ledger)],
  ['weaker', windows(10, 1, { critical_excess: 17 }, ledger)],
  ['by another feature of the same kind', windows(10, 1, { error_rate: 30 }, ledger)],
  [
    'beside a line that is not as frequent',
    windows(10, 1, { critical_excess: 30 }, ledger, line('new', 'ERROR', 'x')),
  ],
])('what returns for the same reasons is the same alert: %s', (_, again) => {
  const life = createAlertLife(options);

  const events = feed(life, [...windows(0, 2, { critical_excess: 40 }, ledger), ...calm(2, 8), ...again]);

  expect(told(events)).toEqual(['opened 0–1', 'resolved 0–2 quiet', 'opened 0–11 reopened']);
  expect(events[2]).toMatchObject({ alertId: events[0]!.alertId, episodeMs: 10 * hopMs });
});

test.each([
  ['other lines', windows(10, 1, { critical_excess: 40 }, line('spike', 'ERROR', 'connection reset'))],
  ['another kind', windows(10, 1, { silence: 40 })],
  ['the other side of a band', windows(10, 1, { log_count: 40 })],
])('what returns for %s is another alert', (_, other) => {
  const before = windows(0, 2, { critical_excess: 40 }, ledger);
  const below = before.map((each) => ({
    ...each,
    explanation: {
      ...each.explanation!,
      features: [{ feature: 'log_count', value: 0, usualLow: 5, usualHigh: 9, amount: 40 }],
    },
  }));
  const first = _.startsWith('the other side') ? below : before;

  const events = feed(createAlertLife(options), [...first, ...calm(2, 8), ...other]);

  expect(told(events).at(-1)).toBe('opened 10–11');
});

test('two kinds of trouble that come in turn are two alerts, not one each time', () => {
  const rows = Array.from({ length: 12 }, (_, n) => [
    ...windows(6 * n, 1, n % 2 === 0 ? { silence: 40 } : { volume_excess: 30 }),
    ...calm(6 * n + 1, 5),
  ]).flat();

  const events = feed(createAlertLife(options), rows);

  expect(new Set(events.map(({ alertId }) => alertId)).size).toBe(2);
});

test('what gets graver within five minutes is the same trouble unfolding, and is told', () => {
  const events = feed(createAlertLife(options), [
    ...windows(0, 4, { count_excess: 20 }, captured),
    ...windows(4, 1, { critical_excess: 20 }, ledger),
  ]);

  expect(told(events)).toEqual(['opened 0–1', 'updated 0–5 changed']);
  expect(headlineOf(events[1]!.explanation)).toContain('ledger write failed');
});

test('graver things that begin later take the place of an alert', () => {
  const events = feed(createAlertLife(options), [
    ...windows(0, 20, { count_excess: 20 }, captured),
    ...windows(20, 10, { critical_excess: 60 }, ledger),
    ...calm(30, 2),
  ]);

  expect(told(events)).toEqual([
    'opened 0–1',
    'resolved 0–20 superseded',
    'opened 20–21',
    'resolved 20–30 quiet',
  ]);
});

test('other things that are no graver are told by an update, with when they began', () => {
  const events = feed(createAlertLife(options), [
    ...windows(0, 20, { critical_excess: 40 }, ledger),
    ...windows(20, 10, { silence: 40 }),
    ...windows(30, 5, { critical_excess: 40 }, ledger),
  ]);

  expect(told(events)).toEqual(['opened 0–1', 'updated 0–21 changed']);
  expect(events[1]!.episodeMs).toBe(20 * hopMs);
});

test('errors that come and go over something that goes on are one alert', () => {
  const shift = { volume_excess: 30 };
  const rows = Array.from({ length: 8 }, (_, n) => [
    ...windows(12 + 7 * n, 2, { ...shift, critical_excess: 60 }, ledger),
    ...windows(14 + 7 * n, 5, shift),
  ]).flat();

  const events = feed(createAlertLife(options), [...windows(0, 12, shift), ...rows]);

  const ids = [...new Set(events.map(({ alertId }) => alertId))];
  expect(ids).toHaveLength(2);
  // each time that they come they are told as what they are
  expect(events.filter(({ type, alertId }) => type === 'opened' && alertId === ids[1])).toHaveLength(8);
});

test('a window that looks grave whenever it is shown early is told once', () => {
  const rows = Array.from({ length: 60 }, (_, n) =>
    n < 20
      ? windows(n, 1, { volume_excess: 30 })
      : [...windows(n, 1, { silence: 40 }), moved(n, { volume_excess: 30 }, [], { revision: 1 })],
  ).flat();

  expect(told(feed(createAlertLife(options), rows))).toEqual([
    'opened 0–1',
    'resolved 0–20 superseded',
    'opened 20–21',
    'resolved 20–21 retracted',
    'opened 0–21 reopened',
  ]);
});

const CAUSES = [
  windows(0, 1, { silence: 40 })[0]!,
  windows(0, 1, { volume_excess: 30 })[0]!,
  windows(0, 1, { critical_excess: 40 }, ledger)[0]!,
  windows(0, 1, { new_template_count: 30 }, line('new', 'INFO', 'cache warmed'))[0]!,
];

test('law: however few causes come and go, they are no more alerts than causes', () => {
  fc.assert(
    fc.property(
      // no cause stays away for ten minutes
      fc.array(fc.array(fc.boolean(), { minLength: 4, maxLength: 4 }), { minLength: 1, maxLength: 30 }),
      fc.constantFrom(2, 3, 4),
      (rounds, causes) => {
        let n = 0;
        const rows = rounds.flatMap((isOn) =>
          CAUSES.slice(0, causes).flatMap((cause, at) => {
            const startMs = n++ * hopMs;
            const shown = { ...cause, startMs, endMs: startMs + hopMs };
            return [shown, ...(isOn[at] ? [] : calm(n++, 1))];
          }),
        );

        const events = feed(createAlertLife(options), rows);

        // what is for information is known once it was told
        expect(new Set(events.map(({ alertId }) => alertId)).size).toBeLessThanOrEqual(causes);
      },
    ),
  );
});
