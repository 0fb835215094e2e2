import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { arbLogLike, LOG_START_MS, plainLog } from '../../core/log-like.testkit.js';
import { createRandom } from '../../core/random.js';
import type { LogRecord, Read } from '../../core/record.js';
import { fitSmall, score } from '../../core/scorer.testkit.js';
import { TEST_SPEC } from '../../core/window/windower.testkit.js';
import { createMemoryStore } from '../adapters/memory-store.js';
import { consume, type ConsumeJob } from './consume.js';
import { createListSink, createListSource, createTestClock, recordAt } from './consume.testkit.js';
import { FencedError, type ResultStore, type StoredWindow } from '../ports.js';

const artifact = fitSmall();
// alerts on thirty errors in a window, which healthy traffic never has
const byErrors = fitSmall({ detector: 'error-count' });
const alarming = { ...byErrors, threshold: { ...byErrors.threshold, value: 0.75 } };
const KEY = { streamId: 'list', artifact };

function job(changes: Partial<ConsumeJob> & Pick<ConsumeJob, 'source'>): ConsumeJob {
  return {
    artifact,
    store: createMemoryStore(),
    sinks: [],
    clock: createTestClock(LOG_START_MS),
    signal: new AbortController().signal,
    ticks: false,
    ...changes,
  };
}

const asReads = (records: readonly LogRecord[]): Read[] =>
  records.map((record, index) => ({ ok: true, record, line: index + 1, lines: 1 }));

const unstamped = (rows: readonly StoredWindow[]) =>
  rows.map((row) => ({ ...row, eligibleTimeMs: 0, scoredTimeMs: 0 }));

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

async function outcomeOf(store: ResultStore): Promise<unknown> {
  // whether it was seen live is a matter of the wall clock
  const { wasLive: _, ...counts } = (await store.takeOver(KEY, [])).state.counts!;
  return {
    windows: unstamped(await store.windows({ artifact })),
    alerts: await store.alerts({ artifact }),
    // at the very end sources give up what waits in no order of theirs
    deadLetters: (await store.deadLetters(KEY))
      .map(({ reason, raw }) => `${reason} ${raw}`)
      .sort(compareText),
    counts,
  };
}

/** A store that dies as its process would: before the nth commit is made, or right after. */
function dyingStore(store: ResultStore, atCommit: number, isAfter: boolean): ResultStore {
  let commits = 0;
  return {
    ...store,
    takeOver: async (key, names) => {
      const owner = await store.takeOver(key, names);
      return {
        ...owner,
        commit: async (commit) => {
          const isLast = commits++ === atCommit;
          if (isLast && !isAfter) throw new Error('killed');
          await owner.commit(commit);
          if (isLast) throw new Error('killed');
        },
      };
    },
  };
}

const arbRecords = arbLogLike({ ...TEST_SPEC, maxRecords: 250, slips: true });
const arbSteady = arbLogLike({ ...TEST_SPEC, maxRecords: 250, slips: false });

test('law 8: killed before or after any commits, nothing is lost or doubled', async () => {
  const arbDeath = fc.record({ atCommit: fc.nat(6), isAfter: fc.boolean() });
  await fc.assert(
    fc.asyncProperty(
      arbRecords,
      fc.integer({ min: 1, max: 20 }),
      fc.array(arbDeath, { minLength: 1, maxLength: 4 }),
      async (records, batchSize, deaths) => {
        const reads = asReads(records);
        const batches = Array.from({ length: Math.ceil(reads.length / batchSize) }, (_, i) =>
          reads.slice(i * batchSize, (i + 1) * batchSize),
        );
        const clock = createTestClock(LOG_START_MS);
        const source = createListSource(batches, clock);
        const whole = createMemoryStore();
        await consume(job({ source, store: whole, clock }));

        const store = createMemoryStore();
        for (const { atCommit, isAfter } of deaths) {
          const dying = dyingStore(store, atCommit, isAfter);
          await consume(job({ source, store: dying, clock, commitEveryMs: 0 })).catch(() => {});
        }
        await consume(job({ source, store, clock, commitEveryMs: 0 }));

        expect(await outcomeOf(store)).toEqual(await outcomeOf(whole));
      },
    ),
    { numRuns: 30 },
  );
});

test('law 2: the final rows are those of the plain loop around push, with or without ticks', async () => {
  await fc.assert(
    fc.asyncProperty(arbSteady, fc.boolean(), async (records, ticks) => {
      const clock = createTestClock(LOG_START_MS);
      const reads = asReads(records);
      // the wall clock goes with the records, ahead of them now and then
      const batches = reads.map((read) => [read]);
      const onBatch = (index: number): void => {
        const { eventTimeMs } = records[index]!;
        clock.set(
          Math.max(clock.nowMs(), Math.min(eventTimeMs, LOG_START_MS + 3_600_000)) + (index % 5) * 3000,
        );
      };
      const source = createListSource(batches, clock, { onBatch, isAlwaysCaughtUp: true });
      const store = createMemoryStore();

      await consume(job({ source, store, clock, ticks }));

      const wanted = score(
        artifact,
        records.map((record) => ({ kind: 'record', record })),
      );
      // a clock that is ahead of the records also shows the silence behind them
      const endMs = 10_000 * (Math.floor(Math.max(...records.map((each) => each.eventTimeMs)) / 10_000) + 1);
      const rows = unstamped(await store.windows({ artifact })).filter((row) => row.endMs <= endMs);
      expect(rows.map((row) => ({ ...row, revision: 0 }))).toEqual(
        wanted.final.map((row) => ({
          ...row,
          revision: 0,
          features: Array.from(row.features),
          eligibleTimeMs: 0,
          scoredTimeMs: 0,
        })),
      );
    }),
    { numRuns: 30 },
  );
});

test('law 7: scored, late and set aside add up to what was read, in lines and in records', async () => {
  const arbReads = arbRecords.map((records) =>
    asReads(records).flatMap((read, index): Read[] =>
      index % 7 === 3
        ? [
            { ok: false, reason: 'not-json', line: index + 1, lines: 2, raw: '{' },
            { ...read, lines: 3 },
          ]
        : [read],
    ),
  );
  await fc.assert(
    fc.asyncProperty(arbReads, async (reads) => {
      const clock = createTestClock(LOG_START_MS);

      const { counts } = await consume(job({ source: createListSource([reads], clock), clock }));

      const { records, lines, deadLetters } = counts;
      expect(lines.read).toBe(reads.reduce((sum, read) => sum + read.lines, 0));
      expect(records.read).toBe(reads.filter(({ ok }) => ok).length);
      for (const fate of [records, lines]) {
        expect(fate.scored + fate.late + fate.setAside).toBe(fate.read);
        expect(fate.waiting).toBe(0);
      }
      const linesOf = new Map(reads.flatMap((read) => (read.ok ? [[read.record, read.lines] as const] : [])));
      const { refused } = score(
        artifact,
        [...linesOf.keys()].map((record) => ({ kind: 'record', record })),
      );
      const linesOfFate = (isLate: boolean): number =>
        refused
          .filter(([, reason]) => (reason === 'late') === isLate)
          .reduce((sum, [record]) => sum + linesOf.get(record)!, 0);
      const rejected = reads.reduce((sum, read) => sum + (read.ok ? 0 : read.lines), 0);
      expect(lines.late).toBe(linesOfFate(true));
      expect(lines.setAside).toBe(rejected + linesOfFate(false));
      expect(deadLetters['not-json'] ?? 0).toBe(reads.filter(({ ok }) => !ok).length);
    }),
    { numRuns: 30 },
  );
});

test('a source that falls silent is closed by the wall clock, within a second or so', async () => {
  // 0 s          10 s         20 s
  // [--A-----A---)[ silence    A tick closes the window once the lateness is over
  const clock = createTestClock(LOG_START_MS + 8000);
  const stop = new AbortController();
  const source = createListSource([[recordAt(LOG_START_MS + 1000), recordAt(LOG_START_MS + 8000)]], clock, {
    isEndless: true,
  });
  const store = createMemoryStore();
  const stopAt = async (): Promise<void> => {
    while (clock.nowMs() < LOG_START_MS + 16_000) await clock.sleep(0);
    stop.abort();
  };

  const [summary] = await Promise.all([
    consume(job({ source, store, clock, signal: stop.signal, ticks: true })),
    stopAt(),
  ]);

  const rows = await store.windows({ artifact });
  expect(rows.map(({ startMs, records }) => [startMs - LOG_START_MS, records])).toEqual([[0, 2]]);
  const closedAfterMs = rows[0]!.eligibleTimeMs - rows[0]!.endMs;
  expect(closedAfterMs).toBeGreaterThanOrEqual(TEST_SPEC.allowedLatenessMs);
  expect(closedAfterMs).toBeLessThanOrEqual(TEST_SPEC.allowedLatenessMs + 1200);
  expect(summary.latencyMs.endToEligible?.count).toBe(1);
});

test('history is not closed by the wall clock, and its age is no delay', async () => {
  const clock = createTestClock(LOG_START_MS + 86_400_000);
  const stop = new AbortController();
  const source = createListSource([[recordAt(LOG_START_MS)]], clock, { isEndless: true });
  setTimeout(() => stop.abort(), 50);

  const summary = await consume(job({ source, clock, signal: stop.signal, ticks: true }));

  expect(summary.counts.windows).toBe(0);
  expect(summary.isOver).toBe(false);
  expect(Object.keys(summary.latencyMs)).toEqual([]);
});

// healthy traffic in which, halfway through, something breaks that nobody has seen before
const healthy = plainLog(400, createRandom('another day'));
const brokenAtMs = healthy[200]!.eventTimeMs;
const strange = Array.from({ length: 60 }, (_, n): Read => {
  const body = `disk ${n} on fire: sector unreadable, controller offline`;
  return recordAt(brokenAtMs + n * 10, 'api', body, 21);
});
const incident = [asReads(healthy.slice(0, 200)), strange, asReads(healthy.slice(200))];

test('a row and an alert say when each step was, by the record that let the window close', async () => {
  const clock = createTestClock(LOG_START_MS + 1_000_000);
  const ticking = { ...clock, nowMs: () => (clock.set(clock.nowMs() + 1), clock.nowMs()) };
  const store = createMemoryStore();
  const source = createListSource(incident, ticking);

  await consume(job({ artifact: alarming, source, store, sinks: [createListSink()], clock: ticking }));

  const rows = await store.windows({ artifact, stamps: true });
  const closing = rows.filter(({ stamps }) => stamps!.recordTimeMs !== null);
  expect(closing.length).toBeGreaterThan(5);
  for (const { endMs, stamps } of closing)
    expect(stamps!.recordTimeMs).toBeGreaterThanOrEqual(endMs + TEST_SPEC.allowedLatenessMs);
  for (const { eligibleTimeMs, scoredTimeMs, commitTimeMs, stamps } of rows) {
    const { readTimeMs, startedTimeMs } = stamps!;
    const order = [readTimeMs, startedTimeMs, eligibleTimeMs, scoredTimeMs, commitTimeMs!];
    expect(order).toEqual([...order].sort((a, b) => a - b));
  }
  const [way] = await store.alertWays({ artifact: alarming });
  expect(way!.deliveredTimeMs).toBeGreaterThan(way!.emittedTimeMs);
  expect(way!.emittedTimeMs).toBeGreaterThan(way!.storedTimeMs);
  expect(way!.storedTimeMs).toBeGreaterThan(way!.commitTimeMs);
});

test('an alert goes out once, after it was stored, with its explanation', async () => {
  const clock = createTestClock(LOG_START_MS);
  const store = createMemoryStore();
  const sink = createListSink();
  const source = createListSource(incident, clock);

  await consume(job({ artifact: alarming, source, store, sinks: [sink], clock }));
  await consume(job({ artifact: alarming, source, store, sinks: [sink], clock }));

  const opened = sink.notices.filter(({ event }) => event.type === 'opened').map(({ event }) => event);
  expect(opened.map(({ source, sinceMs }) => [source, sinceMs])).toEqual([
    ['api', Math.floor(brokenAtMs / 10_000) * 10_000],
  ]);
  expect(opened[0]!.explanation?.templates[0]).toMatchObject({ event: 'new', severity: 'FATAL', count: 60 });
  const ids = sink.notices.map(({ event }) => event.eventId);
  expect(new Set(ids).size).toBe(ids.length);
});

test('an alert that could not be sent is sent by the next run, under the same id', async () => {
  const clock = createTestClock(LOG_START_MS);
  const store = createMemoryStore();
  const source = createListSource(incident, clock);
  const tried: string[] = [];
  const failing = {
    send: async ({ event }: { event: { eventId: string } }) => {
      tried.push(event.eventId);
      throw new Error('no network');
    },
  };
  const warnings: string[] = [];
  const hooks = { onWarning: (sentence: string) => warnings.push(sentence) };

  const first = await consume(job({ artifact: alarming, source, store, sinks: [failing], clock, hooks }));
  const sink = createListSink();
  const second = await consume(job({ artifact: alarming, source, store, sinks: [sink], clock }));

  expect(first.unsentAlerts).toBeGreaterThan(0);
  expect(warnings[0]).toMatch(/could not be sent \(no network\)/);
  expect(sink.notices[0]!.event.eventId).toBe(tried[0]);
  expect(second.unsentAlerts).toBe(0);
});

test('a consumer whose stream was taken over stops and writes nothing more', async () => {
  const clock = createTestClock(LOG_START_MS);
  const store = createMemoryStore();
  const source = createListSource(incident, clock, {
    onBatch: (index) => {
      if (index === 1) void store.takeOver(KEY, []);
    },
  });

  await expect(consume(job({ source, store, clock }))).rejects.toThrow(FencedError);

  expect(await store.windows({ artifact })).toEqual([]);
});

test('a source that fails is told, and what was committed before stays', async () => {
  const clock = createTestClock(LOG_START_MS);
  const store = createMemoryStore();
  const source = createListSource(incident, clock, {
    onBatch: (index) => {
      if (index === 2) throw new Error('disk gone');
    },
  });

  await expect(consume(job({ source, store, clock, commitEveryMs: 0 }))).rejects.toThrow('disk gone');

  expect((await store.takeOver(KEY, [])).state.position).toBe(2);
});
