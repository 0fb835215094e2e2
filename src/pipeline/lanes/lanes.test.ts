import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { arbLogLike, LOG_START_MS, plainLog } from '../../core/log-like.testkit.js';
import { createRandom } from '../../core/random.js';
import type { LogRecord } from '../../core/record.js';
import { score, type ScorableArtifact } from '../../core/scorer.testkit.js';
import { TEST_SPEC } from '../../core/window/windower.testkit.js';
import { a, alertsOf, b, c, expectOneLifeEach, play } from './lanes.testkit.js';
import type { ResultStore, StoredWindow } from '../ports.js';
import { type ModelSwitch, successionAt } from './promotion.js';

type Plain = Omit<StoredWindow, 'eligibleTimeMs' | 'scoredTimeMs' | 'revision'>;

const plain = (row: StoredWindow): Plain => {
  const { eligibleTimeMs: _, scoredTimeMs: __, revision: ___, ...rest } = row;
  return rest;
};
const NO_TIMES = { eligibleTimeMs: 0, scoredTimeMs: 0 };
const offline = (artifact: ScorableArtifact, records: readonly LogRecord[]): readonly Plain[] =>
  score(
    artifact,
    records.map((record) => ({ kind: 'record', record })),
  ).final.map((row) => plain({ ...row, ...NO_TIMES, features: Array.from(row.features) }));

/** Of each window the row of its owner, or of who came after it. */
async function championRows(
  store: ResultStore,
  switches: readonly ModelSwitch[],
): Promise<{ readonly version: string; readonly row: Plain }[]> {
  const byKey = new Map<string, Map<string, Plain>>();
  for (const artifact of [a, b, c])
    for (const row of await store.windows({ artifact })) {
      const key = `${row.source} ${row.startMs}`;
      byKey.set(key, (byKey.get(key) ?? new Map<string, Plain>()).set(artifact.version, plain(row)));
    }
  return [...byKey.values()].flatMap((rows) => {
    const [{ startMs }] = [...rows.values()] as [Plain];
    const found = successionAt(a, switches, startMs).find(({ version }) => rows.has(version));
    return found === undefined ? [] : [{ version: found.version, row: rows.get(found.version)! }];
  });
}

const byWindow = (x: Plain, y: Plain): number =>
  x.startMs - y.startMs || (x.source < y.source ? -1 : x.source > y.source ? 1 : 0);

const arbRecords = arbLogLike({ ...TEST_SPEC, maxRecords: 300, slips: false });
const at = (afterMs: number, source: string): LogRecord => ({
  eventTimeMs: LOG_START_MS + afterMs,
  source,
  severity: 9,
  body: 'session opened for user u0',
});

test('a source that comes up late in windows of a champion that is gone has rows of its successor', async () => {
  const apis = Array.from({ length: 40 }, (_, n) => at(n * 10_000, 'api'));
  const records = [...apis, at(50_000, 'cron'), at(60_000, 'cron'), at(400_000, 'api')];

  const { store, switches } = await play({ records, ticks: false, requests: new Map([[1, [a, b]]]) });

  expect(switches[0]!.atMs).toBeGreaterThan(LOG_START_MS + 60_000);
  expect((await store.windows({ artifact: b, source: 'cron' })).map(plain)).toEqual(
    offline(b, records).filter(({ source }) => source === 'cron'),
  );
});

const arbDeath = fc.record({ atWrite: fc.nat(40), isAfter: fc.boolean() });

test('law 8: whenever a promotion is asked for and whoever dies, each window is of one artifact, as if it had read all', async () => {
  let switched = 0;
  await fc.assert(
    fc.asyncProperty(
      arbRecords,
      fc.array(fc.nat(200), { minLength: 1, maxLength: 3 }),
      fc.array(arbDeath, { maxLength: 3 }),
      fc.boolean(),
      fc.boolean(),
      async (records, at, deaths, ticks, isShaded) => {
        // there, to one that is a shadow or not, and back to the first
        const steps = [
          [a, b],
          [b, c],
          [c, a],
        ] as const;
        const moments = [...new Set(at)].sort((x, y) => x - y);
        const requests = new Map(moments.map((moment, index) => [moment, steps[index]!]));
        const shadows = isShaded ? [c] : [];

        const { store, sink, switches } = await play({ records, ticks, requests, deaths, shadows });

        const wanted = new Map([a, b, c].map((each) => [each.version, offline(each, records)]));
        const lastMs = Math.max(...wanted.get('a')!.map(({ endMs }) => endMs));
        const spoken = (await championRows(store, switches)).filter(({ row }) => row.endMs <= lastMs);
        const speaker = (source: string, startMs: number): string | undefined =>
          spoken.find(({ row }) => row.source === source && row.startMs === startMs)?.version;
        expect(spoken.map(({ row }) => row).sort(byWindow)).toEqual(
          [...wanted]
            .flatMap(([version, rows]) =>
              rows.filter(({ source, startMs }) => (speaker(source, startMs) ?? 'a') === version),
            )
            .sort(byWindow),
        );
        expectOneLifeEach(
          sink.notices.map(({ event }) => event),
          await alertsOf(store),
        );
        switched += switches.filter(({ effectTimeMs }) => effectTimeMs !== null).length;
      },
    ),
    { numRuns: 16 },
  );
  expect(switched).toBeGreaterThan(3);
});

const steady = plainLog(700, createRandom('steady')).map((record) => ({
  ...record,
  eventTimeMs: record.eventTimeMs + 86_400_000,
}));
const brokenFrom = 200;
/** Errors in every window from there on. */
const broken = steady.map((record, index) =>
  index < brokenFrom || record.source !== 'api'
    ? record
    : { ...record, severity: 17, body: 'payment 1 failed: card declined' },
);
const failing = (artifact: ScorableArtifact): ScorableArtifact => ({
  ...artifact,
  threshold: {
    ...artifact.threshold,
    get value(): number {
      throw new Error('cannot score');
    },
  },
});

test('a former champion is let go once nothing can change its windows, and reads no more', async () => {
  const requests = new Map([[100, [a, b] as const]]);

  const { store, switches } = await play({ records: steady, ticks: true, requests });

  const lanes = await store.lanes();
  expect(lanes.map(({ artifact, lane }) => [artifact.version, lane?.role])).toEqual([
    ['a', 'retired'],
    ['b', 'champion'],
  ]);
  const lastMs = Math.max(...(await store.windows({ artifact: a })).map(({ endMs }) => endMs));
  const newestMs = Math.max(...(await store.windows({ artifact: b })).map(({ endMs }) => endMs));
  expect(lastMs).toBeGreaterThan(switches[0]!.atMs!);
  expect(lastMs).toBeLessThan(newestMs);
});

test('a shadow that fails is stopped loudly, and the champion is as it would have been alone', async () => {
  const quiet = { records: broken, ticks: true, requests: new Map() };
  const alone = await play(quiet);

  const beside = await play({ ...quiet, shadows: [failing(b), c] });

  expect(beside.warnings).toEqual([
    expect.stringMatching(/^the shadow small@b failed on list and reads no more: Error: cannot score/),
  ]);
  expect(beside.sink.notices.map(({ event }) => event)).toEqual(alone.sink.notices.map(({ event }) => event));
  const rowsOf = async (store: ResultStore): Promise<Plain[]> =>
    (await store.windows({ artifact: a })).map(plain);
  expect(await rowsOf(beside.store)).toEqual(await rowsOf(alone.store));
  expect((await beside.store.windows({ artifact: c })).map(plain)).toEqual(
    // a clock that is ahead of the records also shows the silence behind them
    expect.arrayContaining([...offline(c, broken)]),
  );
});

test('a shadow that another process takes over is stopped, the champion is not', async () => {
  const shadow = { streamId: 'list', artifact: { name: b.name, version: b.version } };
  const onRecord = (index: number, store: ResultStore): void => {
    if (index === 300) void store.takeOver(shadow, []);
  };

  const { warnings, summary } = await play({
    records: steady,
    ticks: false,
    requests: new Map(),
    shadows: [b],
    onRecord,
  });

  expect(warnings).toEqual([expect.stringMatching(/^a shadow of list was taken over/)]);
  expect(summary.counts.records.read).toBe(steady.length);
});

test('an artifact that fails before it has spoken is refused, and the champion goes on', async () => {
  const requests = new Map([[100, [a, b] as const]]);

  const { store, switches, warnings } = await play({
    records: steady,
    ticks: false,
    requests,
    decode: () => failing(b),
  });

  expect(switches).toMatchObject([{ requestId: 1, refused: 'cannot score', effectTimeMs: null }]);
  expect(warnings.at(-1)).toMatch(/^the coming champion small@b failed on list and reads no more/);
  expect((await store.windows({ artifact: a })).map(plain)).toEqual(offline(a, steady));
});

test('an artifact that cannot be had, or that cuts other windows, is refused with the reason', async () => {
  const wide = { ...b, spec: { ...b.spec, window: { ...b.spec.window, windowMs: 20_000 } } };
  const decode = (text: string): ScorableArtifact => {
    if (text === 'c') throw new Error('a byte was changed');
    return wide;
  };
  const requests = new Map([
    [100, [a, b] as const],
    [200, [a, c] as const],
  ]);

  const { switches } = await play({ records: steady, ticks: false, requests, decode });

  expect(switches.map(({ refused }) => refused)).toEqual([
    'window spec windowMs is 20000 instead of 10000',
    'a byte was changed',
  ]);
});

test('back to a former artifact that is still read, the next window is its own again', async () => {
  const requests = new Map([
    [100, [a, b] as const],
    [101, [b, a] as const],
  ]);

  const { switches } = await play({ records: steady, ticks: false, requests });

  // nothing has to be warmed, but the windows before are given away already
  expect(switches.map(({ atMs }) => atMs)).toEqual([switches[0]!.atMs, switches[0]!.atMs]);
  expect(switches.map(({ effectTimeMs }) => effectTimeMs !== null)).toEqual([false, true]);
});
