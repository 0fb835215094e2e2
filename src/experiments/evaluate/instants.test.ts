import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { arbScored, minuteMs, windowMs } from './evaluate.testkit.js';
import { bookOnInstants, instantAxis } from './instants.js';
import { judge } from './match-labels.js';
import { measure } from './measure.js';
import { resolveOptions } from './options.js';
import { prepare } from './prepare.js';

test('what is booked on instants adds up to what the measures count', () => {
  fc.assert(
    fc.property(arbScored, fc.boolean(), ({ rows, labels }, inTwoFiles) => {
      const filed = inTwoFiles
        ? rows.map((one, i) => ({ ...one, file: i < rows.length / 2 ? 'a' : 'b' }))
        : rows;
      const prepared = prepare(judge(filed, labels, 2 * minuteMs), resolveOptions({ graceMs: 2 * minuteMs }));
      const { windows, events } = measure(prepared, () => true);

      const booked = bookOnInstants(prepared, instantAxis(prepared.judgement.windows));

      const total = (amounts: Float64Array) => amounts.reduce((sum, amount) => sum + amount, 0);
      expect(total(booked.positives)).toBe(windows.positives);
      expect(total(booked.hits)).toBe(Math.round((windows.recall ?? 0) * windows.positives));
      expect(total(booked.labels)).toBe(events.labels);
      expect(total(booked.caught)).toBe(events.caught);
      expect(total(booked.falseAlerts)).toBe(events.falseAlerts);
      expect(total(booked.healthyMs)).toBe(prepared.healthy.totalMs);
    }),
  );
});

test('the hop is the usual distance between windows, not the hole between two stretches or files', () => {
  const at = (startMs: number, file: string) => ({
    source: 'api',
    startMs,
    endMs: startMs + windowMs,
    records: 1,
    score: 0,
    threshold: 1,
    alert: false,
    file,
  });
  const hourMs = 60 * minuteMs;
  const rows = [at(0, 'a'), at(windowMs, 'a'), at(2 * windowMs, 'a'), at(hourMs, 'a'), at(hourMs, 'b')];
  const { windows } = judge(rows, { version: 1, startMs: 0, endMs: 2 * hourMs, labels: [], benign: [] }, 0);

  expect(instantAxis(windows).hopMs).toBe(windowMs);
  expect(instantAxis(windows.slice(0, 1)).hopMs).toBeNull();
});
