import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { createAlertLife } from './alert-life.js';
import { feed, hopMs, options, row, told } from './alert-life.testkit.js';
import type { WindowRow } from './score-window.js';

/** `.` quiet, `!` alerting, one window each from window 0. */
const drawn = (picture: string): WindowRow[] => Array.from(picture, (mark, n) => row(n, mark === '!'));

test('a run of alerting windows is one alert, resolved after two quiet ones', () => {
  expect(told(feed(createAlertLife(options), drawn('..!!.!..')))).toEqual([
    'opened 2–3',
    'resolved 2–6 quiet',
  ]);
});

test('what comes later than ten minutes after an alert is another alert with another id', () => {
  const events = feed(createAlertLife({ ...options, reopenWithinMs: hopMs }), drawn('!..!..'));

  expect(told(events)).toEqual(['opened 0–1', 'resolved 0–1 quiet', 'opened 3–4', 'resolved 3–4 quiet']);
  expect(new Set(events.map(({ alertId }) => alertId)).size).toBe(2);
  expect(events.map(({ eventId }) => eventId.slice(-2))).toEqual(['-0', '-1', '-0', '-1']);
});

test('an alert that comes back within ten minutes opens again under its id, and goes on counting its events', () => {
  const events = feed(createAlertLife(options), drawn('..!.......!..'));

  expect(told(events)).toEqual([
    'opened 2–3',
    'resolved 2–3 quiet',
    'opened 2–11 reopened',
    'resolved 2–11 quiet',
  ]);
  expect(new Set(events.map(({ alertId }) => alertId)).size).toBe(1);
  expect(events.map(({ eventId }) => eventId.slice(-2))).toEqual(['-0', '-1', '-2', '-3']);
});

test('of an alert that was opened again a correction takes back the new window alone', () => {
  const rows = [...drawn('!..!'), row(3, false, { revision: 1 }), row(4, false), row(5, false)];

  expect(told(feed(createAlertLife(options), rows))).toEqual([
    'opened 0–1',
    'resolved 0–1 quiet',
    'opened 0–4 reopened',
    'resolved 0–1 quiet',
  ]);
});

/** Windows with these scores, from window 0. */
const scored = (scores: readonly number[]): WindowRow[] =>
  scores.map((score, n) => row(n, score >= 0.8, { score }));

test('a score that hovers around the threshold is one alert until it is clearly lower', () => {
  // odds of 0.8 are 4; an alert is kept open from odds of 3.2 on, a score of 0.762
  const hovering = [0.81, 0.77, 0.77, 0.77, 0.82, 0.79, 0.765, 0.8];
  const life = createAlertLife(options);

  expect(told(feed(life, scored([...hovering, 0.77, 0.77, 0.77])))).toEqual(['opened 0–1']);
  expect(
    told(
      feed(
        life,
        [11, 12].map((n) => row(n, false, { score: 0.761 })),
      ),
    ),
  ).toEqual(['resolved 0–8 quiet']);
});

test('a score just below the threshold keeps an alert open for ten minutes and no longer', () => {
  const events = feed(createAlertLife(options), scored([0.9, ...Array<number>(40).fill(0.79)]));

  expect(events.map(({ type, startMs }) => [type, startMs / hopMs])).toEqual([
    ['opened', 0],
    ['resolved', 22],
  ]);
});

test('law: a score that hovers around the threshold opens and resolves at most once in ten minutes', () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: 0.74, max: 0.86, noNaN: true }), { minLength: 20, maxLength: 200 }),
      (scores) => {
        const ids = new Map<string, number>();
        for (const { type, alertId, startMs } of feed(createAlertLife(options), scored(scores)))
          if (type === 'opened' && !ids.has(alertId)) ids.set(alertId, startMs);

        const openedMs = [...ids.values()];
        for (const [n, startMs] of openedMs.slice(1).entries())
          expect(startMs - openedMs[n]!).toBeGreaterThan(600_000);
      },
    ),
  );
});

test('sources that alert at the same time have alerts of their own', () => {
  const rows = [row(0, true), row(0, true, { source: 'db' })];
  const ids = feed(createAlertLife(options), rows).map(({ alertId }) => alertId);

  expect(new Set(ids).size).toBe(2);
  expect(ids).toEqual(feed(createAlertLife(options), rows).map(({ alertId }) => alertId));
});

test('a gap in the rows is as quiet as rows that say so', () => {
  const events = feed(createAlertLife(options), [row(0, true), row(99, true)]);

  expect(told(events)).toEqual(['opened 0–1', 'resolved 0–1 quiet', 'opened 99–100']);
});

test('an alert is told again only when it becomes much worse', () => {
  const scores = [0.9, 0.93, 0.94, 0.96, 0.97];
  const events = feed(
    createAlertLife(options),
    scores.map((score, n) => row(n, true, { score })),
  );

  expect(events.map(({ type, peakScore }) => [type, peakScore])).toEqual([
    ['opened', 0.9],
    ['updated', 0.96],
  ]);
});

test('a correction that takes back the only alerting window retracts the alert', () => {
  // 0   1   2
  // !   .          alert opens with window 0
  // . (revision 1) it was a late record that had made the window look empty
  const events = feed(createAlertLife(options), [
    row(0, true),
    row(1, false),
    row(0, false, { revision: 1 }),
  ]);

  expect(told(events)).toEqual(['opened 0–1', 'resolved 0–1 retracted']);
});

test('a correction that takes back one of several windows leaves the alert open', () => {
  const life = createAlertLife(options);
  const events = feed(life, [row(0, true), row(1, true), row(1, false, { revision: 1 })]);

  expect(told(events)).toEqual(['opened 0–1']);
  expect(life.stateOf('api')?.open?.startsMs).toEqual([0]);
});

test('an alert that was retracted and comes back has new event ids', () => {
  const rows = [row(0, true), row(0, false, { revision: 1 }), row(0, true, { revision: 2 })];
  const events = feed(createAlertLife(options), rows);

  expect(told(events)).toEqual(['opened 0–1', 'resolved 0–1 retracted', 'opened 0–1']);
  expect(new Set(events.map(({ alertId }) => alertId)).size).toBe(1);
  expect(new Set(events.map(({ eventId }) => eventId)).size).toBe(3);
});

test('a window that alerts after all opens an alert, and resolves it at once when it is long over', () => {
  const events = feed(createAlertLife(options), [...drawn('......'), row(2, true, { revision: 1 })]);

  expect(told(events)).toEqual(['opened 2–3', 'resolved 2–3 quiet']);
});

test('a correction before the open alert moves its start and keeps its id', () => {
  const events = feed(createAlertLife(options), [...drawn('..!'), row(1, true, { revision: 1 })]);

  expect(told(events)).toEqual(['opened 2–3', 'updated 1–3']);
  expect(new Set(events.map(({ alertId }) => alertId)).size).toBe(1);
});

test('corrections within an alert that was resolved are not told', () => {
  const events = feed(createAlertLife(options), [
    ...drawn('!!..'),
    row(1, true, { revision: 1, score: 0.99 }),
  ]);

  expect(told(events)).toEqual(['opened 0–1', 'resolved 0–2 quiet']);
});

test('a clock that was set back ends the open alert, and alerts of the other time are told', () => {
  const life = createAlertLife(options);
  feed(life, [row(1000, true), row(1001, false), row(1002, false)]);

  const events = feed(life, [row(5, true, { revision: 1_000_000 })]);

  expect(told(events)).toEqual(['opened 5–6']);
});
