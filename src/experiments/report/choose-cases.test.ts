import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { arbScored, label, labelsOf, minuteMs, rowsOf } from '../evaluate/evaluate.testkit.js';
import { judge } from '../evaluate/match-labels.js';
import { resolveOptions } from '../evaluate/options.js';
import { prepare } from '../evaluate/prepare.js';
import type { ScoredWindow } from '../evaluate/scored-window.js';
import type { Labels } from '../labels.js';
import { type Cases, chooseCases } from './choose-cases.js';

const options = resolveOptions();

function choose(rows: readonly ScoredWindow[], labels: Labels, maxCases = 10): Cases {
  return chooseCases(prepare(judge(rows, labels, options.graceMs), options), maxCases);
}

test('the peak of a missed label is its own, not that of the grace after it', () => {
  // [label: windows 2 and 3] .3 .4, and .45 later within the grace
  const rows = rowsOf('api', [0.1, 0.1, 0.3, 0.4, 0.1, 0.45, 0.1]);
  const labels = labelsOf([label('a', minuteMs, 2 * minuteMs)], 60 * minuteMs);

  const [missed] = choose(rows, labels).missed;

  expect(missed!.peak!.row.score).toBe(0.4);
});

test('the strongest missed labels and the highest false alerts come first', () => {
  const rows = [...rowsOf('api', Array(200).fill(0.1)), ...rowsOf('db', [0.6]), ...rowsOf('web', [0.9])];
  const labels = labelsOf(
    [
      label('weak', 0, minuteMs, { strength: 0.1 }),
      label('strong', 50 * minuteMs, 51 * minuteMs, { strength: 0.9 }),
    ],
    100 * minuteMs,
  );

  const cases = choose(rows, labels, 1);

  expect(cases.missed.map(({ label: { id } }) => id)).toEqual(['strong']);
  expect(cases.falseAlerts.map(({ peak }) => peak.row.source)).toEqual(['web']);
  expect([cases.missedTotal, cases.falseTotal]).toEqual([2, 2]);
});

test('normal windows are under no label, and evenly taken when they are many', () => {
  fc.assert(
    fc.property(arbScored, ({ rows, labels }) => {
      const { normal } = choose(rows, labels);
      expect(normal.every(({ coveredBy, benign }) => coveredBy.length === 0 && !benign)).toBe(true);
      expect(new Set(normal).size).toBe(normal.length);
    }),
  );
  const many = choose(rowsOf('api', Array(9001).fill(0.1)), labelsOf([], 6000 * minuteMs)).normal;
  expect(many).toHaveLength(3000);
  expect(many.at(-1)!.row.startMs).toBeGreaterThan(4490 * minuteMs);
});
