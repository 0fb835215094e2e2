import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { evaluate, strengthBucket } from './evaluate.js';
import { arbScored, label, labelsOf, minuteMs, row, rowsOf } from './evaluate.testkit.js';

const hourMs = 60 * minuteMs;
const quick = { resamples: 0, randomDraws: 1 };

/**
 * Two hours of two services, half-minute windows, an alert of .9 in these:
 *
 *   api      10:00–11:00 (label `spike` 10–12), 50:00–50:30 (nothing), 80:00–81:00 (deploy)
 *   billing  63:00–64:00 (label `drift` 60–70, onset 61), and nothing for label `gone` 100–101
 */
function twoHours() {
  const alertMinutes = new Map([
    ['api', [10, 10.5, 50, 80, 80.5]],
    ['billing', [63, 63.5]],
  ]);
  const rows = ['api', 'billing'].flatMap((source) =>
    Array.from({ length: 240 }, (_, i) =>
      row(source, i * 30_000, alertMinutes.get(source)!.includes(i / 2) ? 0.9 : 0.1),
    ),
  );
  const labels = labelsOf(
    [
      label('spike', 10 * minuteMs, 12 * minuteMs, { strength: 1 }),
      label('drift', 60 * minuteMs, 70 * minuteMs, {
        kind: 'error-drift',
        category: 'collective',
        onsetMs: 61 * minuteMs,
        services: ['billing'],
        strength: 0.2,
      }),
      label('gone', 100 * minuteMs, 101 * minuteMs, { kind: 'silence', strength: 0.3 }),
    ],
    2 * hourMs,
    [{ kind: 'deploy', startMs: 80 * minuteMs, endMs: 82 * minuteMs, services: ['api'] }],
  );
  return { rows, labels };
}

describe('two hours worked by hand', () => {
  const { rows, labels } = twoHours();
  const evaluation = evaluate(rows, labels, quick);

  test('by window', () => {
    // positive: 4 of spike, 20 of drift, 2 of gone; 4 of them alert, and 3 healthy ones do
    expect(evaluation.windows).toMatchObject({ windows: 480, positives: 26, baseRate: 26 / 480 });
    expect(evaluation.windows.precision).toBeCloseTo(4 / 7, 12);
    expect(evaluation.windows.recall).toBeCloseTo(4 / 26, 12);
    expect(evaluation.windows.f1).toBeCloseTo(8 / 33, 12);
    expect(evaluation.windows.falsePositiveRate).toBeCloseTo(3 / 454, 12);
    // two distinct scores: the curve is two straight lines through that one point
    expect(evaluation.windows.rocAuc).toBeCloseTo(0.5 + (4 / 26 - 3 / 454) / 2, 12);
    expect(evaluation.windows.prAuc).toBeCloseTo((4 / 26) * (4 / 7) + (22 / 26) * (26 / 480), 12);
  });

  test('by event', () => {
    expect(evaluation.events).toMatchObject({
      labels: 3,
      caught: 2,
      alerts: 4,
      trueAlerts: 2,
      falseAlerts: 2,
      benignFalseAlerts: 1,
      precision: 0.5,
    });
    expect(evaluation.events.recall).toBeCloseTo(2 / 3, 12);
    expect(evaluation.events.f1).toBeCloseTo((2 * (2 / 3) * 0.5) / (2 / 3 + 0.5), 12);
    // spike: 10:30 less 10:00; drift: 63:30 less 61:00
    expect(evaluation.events).toMatchObject({ medianDelayMs: 90_000, p95DelayMs: 30_000 + 0.95 * 120_000 });
    // some source is healthy at any time of the two hours
    expect(evaluation.events.falseAlertsADay).toBeCloseTo(24, 12);
  });

  test('by kind, category and strength, each against all healthy windows', () => {
    expect(Object.keys(evaluation.byKind)).toEqual(['error-drift', 'error-spike', 'silence']);
    const spike = evaluation.byKind['error-spike']!;
    expect(spike.windows).toMatchObject({ windows: 458, positives: 4, recall: 0.5, precision: 2 / 5 });
    expect(spike.windows.rocAuc).toBeCloseTo(0.5 + (0.5 - 3 / 454) / 2, 12);
    expect(spike.events).toMatchObject({
      labels: 1,
      caught: 1,
      medianDelayMs: 30_000,
      alerts: 3,
      falseAlerts: 2,
    });
    expect(evaluation.byKind['silence']!.events).toMatchObject({ labels: 1, caught: 0, recall: 0, f1: 0 });
    expect(evaluation.byCategory['collective']!.events).toMatchObject({ labels: 1, caught: 1 });
    expect(evaluation.byStrength['0.75–1']!.events).toMatchObject({ labels: 1, caught: 1 });
    expect(Object.keys(evaluation.byStrength)).toEqual(['0.25–0.5', '0.75–1', '0–0.25']);
  });

  test('by source, by label and by incident', () => {
    expect(evaluation.bySource['api']).toMatchObject({
      windows: 240,
      alertingWindows: 5,
      falseAlerts: 2,
      benignFalseAlerts: 1,
    });
    // 120 minutes less the labels 2 + 1 and their grace 2 × 5
    expect(evaluation.bySource['api']!.falseAlertsADay).toBeCloseTo(2 / (107 / 1440), 9);
    expect(evaluation.bySource['billing']).toMatchObject({ alertingWindows: 2, falseAlertsADay: 0 });
    expect(evaluation.labels).toEqual([
      { id: 'spike', kind: 'error-spike', strength: 1, caught: true, delayMs: 30_000, score: 0.9 },
      { id: 'drift', kind: 'error-drift', strength: 0.2, caught: true, delayMs: 150_000, score: 0.9 },
      { id: 'gone', kind: 'silence', strength: 0.3, caught: false, delayMs: null, score: 0.1 },
    ]);
    expect(evaluation.incidents).toMatchObject({ incidents: 4, falseIncidents: 2, precision: 0.5 });
  });

  test('PR-AUC by event: two labels at precision 2/4, the third when every hour of both services alerts', () => {
    // at a threshold of .1: two alerts a service, of which one of each service or both belong to labels
    const atAll = evaluation.baselines.alwaysOn.events;
    expect(atAll).toMatchObject({ alerts: 4, trueAlerts: 3, falseAlerts: 1 });
    expect(evaluation.events.prAuc).toBeCloseTo((2 / 3) * 0.5 + (1 / 3) * (3 / 4), 12);
  });

  test('there is nothing to note', () => {
    expect(evaluation.notes).toEqual([]);
    expect(evaluation.threshold).toBe(0.5);
  });
});

describe('with something missing', () => {
  test('no rows: nulls and a note, never NaN', () => {
    const evaluation = evaluate([], labelsOf([label('a', 0, minuteMs)], hourMs));

    expect(evaluation.windows).toMatchObject({ windows: 0, precision: null, recall: null, rocAuc: null });
    expect(evaluation.events).toMatchObject({ labels: 0, recall: null, falseAlertsADay: null });
    expect(evaluation.judged.labelsNotScored).toBe(1);
    expect(evaluation.notes).toContain('no rows were read: there is nothing to judge');
  });

  test('no labels: false alerts are counted, the rest is null and noted', () => {
    const evaluation = evaluate(rowsOf('api', [0.9, 0.1, 0.1]), labelsOf([], hourMs), quick);

    expect(evaluation.events).toMatchObject({ recall: null, precision: 0, falseAlerts: 1, f1: null });
    expect(evaluation.windows).toMatchObject({ recall: null, rocAuc: null, prAuc: null, precision: 0 });
    expect(evaluation.notes).toEqual([
      'no window is positive: recall, F1 and the areas by window say nothing',
      'no label is judged: recall, delay and the areas by event are undefined',
    ]);
  });

  test('no healthy window: no rate of false alerts, and a note', () => {
    const evaluation = evaluate(rowsOf('api', [0.9, 0.1]), labelsOf([label('a', 0, hourMs)], hourMs), quick);

    expect(evaluation.events.falseAlertsADay).toBeNull();
    expect(evaluation.windows.rocAuc).toBeNull();
    expect(evaluation.notes).toContain('no time is healthy: false alerts a day are undefined');
  });

  test('labels of services that were never scored are missed, and a note says why', () => {
    const labels = labelsOf([label('a', 0, minuteMs, { services: ['Api'] })], hourMs);

    const evaluation = evaluate(rowsOf('api', [0.1, 0.1]), labels, quick);

    expect(evaluation.events).toMatchObject({ labels: 1, caught: 0 });
    expect(evaluation.notes).toContain(
      '1 label is of services that were never scored (Api; scored are api): counted as missed',
    );
  });

  test('too little data for an interval: null and a note', () => {
    const evaluation = evaluate(rowsOf('api', Array<number>(200).fill(0.1)), labelsOf([], 2 * hourMs));

    expect(evaluation.intervals.falseAlertsADay).toBeNull();
    expect(evaluation.notes).toContain('no intervals: 200 window starts are fewer than 10 blocks of 120');
  });
});

test('an interval holds what was measured', () => {
  const { rows, labels } = twoHours();

  const { intervals, windows, events } = evaluate(rows, labels, { blockMs: 5 * minuteMs });

  for (const [interval, measured] of [
    [intervals.windowRocAuc, windows.rocAuc],
    [intervals.windowRecall, windows.recall],
    [intervals.eventRecall, events.recall],
    [intervals.falseAlertsADay, events.falseAlertsADay],
  ] as const) {
    expect(interval!.low).toBeLessThanOrEqual(measured!);
    expect(interval!.high).toBeGreaterThanOrEqual(measured!);
    expect(interval!.low).toBeLessThan(interval!.high);
  }
});

test('no false alert in two hours is not a proof that there will be none', () => {
  const rows = rowsOf('api', Array<number>(240).fill(0.1));

  const { events, intervals } = evaluate(rows, labelsOf([], 2 * hourMs), { blockMs: 5 * minuteMs });

  expect(events.falseAlertsADay).toBe(0);
  // the mean of which none come in 2.5 % of all cases: -ln .025
  expect(intervals.falseAlertsADay).toEqual({ low: 0, high: expect.closeTo(3.689 * 12, 1) });
});

describe('laws', () => {
  test('the result is plain JSON whatever came in', () => {
    fc.assert(
      fc.property(arbScored, ({ rows, labels }) => {
        const evaluation = evaluate(rows, labels, { randomDraws: 1, resamples: 5, blockMs: minuteMs });

        expect(JSON.parse(JSON.stringify(evaluation))).toEqual(evaluation);
      }),
      { numRuns: 30 },
    );
  });

  test('the order of the rows does not matter', () => {
    fc.assert(
      fc.property(arbScored, ({ rows, labels }) => {
        expect(evaluate(rows.toReversed(), labels, quick)).toEqual(evaluate(rows, labels, quick));
      }),
      { numRuns: 30 },
    );
  });

  test('a strictly rising transform of scores and threshold changes no measure', () => {
    fc.assert(
      fc.property(arbScored, ({ rows, labels }) => {
        const bent = rows.map((one) => ({ ...one, score: one.score ** 3, threshold: one.threshold ** 3 }));
        const before = evaluate(rows, labels, quick);
        const after = evaluate(bent, labels, quick);

        expect(after.windows).toEqual(before.windows);
        expect(after.events).toEqual(before.events);
        expect(after.byKind).toEqual(before.byKind);
      }),
      { numRuns: 30 },
    );
  });

  test('perfect scores reach 1 everywhere', () => {
    fc.assert(
      fc.property(arbScored, ({ rows, labels }) => {
        const isTrouble = (one: (typeof rows)[number]): boolean =>
          labels.labels.some(
            ({ startMs, endMs, services }) =>
              services.includes(one.source) && one.startMs < endMs && one.endMs > startMs,
          );
        const perfect = rows.map((one) => ({ ...one, score: isTrouble(one) ? 1 : 0, alert: isTrouble(one) }));

        const { windows, events } = evaluate(perfect, labels, quick);

        for (const value of [
          windows.rocAuc,
          windows.prAuc,
          windows.f1,
          events.f1,
          events.prAuc,
          events.rocAuc,
        ]) {
          expect([1, null]).toContain(value);
        }
        expect(events).toMatchObject({ falseAlerts: 0, caught: labels.labels.length });
      }),
      { numRuns: 30 },
    );
  });
});

test('strength buckets are quarters, and 1 belongs to the last', () => {
  expect([0, 0.24, 0.25, 0.5, 0.74, 0.75, 1].map(strengthBucket)).toEqual([
    '0–0.25',
    '0–0.25',
    '0.25–0.5',
    '0.5–0.75',
    '0.5–0.75',
    '0.75–1',
    '0.75–1',
  ]);
});

test('options that make no sense are refused', () => {
  const labels = labelsOf([], hourMs);

  expect(() => evaluate([], labels, { graceMs: -1 })).toThrow(
    'graceMs must be a finite number of at least 0, got -1',
  );
  expect(() => evaluate([], labels, { realertMs: 0 })).toThrow(
    'realertMs must be a finite number above 0, got 0',
  );
});
