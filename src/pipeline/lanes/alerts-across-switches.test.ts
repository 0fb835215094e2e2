import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { AlertEvent } from '../../core/alert-event.js';
import { arbLogLike, LOG_START_MS, plainLog } from '../../core/log-like.testkit.js';
import { createRandom } from '../../core/random.js';
import type { LogRecord } from '../../core/record.js';
import type { ScorableArtifact } from '../../core/scorer.testkit.js';
import { TEST_SPEC } from '../../core/window/windower.testkit.js';
import { a, alertsOf, b, c, expectOneLifeEach, play } from './lanes.testkit.js';
import type { ModelSwitch } from './promotion.js';

const keyOf = ({ name, version }: ScorableArtifact) => ({ name, version });
/** A quarter of an hour; without errors of its own. */
const steady = plainLog(2400, createRandom('steady')).map((record) => ({
  ...record,
  severity: 9,
  eventTimeMs: record.eventTimeMs + 86_400_000,
}));
const broken = (from: number, to: number): readonly LogRecord[] =>
  steady.map((record, index) =>
    index < from || index >= to || record.source !== 'api'
      ? record
      : { ...record, severity: 17, body: 'payment 1 failed: card declined' },
  );
const told = (events: readonly AlertEvent[]): string[] =>
  events.flatMap(({ type, reason }) => (type === 'updated' ? [] : [`${type} ${reason ?? ''}`.trim()]));

test('an alert that is open at the switch goes on: one alert, told once, of the artifact that opened it', async () => {
  const requests = new Map([[200, [a, c] as const]]);

  const { store, switches, sink } = await play({ records: broken(200, 700), ticks: false, requests });

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

  const { store, switches, sink } = await play({ records: broken(200, 2400), ticks: false, requests });

  expect(switches.map(({ effectTimeMs }) => effectTimeMs !== null)).toEqual([true, true]);
  expect(told(sink.notices.map(({ event }) => event))).toEqual(['opened']);
  expect(await alertsOf(store)).toMatchObject([{ version: 'a', source: 'api', isOpen: true }]);
});

test('one that a next artifact opened is stored under its name, and stays there when the former one is back', async () => {
  const requests = new Map([
    [200, [a, c] as const],
    [700, [c, a] as const],
  ]);

  const { store, sink } = await play({ records: broken(600, 2400), ticks: false, requests });

  expect(told(sink.notices.map(({ event }) => event))).toEqual(['opened']);
  expect(await alertsOf(store)).toMatchObject([{ version: 'c', source: 'api', isOpen: true }]);
  const left = (await store.lanes()).find(({ artifact }) => artifact.version === 'c');
  expect(left!.lane).toMatchObject({ role: 'retired', hasAlerts: true });
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

const arbDeath = fc.record({ atWrite: fc.nat(40), isAfter: fc.boolean() });
const arbRecords = arbLogLike({ ...TEST_SPEC, maxRecords: 300, slips: false });

/** Planned before anything was read: all of them read from the first record on. */
function planned(records: readonly LogRecord[], shares: readonly number[]): ModelSwitch[] {
  const { hopMs } = TEST_SPEC;
  const times = records.map(({ eventTimeMs }) => eventTimeMs);
  const [fromMs, toMs] = [Math.min(...times), Math.max(...times)];
  const line = [a, b, c, a];
  return shares
    .map((share) => Math.floor((fromMs + share * (toMs - fromMs)) / hopMs) * hopMs)
    .sort((x, y) => x - y)
    .map((atMs, index) => ({
      requestId: index + 1,
      streamId: 'list',
      from: keyOf(line[index]!),
      to: keyOf(line[index + 1]!),
      atMs,
      plannedTimeMs: LOG_START_MS,
      effectTimeMs: null,
      refused: null,
    }));
}

test('law: however reads come in batches and whoever dies, alerts across switches and all that is told of them are the same', async () => {
  let across = 0;
  await fc.assert(
    fc.asyncProperty(
      arbRecords,
      fc.array(fc.double({ min: 0.1, max: 0.9, noNaN: true }), { minLength: 1, maxLength: 3 }),
      fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 5 }),
      fc.array(arbDeath, { maxLength: 3 }),
      async (records, shares, sizes, deaths) => {
        const switches = planned(records, shares);
        const whole = await play({ records, ticks: false, switches });

        const other = await play({ records, ticks: false, switches, sizes, deaths });

        const eventsOf = ({ sink }: typeof whole): string[] =>
          [...new Set(sink.notices.map(({ event }) => JSON.stringify(event)))].sort();
        expect(eventsOf(other)).toEqual(eventsOf(whole));
        expect(await alertsOf(other.store)).toEqual(await alertsOf(whole.store));
        expectOneLifeEach(
          other.sink.notices.map(({ event }) => event),
          await alertsOf(other.store),
        );
        for (const { atMs } of switches)
          for (const { sinceMs, untilMs } of await alertsOf(whole.store))
            if (sinceMs < atMs! && untilMs > atMs!) across++;
      },
    ),
    { numRuns: 40 },
  );
  expect(across).toBeGreaterThan(3);
});
