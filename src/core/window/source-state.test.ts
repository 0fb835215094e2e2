import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { createLineTypeKeys } from './line-type.js';
import { restoreSource, snapshotSource, type SourceSnapshot } from './source-state.js';
import { arbRecords } from './windower.testkit.js';
import { createWindower } from './windower.js';

/** Every field at a value that no new state has. */
const FULL: SourceSnapshot = {
  source: 'api',
  gate: {
    maxEventTimeMs: 1_767_603_600_500,
    waiting: [{ eventTimeMs: 7, item: { record: 'r', template: 3 } }],
    quietMs: 2_678_400_000,
  },
  panes: [
    {
      hop: 12,
      records: 9,
      severityCounts: [1, 0, 2, 3, 1, 1, 1],
      lineTypes: [
        ['api', 3, 2, 3],
        ['db', 5, 0, 1],
      ],
      newTemplates: [
        ['6|ab|api', { service: 'api', severityClass: 6, templateId: 'ab', text: 'a <*>', count: 1 }],
      ],
      newTemplateOverflow: 4,
      examples: [
        [['db', 5, 0], 'payment 1 failed'],
        ['6|ab|api', 'a b'],
      ],
    },
  ],
  firstHop: 11,
  lastHop: 12,
  floorHop: 10,
  issuedFromHop: 11,
  issuedToHop: 14,
  ownDueHop: 9,
  dirty: { fromHop: 11, toHop: 12 },
  revisions: [
    [12, 1],
    [13, 2],
  ],
  generation: 3,
};

test('every field of a source survives its way through JSON into another process', () => {
  const stored = JSON.parse(JSON.stringify(FULL)) as SourceSnapshot;
  // the other process numbers its services in another order
  const keys = createLineTypeKeys(5, ['cron', 'db']);

  expect(snapshotSource(restoreSource(stored, keys), keys)).toEqual(FULL);
});

test('a source without a record survives too', () => {
  const keys = createLineTypeKeys(5, []);
  const empty: SourceSnapshot = {
    ...FULL,
    gate: { maxEventTimeMs: null, waiting: [] },
    panes: [],
    firstHop: null,
    lastHop: null,
    floorHop: null,
    issuedFromHop: null,
    issuedToHop: null,
    ownDueHop: null,
    dirty: null,
    revisions: [],
  };

  expect(snapshotSource(restoreSource(empty, keys), keys)).toEqual(empty);
});

test('whatever a windower remembers, it remembers the same after a restart', () => {
  const options = {
    spec: {
      windowMs: 10_000,
      hopMs: 5000,
      groupBy: 'service',
      allowedLatenessMs: 3000,
      correctionMs: 25_000,
    },
    reachWindows: 3,
    issue: 'early',
    wantsExample: () => true,
  } as const;
  const spec = { ...options.spec, maxSilenceMs: 120_000, maxJumpMs: 3_600_000, maxSources: 2 };
  const sink = { onDue: () => {}, onTaken: () => {}, onLate: () => {}, onSetAside: () => {} };
  fc.assert(
    fc.property(arbRecords, (records) => {
      const windower = createWindower({ ...options, spec, keys: createLineTypeKeys(2, []) });
      records.forEach((record, index) => {
        windower.add(
          record,
          record.body.length % 3 === 2 ? { id: 'n', text: 'n' } : record.body.length % 3,
          sink,
        );
        if (index % 10 !== 0) return;

        const stored = JSON.stringify(windower.snapshot());
        const restored = createWindower(
          { ...options, spec, keys: createLineTypeKeys(2, ['db']) },
          JSON.parse(stored),
        );

        expect(JSON.stringify(restored.snapshot())).toBe(stored);
        expect(restored.waiting()).toBe(windower.waiting());
      });
    }),
    { numRuns: 15 },
  );
});
