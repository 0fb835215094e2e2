import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { arbScored, label, labelsOf, minuteMs, row, rowsOf, windowMs } from './evaluate.testkit.js';
import { alertEvents, detectionDelaysMs, incidents, isFalse } from './events.js';
import { judge } from './match-labels.js';
import { isAlerting } from './prepare.js';

const options = { gapMs: 5 * minuteMs, realertMs: 60 * minuteMs };
const dayMs = 24 * 60 * minuteMs;

function windowsOf(
  rows: Parameters<typeof judge>[0],
  labels: Parameters<typeof labelsOf>[0] = [],
  benign: Parameters<typeof labelsOf>[2] = [],
) {
  return judge(rows, labelsOf(labels, dayMs, benign), 5 * minuteMs).windows;
}

function spansInMinutes(events: readonly { startMs: number; endMs: number }[]): number[][] {
  return events.map(({ startMs, endMs }) => [startMs / minuteMs, endMs / minuteMs]);
}

describe('alerts', () => {
  test('of one source are joined over a gap up to the tolerance, and not over a longer one', () => {
    // minutes  0.5 [0     5.5 .. 6    11.5 .. 12
    //          A   5 min gap  A  5.5 min gap  A
    const rows = [row('api', 0, 1), row('api', 5.5 * minuteMs, 1), row('api', 11.5 * minuteMs, 1)];

    const events = alertEvents(windowsOf(rows), isAlerting, options);

    expect(spansInMinutes(events)).toEqual([
      [0, 6],
      [11.5, 12],
    ]);
  });

  test('of two sources or two files stay apart', () => {
    const rows = [row('api', 0, 1), row('billing', 0, 1), row('api', 0, 1, { file: 'b' })];

    expect(alertEvents(windowsOf(rows), isAlerting, options)).toHaveLength(3);
  });

  test('that stay up are raised anew every hour', () => {
    const rows = rowsOf('api', Array<number>(150 * 2).fill(1));

    const events = alertEvents(windowsOf(rows), isAlerting, options);

    expect(spansInMinutes(events)).toEqual([
      [0, 60],
      [60, 120],
      [120, 150],
    ]);
  });

  test('that overlap in time across sources are one incident, within one file', () => {
    const rows = [
      row('api', 0, 1),
      row('billing', windowMs, 1),
      row('search', 60 * minuteMs, 1),
      row('api', 0, 1, { file: 'b' }),
    ];

    expect(spansInMinutes(incidents(windowsOf(rows), isAlerting, options))).toEqual([
      [0, 1],
      [60, 60.5],
      [0, 0.5],
    ]);
  });

  test('hold every alerting window exactly once', () => {
    fc.assert(
      fc.property(arbScored, ({ rows, labels }) => {
        const { windows } = judge(rows, labels, 5 * minuteMs);
        for (const group of [alertEvents, incidents]) {
          const grouped = group(windows, isAlerting, options).flatMap((event) => event.windows);
          expect(new Set(grouped)).toEqual(new Set(windows.filter(isAlerting)));
          expect(grouped).toHaveLength(windows.filter(isAlerting).length);
        }
      }),
    );
  });
});

describe('truth of an alert', () => {
  test('within the grace after a label it is true, later it is false', () => {
    const labels = [label('a', 0, minuteMs)];

    const early = alertEvents(windowsOf([row('api', 5.5 * minuteMs, 1)], labels), isAlerting, options);
    const late = alertEvents(windowsOf([row('api', 6 * minuteMs, 1)], labels), isAlerting, options);

    expect(early.map(isFalse)).toEqual([false]);
    expect(late.map(isFalse)).toEqual([true]);
  });

  test('before a label, or of a service that it does not name, it is false', () => {
    const labels = [label('a', minuteMs, 2 * minuteMs)];
    const rows = [row('api', windowMs, 1), row('billing', minuteMs, 1)];

    expect(alertEvents(windowsOf(rows, labels), isAlerting, options).map(isFalse)).toEqual([true, true]);
  });

  test('in a benign stretch it is false and marked', () => {
    const benign = [{ kind: 'deploy', startMs: 0, endMs: minuteMs, services: ['api'] }];
    const rows = [row('api', 0, 1), row('api', 60 * minuteMs, 1), row('billing', 0, 1)];

    const events = alertEvents(windowsOf(rows, [], benign), isAlerting, options);

    expect(events.map((event) => [isFalse(event), event.benign])).toEqual([
      [true, true],
      [true, false],
      [true, false],
    ]);
  });
});

describe('detection delay', () => {
  test('runs from the onset to the end of the first alerting window that belongs to the label', () => {
    // label 1–10 min, onset 1:10; alerts at 0:00 (too early), 3:00 and 3:30
    const one = label('a', minuteMs, 10 * minuteMs, { onsetMs: 70_000 });
    const rows = [row('api', 0, 1), row('api', 3 * minuteMs, 1), row('api', 3.5 * minuteMs, 1)];

    const delays = detectionDelaysMs(alertEvents(windowsOf(rows, [one]), isAlerting, options), [one]);

    expect([...delays]).toEqual([[0, 210_000 - 70_000]]);
  });

  test('is 0 when a window that ends before the onset alerts, and missing when nothing does', () => {
    const known = label('a', 0, 10 * minuteMs, { onsetMs: 5 * minuteMs });
    const missed = label('b', 30 * minuteMs, 31 * minuteMs);
    const events = alertEvents(windowsOf([row('api', 0, 1)], [known, missed]), isAlerting, options);

    expect([...detectionDelaysMs(events, [known, missed])]).toEqual([[0, 0]]);
  });

  test('exists for exactly the labels with an alerting window of theirs, and is the earliest', () => {
    fc.assert(
      fc.property(arbScored, ({ rows, labels }) => {
        const graceMs = 5 * minuteMs;
        const { windows } = judge(rows, labels, graceMs);
        const delays = detectionDelaysMs(alertEvents(windows, isAlerting, options), labels.labels);
        labels.labels.forEach((one, index) => {
          const ends = rows
            .filter((r) => r.alert && one.services.includes(r.source))
            .filter((r) => r.startMs < one.endMs + graceMs && r.endMs > one.startMs)
            .map((r) => Math.max(0, r.endMs - one.onsetMs));
          expect(delays.get(index)).toBe(ends.length > 0 ? Math.min(...ends) : undefined);
        });
      }),
    );
  });
});
