import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { arbLogLike } from '../log-like.testkit.js';
import { addToPane } from './add-to-pane.js';
import { createLineTypeKeys } from './line-type.js';
import {
  createPane,
  keepExample,
  MAX_EXAMPLE_LENGTH,
  MAX_NEW_PER_PANE,
  mergePane,
  severityClassOf,
} from './pane.js';

const keys = createLineTypeKeys(3, []);
const adding = { spec: { groupBy: 'all' }, keys, wantsExample: () => true } as const;

test('severity numbers fall into classes of four, and what none gave into the first', () => {
  expect([0, 1, 4, 5, 9, 12, 13, 16, 17, 20, 21, 24].map(severityClassOf)).toEqual([
    0, 1, 1, 2, 3, 3, 4, 4, 5, 5, 6, 6,
  ]);
  expect([-1, 25, 99].map(severityClassOf)).toEqual([0, 6, 6]);
});

test('panes that are added up hold what one pane of all their records holds', () => {
  const arbRecords = arbLogLike({
    maxRecords: 120,
    allowedLatenessMs: 1000,
    correctionMs: 1000,
    maxSilenceMs: 1000,
    maxJumpMs: 1000,
    slips: false,
  });
  fc.assert(
    fc.property(arbRecords, fc.nat(5), (records, parts) => {
      const whole = createPane(0);
      const pieces = Array.from({ length: parts + 1 }, () => createPane(0));
      records.forEach((record, index) => {
        const isNew = record.body.startsWith('kernel');
        const template = isNew ? { id: 'k', text: 'kernel <*>' } : record.body.length % 3;
        for (const pane of [whole, pieces[Math.floor((index * pieces.length) / records.length)]!])
          addToPane(pane, '*', record, template, adding);
      });

      const sum = createPane(0);
      for (const piece of pieces) mergePane(sum, piece);

      expect(sum).toEqual(whole);
      expect(sum.severityCounts.reduce((total, count) => total + count, 0)).toBe(records.length);
    }),
    { numRuns: 50 },
  );
});

test('merging leaves the panes that were merged as they were', () => {
  const from = createPane(7);
  const record = { eventTimeMs: 1, source: 'api', severity: 17, body: 'boom' };
  addToPane(from, '*', record, { id: 'x', text: 'boom' }, adding);
  const before = structuredClone(from);

  const sum = createPane(0);
  mergePane(sum, from);
  mergePane(sum, from);

  expect(from).toEqual(before);
  expect(sum.newTemplates.get('5|x|api')?.count).toBe(2);
});

test('a flood of new templates is counted, not kept', () => {
  const pane = createPane(0);

  for (let n = 0; n < MAX_NEW_PER_PANE + 50; n++)
    addToPane(
      pane,
      'api',
      { eventTimeMs: 0, source: 'api', severity: 9, body: `${n}` },
      { id: `${n}`, text: `${n}` },
      adding,
    );

  expect(pane.newTemplates.size).toBe(MAX_NEW_PER_PANE);
  expect(pane.newTemplateOverflow).toBe(50);
  expect(pane.records).toBe(MAX_NEW_PER_PANE + 50);
});

test('DEBUG and TRACE records count, but are no line types', () => {
  const pane = createPane(0);

  for (const severity of [1, 5, 8])
    addToPane(pane, 'api', { eventTimeMs: 0, source: 'api', severity, body: 'x' }, 1, adding);

  expect(pane.records).toBe(3);
  expect(pane.lineTypes.size).toBe(0);
});

test('the first example of a line type stays, cut to its length', () => {
  const pane = createPane(0);

  keepExample(pane, 1, 'a'.repeat(5000));
  keepExample(pane, 1, 'b');

  expect(pane.examples.get(1)).toBe(`${'a'.repeat(MAX_EXAMPLE_LENGTH)}…`);
});

test('sources that share one state share one line of the table of services', () => {
  const own = createLineTypeKeys(3, []);
  const pane = createPane(0);

  for (let n = 0; n < 1000; n++)
    addToPane(pane, '(other)', { eventTimeMs: 0, source: `pod-${n}`, severity: 9, body: 'up' }, 1, {
      spec: { groupBy: 'service' },
      keys: own,
      wantsExample: () => false,
    });

  expect(own.services).toEqual(['(other)']);
  expect([...pane.lineTypes.values()]).toEqual([1000]);
});
