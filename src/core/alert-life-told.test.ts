import { expect, test } from 'vitest';
import type { AlertEvent } from './alert-event.js';
import { createAlertLife } from './alert-life.js';
import { feed, hopMs, line, moved, options, row, told } from './alert-life.testkit.js';
import type { TemplateEvidence } from './alert.js';
import type { WindowRow } from './score-window.js';

const errors = (n: number, ...templates: readonly TemplateEvidence[]): WindowRow =>
  moved(n, { critical_excess: 40, new_template_count: 20 }, templates);
const failure = (n: number): TemplateEvidence => line('new', 'ERROR', `call to peer ${n} failed`);
const linesOf = (event: AlertEvent | undefined): readonly string[] =>
  event!.explanation!.templates.map(({ text }) => text);

test('new lines of errors are told as they come, with those that were told before', () => {
  // ten minutes of one line, then of another
  const rows = Array.from({ length: 60 }, (_, n) => errors(n, failure(0), failure(Math.floor(n / 20))));

  const events = feed(createAlertLife(options), [...rows, row(60, false), row(61, false)]);

  expect(told(events)).toEqual([
    'opened 0–1',
    'updated 0–21 more lines',
    'updated 0–41 more lines',
    'resolved 0–60 quiet',
  ]);
  expect(linesOf(events[2])).toEqual([2, 0, 1].map((n) => failure(n).text));
  // whoever reads of its end reads of the same lines
  expect(linesOf(events[3])).toEqual(linesOf(events[2]));
});

test('lines that come as trouble unfolds are told together, two minutes after the beginning', () => {
  const rows = Array.from({ length: 10 }, (_, n) => errors(n, failure(Math.min(n, 3)), failure(0)));

  const events = feed(createAlertLife(options), rows);

  expect(told(events)).toEqual(['opened 0–1', 'updated 0–5 more lines']);
  expect(linesOf(events[1]).toSorted()).toEqual([0, 1, 2, 3].map((n) => failure(n).text));
});

test('however many lines come, they are told six times an hour at most, and none is left out of the end', () => {
  const rows = Array.from({ length: 100 }, (_, n) => errors(n, failure(0), failure(Math.floor(n / 8))));

  const events = feed(createAlertLife(options), [...rows, row(100, false), row(101, false)]);

  for (const { startMs } of events)
    expect(
      events.filter((each) => Math.abs(each.startMs - startMs) < 60 * 60_000 && each.startMs >= startMs)
        .length,
    ).toBeLessThanOrEqual(7);
  expect(linesOf(events.at(-1)).toSorted()).toEqual(
    Array.from({ length: 13 }, (_, n) => failure(n).text).toSorted(),
  );
});

test('lines of information, and errors that are known, are not told again', () => {
  const rows = Array.from({ length: 30 }, (_, n) =>
    errors(n, failure(0), line('new', 'INFO', `step ${n}`), line('spike', 'ERROR', `retry ${n}`)),
  );

  expect(told(feed(createAlertLife(options), rows))).toEqual(['opened 0–1']);
});

test('an end says what was told last: the same window, and the same counts', () => {
  const much = { ...failure(0), count: 36 };
  const rows = [
    errors(0, { ...failure(0), count: 7 }),
    moved(1, { critical_excess: 400 }, [much]),
    row(2, false),
    row(3, false),
  ];

  const [opened, worse, resolved] = feed(createAlertLife(options), rows);

  expect(opened!.explanation!.templates).toMatchObject([{ count: 7 }]);
  expect(worse).toMatchObject({ type: 'updated', startMs: hopMs });
  expect(resolved!.explanation).toEqual(worse!.explanation);
});

test('an alert that was told of once has nothing to add at its end', () => {
  const events = feed(createAlertLife(options), [errors(0, failure(0)), row(1, false), row(2, false)]);

  expect(events.at(-1)).not.toHaveProperty('explanation');
});
