import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { AlertEvent } from '../../core/alert-event.js';
import { arbLogLike, plainLog } from '../../core/log-like.testkit.js';
import { createRandom } from '../../core/random.js';
import type { LogRecord } from '../../core/record.js';
import type { ResultStore } from '../ports.js';
import { TEST_SPEC } from '../../core/window/windower.testkit.js';
import { isSameArtifact, ownerAt } from './promotion.js';
import { a, alertsOf, b, c, expectOneLifeEach, play } from './lanes.testkit.js';

/** A quarter of an hour; without errors of its own. */
const steady = plainLog(2400, createRandom('steady')).map((record) => ({
  ...record,
  severity: 9,
  eventTimeMs: record.eventTimeMs + 86_400_000,
}));
/** @param length as many records as it takes until all of it is over */
const broken = (from: number, to: number, length = 1400): readonly LogRecord[] =>
  steady
    .slice(0, length)
    .map((record, index) =>
      index < from || index >= to || record.source !== 'api'
        ? record
        : { ...record, severity: 17, body: 'payment 1 failed: card declined' },
    );
const told = (events: readonly AlertEvent[]): string[] =>
  events.flatMap(({ type, reason }) => (type === 'updated' ? [] : [`${type} ${reason ?? ''}`.trim()]));

test('an alert that is open at the switch goes on: one alert, told once, of the artifact that opened it', async () => {
  const requests = new Map([[200, [a, c] as const]]);
  // until it could not open again any more
  const records = broken(200, 700, 2400);

  const { store, switches, sink } = await play({ records, ticks: false, requests });

  const { atMs, effectTimeMs } = switches[0]!;
  expect(effectTimeMs).not.toBeNull();
  const alerts = await alertsOf(store);
  expect(alerts).toMatchObject([{ source: 'api', version: 'a', isOpen: false, reason: 'quiet' }]);
  expect(alerts[0]!.sinceMs).toBeLessThan(atMs!);
  expect(alerts[0]!.untilMs).toBeGreaterThan(atMs! + 60_000);
  expect(told(sink.notices.map(({ event }) => event))).toEqual(['opened', 'resolved quiet']);
  // it read no more by then, and nothing is left to be told of it
  expect((await store.lanes())[0]!.lane).toEqual({ role: 'retired', fromMs: null });
});

test('back to the former artifact, too, which goes on with it', async () => {
  const requests = new Map([
    [200, [a, c] as const],
    [500, [c, a] as const],
  ]);

  const { store, switches, sink } = await play({ records: broken(200, 1400), ticks: false, requests });

  expect(switches.map(({ effectTimeMs }) => effectTimeMs !== null)).toEqual([true, true]);
  expect(told(sink.notices.map(({ event }) => event))).toEqual(['opened']);
  expect(await alertsOf(store)).toMatchObject([{ version: 'a', source: 'api', isOpen: true }]);
});

test('one that a next artifact opened is stored under its name, and stays there when the former one is back', async () => {
  const requests = new Map([
    [200, [a, c] as const],
    [700, [c, a] as const],
  ]);

  const { store, sink } = await play({ records: broken(600, 1400), ticks: false, requests });

  expect(told(sink.notices.map(({ event }) => event))).toEqual(['opened']);
  expect(await alertsOf(store)).toMatchObject([{ version: 'c', source: 'api', isOpen: true }]);
  const left = (await store.lanes()).find(({ artifact }) => artifact.version === 'c');
  expect(left!.lane).toMatchObject({ role: 'retired', hasAlerts: true });
});

test('what came of a stream counts over all that spoke, each window and alert once', async () => {
  const requests = new Map([
    [200, [a, c] as const],
    [700, [c, a] as const],
  ]);

  const { store, summary, switches } = await play({ records: broken(200, 700), ticks: false, requests });

  const owned = await Promise.all(
    [a, c].map(async (artifact) => {
      const rows = await store.windows({ artifact });
      return rows.filter(({ startMs }) => isSameArtifact(ownerAt(a, switches, startMs), artifact));
    }),
  );
  expect(summary.counts.records.read).toBe(1400);
  expect(summary.counts.windows).toBe(owned.flat().length);
  expect([summary.counts.alertsOpened, summary.counts.alertsResolved]).toEqual([1, 1]);
  expect(summary.speakers.map(({ version, fromMs }) => [version, fromMs])).toEqual([
    ['a', null],
    ['c', switches[0]!.atMs],
    ['a', switches[1]!.atMs],
  ]);
});

test('whoever goes on in another process with an alert of an artifact that reads no more ends it under its name', async () => {
  const requests = new Map([[200, [a, c] as const]]);
  const deaths = [
    { atWrite: 700, isAfter: false },
    { atWrite: 200, isAfter: true },
  ];

  const { store, sink, warnings } = await play({
    records: broken(200, 1200),
    ticks: false,
    requests,
    deaths,
  });

  expect(warnings.filter((each) => each.includes('goes on instead of'))).not.toEqual([]);
  expect(await alertsOf(store)).toMatchObject([{ version: 'a', isOpen: false, reason: 'quiet' }]);
  expect(told(sink.notices.map(({ event }) => event))).toEqual(['opened', 'resolved quiet']);
});

test('a former champion that is a shadow now, and is taken over by another process, loses no event of its alerts', async () => {
  const requests = new Map([[200, [a, c] as const]]);
  const key = { streamId: 'list', artifact: { name: a.name, version: a.version } };
  const shadowNow: string[] = [];
  const onRecord = (index: number, store: ResultStore): void => {
    if (index === 999)
      void store.lanes().then((lanes) => shadowNow.push(...lanes.map(({ lane }) => lane?.role ?? '')));
    // again and again until the alert has ended
    if (index >= 1000 && index % 5 === 0) void store.takeOver(key, []);
  };

  const { store, sink, warnings, summary } = await play({
    records: broken(200, 1200),
    ticks: false,
    requests,
    shadows: [a],
    onRecord,
  });

  expect(shadowNow).toEqual(['shadow', 'champion']);
  expect(warnings.filter((each) => each.startsWith('a shadow of list was taken over'))).toHaveLength(1);
  expect(await alertsOf(store)).toMatchObject([{ version: 'a', isOpen: false, reason: 'quiet' }]);
  expect(told(sink.notices.map(({ event }) => event))).toEqual(['opened', 'resolved quiet']);
  expect(summary.counts.alertsResolved).toBe(1);
});

/** Read one by one, so that what is asked for meanwhile is planned at the same place each time. */
const PREFIX = 140;
const one = Array.from({ length: PREFIX }, () => 1);
const eventsOf = ({ sink }: Awaited<ReturnType<typeof play>>): string[] =>
  [...new Set(sink.notices.map(({ event }) => JSON.stringify(event)))].sort();

test('windows of both artifacts that come of one batch count in the order of the records', async () => {
  const requests = new Map([[130, [a, c] as const]]);
  const records = broken(160, 520).slice(0, 700);
  const whole = await play({ records, ticks: false, requests });

  const inBatches = await play({ records, ticks: false, requests, sizes: [...one, 300, 300] });

  expect(inBatches.switches[0]!.atMs).toBe(whole.switches[0]!.atMs);
  expect(told(whole.sink.notices.map(({ event }) => event))).toContain('opened');
  expect(eventsOf(inBatches)).toEqual(eventsOf(whole));
});

/** Now and then all that is written for a while are errors. */
const arbRecords = fc
  .tuple(arbLogLike({ ...TEST_SPEC, maxRecords: 400, slips: false }), fc.array(fc.nat(4), { minLength: 8 }))
  .map(([records, turns]) =>
    records.map((record, index) =>
      turns[Math.floor(index / 12) % turns.length]! > 1 ? record : { ...record, severity: 17 },
    ),
  );
const STEPS = [
  [a, b],
  [b, c],
  [c, a],
] as const;

test('law: however reads come in batches and whoever dies, alerts across switches and all that is told of them are the same', async () => {
  let across = 0;
  await fc.assert(
    fc.asyncProperty(
      arbRecords,
      fc.uniqueArray(fc.nat(PREFIX - 20), { minLength: 1, maxLength: 3 }),
      fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 5 }),
      fc.array(fc.record({ atWrite: fc.nat(20), isAfter: fc.boolean() }), { maxLength: 2 }),
      async (records, moments, sizes, late) => {
        const requests = new Map(moments.sort((x, y) => x - y).map((moment, n) => [moment, STEPS[n]!]));
        const deaths = late.map((death, n) =>
          n > 0 ? death : { ...death, atWrite: PREFIX + death.atWrite },
        );
        const whole = await play({ records, ticks: false, requests });

        const rest = Array.from({ length: 400 }, (_, n) => sizes[n % sizes.length]!);
        const other = await play({ records, ticks: false, requests, sizes: [...one, ...rest], deaths });

        expect(other.switches.map(({ atMs }) => atMs)).toEqual(whole.switches.map(({ atMs }) => atMs));
        expect(eventsOf(other)).toEqual(eventsOf(whole));
        expect(await alertsOf(other.store)).toEqual(await alertsOf(whole.store));
        expectOneLifeEach(
          other.sink.notices.map(({ event }) => event),
          await alertsOf(other.store),
        );
        for (const { atMs, effectTimeMs } of whole.switches)
          for (const { sinceMs, untilMs } of await alertsOf(whole.store))
            if (effectTimeMs !== null && sinceMs < atMs! && untilMs > atMs!) across++;
      },
    ),
    { numRuns: 10 },
  );
  expect(across).toBeGreaterThan(0);
});
