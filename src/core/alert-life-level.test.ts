import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { AlertLifeState } from './alert-life-state.js';
import { type AlertLife, createAlertLife } from './alert-life.js';
import { type Amounts, feed, hopMs, line, moved, options, row, told } from './alert-life.testkit.js';
import type { TemplateEvidence } from './alert.js';
import type { WindowRow } from './score-window.js';

const HOUR = 120;
const DAY = 24 * HOUR;

/** As many windows from window `from` on, each with these reasons. */
const windows = (
  from: number,
  count: number,
  amountsOf: Amounts | ((n: number) => Amounts),
  templates: readonly TemplateEvidence[] = [],
): WindowRow[] =>
  Array.from({ length: count }, (_, i) =>
    moved(from + i, typeof amountsOf === 'function' ? amountsOf(from + i) : amountsOf, templates),
  );
const calm = (from: number, count: number): WindowRow[] =>
  Array.from({ length: count }, (_, i) => row(from + i, false));
/** Between 20 and 35, and now and then a little of something else. */
const shifted = (n: number): Amounts => ({
  volume_excess: 20 + ((n * 7) % 16),
  count_excess: n % 3 === 0 ? 4 : 0,
});

/** A life for which a shift of the volume became the new level, up to window 200. */
function absorbedLife(): AlertLife {
  const life = createAlertLife(options);
  feed(life, windows(0, 200, shifted));
  return life;
}

test('a level shift is told once, and after an hour it is the new level', () => {
  // reasons are looked at when no correction can change them, five minutes later
  expect(told(feed(createAlertLife(options), windows(0, 3 * DAY, shifted)))).toEqual([
    'opened 0–1',
    'resolved 0–131 absorbed',
  ]);
});

test('a shift that grows clearly stronger than it was is another alert', () => {
  const events = feed(absorbedLife(), [
    ...windows(200, 10, { volume_excess: 69 }),
    ...windows(210, 10, { volume_excess: 71 }),
  ]);

  expect(told(events)).toEqual(['opened 210–211']);
});

test('other reasons alert above a new level as they do without it', () => {
  const withErrors = (critical: number): Amounts => ({ volume_excess: 30, critical_excess: critical });
  const events = feed(absorbedLife(), [
    ...windows(200, 10, withErrors(15)),
    ...windows(210, 5, withErrors(17)),
    ...windows(215, 10, shifted),
  ]);

  // sixteen of any amount score as much as the threshold
  expect(told(events)).toEqual(['opened 210–211', 'resolved 210–215 quiet']);
});

test('a level that was not seen for a day is news when it comes back, before that it is not', () => {
  const back = (after: number): string[] =>
    told(feed(absorbedLife(), [...calm(200, after), ...windows(200 + after, 1, shifted)]));

  expect(back(DAY - 1)).toEqual([]);
  expect(back(DAY + 1)).toEqual([`opened ${200 + DAY + 1}–${200 + DAY + 2}`]);
});

test('a level that is there by day only is told once', () => {
  const days = [0, 1, 2, 3].flatMap((day) => [
    ...windows(day * DAY, 10 * HOUR, shifted),
    ...calm(day * DAY + 10 * HOUR, 14 * HOUR),
  ]);

  expect(told(feed(createAlertLife(options), days))).toEqual(['opened 0–1', 'resolved 0–131 absorbed']);
});

test('an outage of three hours is one alert until it is over', () => {
  const outage = windows(0, 3 * HOUR, { critical_excess: 40, new_template_count: 5 }, [
    line('new', 'ERROR', 'connection refused'),
  ]);

  expect(told(feed(createAlertLife(options), [...outage, ...calm(3 * HOUR, 4)]))).toEqual([
    'opened 0–1',
    'resolved 0–360 quiet',
  ]);
});

test('errors that have not changed for a whole day are a level too', () => {
  expect(told(feed(createAlertLife(options), windows(0, 2 * DAY, { critical_excess: 40 })))).toEqual([
    'opened 0–1',
    `resolved 0–${DAY + 11} absorbed`,
  ]);
});

test('one window of errors as a shift begins keeps it from being taken as a level for a day', () => {
  const rows = windows(0, 5 * HOUR, (n) => (n === 3 ? { critical_excess: 40 } : shifted(n)));

  expect(told(feed(createAlertLife(options), rows))).toEqual(['opened 0–1', 'updated 0–4 changed']);
});

test('errors long after a shift began are an alert of their own, and the shift is a level as it would be without them', () => {
  const rows = windows(0, 5 * HOUR, (n) =>
    n === 30 || n === 31 ? { ...shifted(n), critical_excess: 60 } : shifted(n),
  );

  expect(told(feed(createAlertLife(options), rows))).toEqual([
    'opened 0–1',
    'resolved 0–30 superseded',
    'opened 30–31',
    'resolved 30–32 quiet',
    'opened 0–34 reopened',
    'resolved 0–131 absorbed',
  ]);
});

test('reasons that change begin the hour anew', () => {
  const rows = [...windows(0, 100, shifted), ...windows(100, 200, { volume_excess: 20, log_count: 18 })];

  expect(told(feed(createAlertLife(options), rows))).toEqual(['opened 0–1', 'resolved 0–231 absorbed']);
});

test('a shift that becomes much worse step by step begins the hour anew', () => {
  const rows = windows(0, 300, (n) => ({ volume_excess: n < 50 ? 20 : n < 100 ? 39 : 77 }));

  expect(told(feed(createAlertLife(options), rows)).at(-1)).toBe('resolved 0–231 absorbed');
});

const deployed = (n: number, text = 'feature gate <*> opened'): WindowRow =>
  moved(n, { new_template_count: 12, tfidf_residual: 12 }, [line('new', 'INFO', text)]);

test('a harmless line that a deploy brought is told once, however often it comes', () => {
  const rows = Array.from({ length: 20 }, (_, n) => [deployed(100 * n), ...calm(100 * n + 1, 99)]).flat();

  expect(told(feed(createAlertLife(options), rows))).toEqual(['opened 0–1', 'resolved 0–1 quiet']);
});

test('another new line is told, also together with one that was told before', () => {
  const life = createAlertLife(options);
  feed(life, [deployed(0), ...calm(1, 40)]);
  const both = moved(100, { new_template_count: 18 }, [
    line('new', 'INFO', 'feature gate <*> opened'),
    line('new', 'INFO', 'shelf <*> walked'),
  ]);

  expect(told(feed(life, [deployed(50, 'shelf <*> written'), ...calm(51, 40), both]))).toEqual([
    'opened 50–51',
    'resolved 50–51 quiet',
    'opened 100–101',
  ]);
});

test('a mix that is strange without the new lines is no old news', () => {
  const life = createAlertLife(options);
  feed(life, [deployed(0), ...calm(1, 40)]);

  expect(told(feed(life, [moved(50, { tfidf_residual: 18 })]))).toEqual(['opened 50–51']);
});

test('new lines that warn are told each time', () => {
  const warning = (n: number): WindowRow =>
    moved(n, { new_template_count: 20 }, [line('new', 'WARN', 'pool is nearly full')]);

  expect(
    told(feed(createAlertLife(options), [warning(0), ...calm(1, 99), warning(100)])).filter((each) =>
      each.startsWith('opened'),
    ),
  ).toEqual(['opened 0–1', 'opened 100–101']);
});

test('what was shown early and corrected does not count among the reasons', () => {
  // a tick closes each window before its last records came: it looks silent at first
  const early = windows(0, 100, shifted).flatMap((final) => [
    moved(final.startMs / hopMs, { silence: 30 }),
    { ...final, revision: 1 },
  ]);

  const events = feed(createAlertLife(options), [...early, ...windows(100, 100, shifted)]);

  expect(told(events)).toEqual(['opened 0–1', 'resolved 0–131 absorbed']);
});

test('a window of errors that was taken back is none', () => {
  const rows = windows(0, 200, shifted).flatMap((each, n) =>
    n === 30 ? [moved(n, { critical_excess: 40 }), row(n, false, { revision: 1 })] : [each],
  );

  expect(told(feed(createAlertLife(options), rows)).at(-1)).toBe('resolved 0–131 absorbed');
});

test('a correction that comes when its window was looked at long ago does not turn the time back', () => {
  // a tick ran ahead of the source's own clock
  const late = moved(5, { critical_excess: 40 }, [], { revision: 1 });
  const rows = [...windows(0, 60, shifted), late, ...windows(60, 140, shifted)];

  expect(told(feed(createAlertLife(options), rows)).at(-1)).toBe('resolved 0–131 absorbed');
});

test('what detectors without reasons alert for is never a level', () => {
  const rows = Array.from({ length: 3 * DAY }, (_, n) => row(n, true));

  expect(told(feed(createAlertLife(options), rows))).toEqual(['opened 0–1']);
});

test('an open alert that an earlier version stored goes on', () => {
  const stored: AlertLifeState = {
    newestStartMs: 5 * hopMs,
    resolvedUntilMs: null,
    generation: 0,
    open: {
      alertId: 'a',
      openedByRevision: 0,
      sinceMs: 3 * hopMs,
      startsMs: [3 * hopMs, 5 * hopMs],
      isLong: false,
      peakScore: 0.9,
      toldScore: 0.9,
      events: 1,
    },
  };
  const restored = (): AlertLife => createAlertLife(options, [['api', stored]]);

  expect(told(feed(restored(), calm(6, 3)))).toEqual(['resolved 3–6 quiet']);
  expect(told(feed(restored(), windows(6, 300, { volume_excess: 20 })))).toEqual(['resolved 3–137 absorbed']);
});

test('an alert that an earlier version stored as over opens again', () => {
  const life = createAlertLife(options);
  feed(life, [...windows(0, 2, shifted), ...calm(2, 3)]);
  const { lately, ...rest } = life.stateOf('api')!;
  const stored: AlertLifeState = { ...rest, resolved: lately![0]! };

  const events = feed(createAlertLife(options, [['api', stored]]), windows(5, 1, shifted));

  expect(told(events)).toEqual(['opened 0–6 reopened']);
});

test('law: whatever a level does within its band, it is told no more', () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.record({
          volume: fc.double({ min: 0, max: 70, noNaN: true }),
          other: fc.double({ min: 0, max: 10, noNaN: true }),
          gap: fc.nat(200),
        }),
        { maxLength: 60 },
      ),
      (steps) => {
        let n = 200;
        const rows = steps.map(({ volume, other, gap }) =>
          moved((n += 1 + gap), { volume_excess: volume, tfidf_residual: other }),
        );

        expect(feed(absorbedLife(), rows)).toEqual([]);
      },
    ),
  );
});

test('law: evidence that would alert by itself alerts on any level', () => {
  fc.assert(
    fc.property(
      fc.double({ min: 0, max: 70, noNaN: true }),
      fc.double({ min: 16.001, max: 200, noNaN: true }),
      fc.constantFrom('critical_excess', 'silence', 'new_template_count', 'tfidf_residual'),
      (volume, other, feature) => {
        const events = feed(absorbedLife(), [moved(200, { volume_excess: volume, [feature]: other })]);

        expect(events.map(({ type }) => type)).toEqual(['opened']);
      },
    ),
  );
});
