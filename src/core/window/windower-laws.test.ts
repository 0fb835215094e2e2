// The laws of the windower as properties, over inputs that look like real logs.
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { LogRecord } from '../record.js';
import {
  arbRecords,
  arbSpec,
  arbSteadyRecords,
  type Feed,
  feedsOf,
  insertAt,
  run,
  SLIDING,
  TEST_SPEC,
  withoutRevision,
} from './windower.testkit.js';

const arbShare = fc.double({ min: 0, max: 1, noNaN: true });
const arbTick = fc.record({
  at: arbShare,
  what: fc.oneof(
    fc.integer({ min: -60_000, max: 60_000 }),
    fc.integer({ min: -1e10, max: 1e10 }),
    fc.constantFrom(-1e15, 1e15),
  ),
});
const withTicks = (feeds: readonly Feed[], ticks: readonly { at: number; what: number }[]): readonly Feed[] =>
  insertAt(feeds, ticks, (offsetMs, place) => {
    const feed = feeds[place]!;
    return { kind: 'tick', eventTimeMs: (feed.kind === 'record' ? feed.record.eventTimeMs : 0) + offsetMs };
  });
/** Tells every silence in full, so that runs with other ticks end at the same window. */
const LAST_TICK: Feed = { kind: 'tick', eventTimeMs: 1e15 };

test('what is shown early and then corrected ends as what is shown once', () => {
  fc.assert(
    fc.property(arbRecords, arbSpec, (records, spec) => {
      const early = run(feedsOf(records), { spec, issue: 'early' });
      const final = run(feedsOf(records), { spec, issue: 'final' });

      expect(withoutRevision(early.final)).toEqual(withoutRevision(final.final));
    }),
    { numRuns: 40 },
  );
});

test('without ticks nothing that is shown as final is shown again', () => {
  fc.assert(
    fc.property(arbRecords, arbSpec, (records, spec) => {
      const { issued } = run(feedsOf(records), { spec, issue: 'final' });

      expect(issued.filter(({ revision }) => revision % 1_000_000 > 0)).toEqual([]);
    }),
    { numRuns: 40 },
  );
});

test('a restart from the snapshot as JSON changes nothing that is issued, not even the order', () => {
  fc.assert(
    fc.property(
      arbRecords,
      arbSpec,
      fc.array(arbShare, { minLength: 1, maxLength: 8 }),
      (records, spec, places) => {
        const feeds = withTicks(feedsOf(records), [{ at: 0.5, what: 30_000 }]);
        const whole = run(feeds, { spec });

        const restarted = run(
          insertAt(
            feeds,
            places.map((at) => ({ at, what: undefined })),
            () => ({ kind: 'restart' }),
          ),
          { spec },
        );

        expect(restarted).toEqual(whole);
      },
    ),
    { numRuns: 40 },
  );
});

test('ticks change no final row, only when it is first shown', () => {
  fc.assert(
    fc.property(
      arbRecords,
      arbSpec,
      fc.constantFrom('early' as const, 'final' as const),
      fc.array(arbTick, { minLength: 1, maxLength: 12 }),
      (records, spec, issue, ticks) => {
        const plain = run([...feedsOf(records), LAST_TICK], { spec, issue });

        const ticked = run([...withTicks(feedsOf(records), ticks), LAST_TICK], { spec, issue });

        expect(withoutRevision(ticked.final)).toEqual(withoutRevision(plain.final));
        expect(ticked.late).toEqual(plain.late);
        expect(ticked.setAside).toEqual(plain.setAside);
      },
    ),
    { numRuns: 60 },
  );
});

test('the end of the input leaves no row as it was before its last correction', () => {
  fc.assert(
    fc.property(
      arbSteadyRecords,
      arbSpec,
      fc.array(arbTick, { minLength: 1, maxLength: 6 }),
      (records, spec, ticks) => {
        const ended = run(withTicks(feedsOf(records), ticks), { spec });
        const told = run([...withTicks(feedsOf(records), ticks), LAST_TICK], { spec });
        const byWindow = new Map(told.final.map((row) => [`${row.source}|${row.endHop}`, row]));

        for (const row of ended.final)
          expect(row.content).toBe(byWindow.get(`${row.source}|${row.endHop}`)?.content);
      },
    ),
    { numRuns: 40 },
  );
});

test('the interleaving of the sources changes no row of any of them', () => {
  const spec = { ...SLIDING };
  fc.assert(
    fc.property(arbRecords, fc.infiniteStream(fc.nat(2)), (records, chances) => {
      const queues = [...new Set(records.map(({ source }) => source))].map((source) =>
        records.filter((record) => record.source === source),
      );
      const mixed: LogRecord[] = [];
      for (const chance of chances) {
        const left = queues.filter((queue) => queue.length > 0);
        if (left.length === 0) break;
        mixed.push(left[chance % left.length]!.shift()!);
      }

      expect(run(feedsOf(mixed), { spec }).final).toEqual(run(feedsOf(records), { spec }).final);
    }),
    { numRuns: 40 },
  );
});

test('every record is taken, late or set aside, and every one taken is in exactly one tumbling window', () => {
  fc.assert(
    fc.property(arbSteadyRecords, (records) => {
      const { final, taken, late, setAside } = run(feedsOf(records));

      expect(taken + late.length + setAside.length).toBe(records.length);
      expect(final.reduce((sum, row) => sum + row.records, 0)).toBe(taken);
    }),
  );
});

test('slipping clocks lose no record without a count', () => {
  fc.assert(
    fc.property(arbRecords, fc.array(arbTick, { maxLength: 6 }), (records, ticks) => {
      const { taken, late, setAside } = run(withTicks(feedsOf(records), ticks));

      expect(taken + late.length + setAside.length).toBe(records.length);
    }),
  );
});

test('no window is issued twice under one revision, and revisions rise', () => {
  fc.assert(
    fc.property(arbRecords, arbSpec, fc.array(arbTick, { maxLength: 8 }), (records, spec, ticks) => {
      const { issued } = run(withTicks(feedsOf(records), ticks), { spec });

      const latest = new Map<string, number>();
      for (const { source, endHop, revision } of issued) {
        const key = `${source}|${endHop}`;
        expect(revision).toBeGreaterThan(latest.get(key) ?? -1);
        latest.set(key, revision);
      }
    }),
  );
});

test('between the first record and the last no window is missing unless the source slept', () => {
  fc.assert(
    fc.property(arbSteadyRecords, (records) => {
      const sleepless = { ...TEST_SPEC, maxSilenceMs: 100_000_000, maxJumpMs: 200_000_000 };
      const { final } = run(feedsOf(records), { spec: sleepless });

      for (const source of new Set(final.map((row) => row.source))) {
        const hops = final.flatMap((row) => (row.source === source ? [row.endHop] : []));
        expect(hops).toEqual(hops.map((_, index) => hops[0]! + index));
      }
    }),
    { numRuns: 40 },
  );
});

test('a source that is quiet for longer than a clock may jump is told the same with any ticks and restarts', () => {
  const hourMs = 3_600_000;
  const arbQuiet = fc.record({
    gapMs: fc.oneof(
      fc.integer({ min: 0, max: 40_000 }),
      fc.integer({ min: TEST_SPEC.maxJumpMs + 1, max: 1000 * hourMs }),
    ),
    body: fc.constantFrom('GET /', 'session opened', 'kernel panic'),
  });
  fc.assert(
    fc.property(
      fc.array(arbQuiet, { minLength: 1, maxLength: 40 }),
      arbSpec,
      fc.array(arbTick, { maxLength: 6 }),
      fc.array(arbShare, { maxLength: 4 }),
      (quiets, spec, ticks, places) => {
        let eventTimeMs = Date.UTC(2026, 0, 5);
        const records = quiets.map(({ gapMs, body }): LogRecord => {
          eventTimeMs += gapMs;
          return { eventTimeMs, source: 'api', severity: 9, body };
        });
        const plain = run([...feedsOf(records), LAST_TICK], { spec });
        const restarts = places.map((at) => ({ at, what: undefined }));
        const disturbed = run(
          [...insertAt(withTicks(feedsOf(records), ticks), restarts, () => ({ kind: 'restart' })), LAST_TICK],
          { spec },
        );

        expect(withoutRevision(disturbed.final)).toEqual(withoutRevision(plain.final));
        expect(plain.late).toEqual([]);
        // those that nothing has confirmed yet
        expect(plain.setAside.length).toBe(records.length - plain.taken);
        expect(plain.setAside.length).toBeLessThan(3);
      },
    ),
    { numRuns: 60 },
  );
});
