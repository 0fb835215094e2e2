import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createRandom } from '../../core/random.js';
import { requireOrSkip } from '../../require.testkit.js';
import { createWallClock } from '../clock.js';
import { createCounter } from '../consume/counts.js';
import { type Commit, FencedError, type ResultStore, type StoredWindow } from '../ports.js';
import { TEST_KEY, testCommit, testEvent, testWindow } from '../store/result-store.testkit.js';
import { createMemoryStore } from './memory-store.js';
import { startCuttingProxy } from './postgres-proxy.testkit.js';
import { openPostgresSql } from './postgres-sql.js';
import { createPostgresStore } from './postgres-store.js';
import {
  HOW_TO_ENABLE_POSTGRES,
  isPostgresThere,
  startTestPostgres,
  type TestPostgres,
} from './postgres.testkit.js';
import { createSqlReader } from './sql-reader.js';

const { artifact } = TEST_KEY;
const isThere = requireOrSkip('postgres', isPostgresThere(), HOW_TO_ENABLE_POSTGRES);
/** A server that is not ours is not killed. */
const isOurs = process.env['LOGHORN_TEST_POSTGRES'] === undefined;

describe.runIf(isThere)('postgres under faults', () => {
  let postgres: TestPostgres;
  beforeAll(async () => {
    postgres = await startTestPostgres();
  });
  afterAll(async () => {
    await postgres.stop();
  });

  const optionsOf = (address: string) => ({
    address,
    shownAddress: 'postgres://shown',
    clock: createWallClock(),
  });
  const open = async (address: string): Promise<ResultStore> => createPostgresStore(optionsOf(address));

  for (const when of ['before', 'after'] as const)
    test(`the connection is lost ${when} the server commits: made once, whatever came of it`, async () => {
      const proxy = await startCuttingProxy(await postgres.freshDatabase());
      const store = await open(proxy.address);
      const owner = await store.takeOver(TEST_KEY, []);
      const event = testEvent();

      const templates = [
        {
          source: 'api',
          templateId: 't1',
          isNew: true,
          text: 'GET <*>',
          example: 'GET /',
          firstMs: 0,
          lastMs: 5,
          hours: new Map([[0, 3]]),
        },
      ];
      proxy.cutNextCommit(when);
      await owner.commit(testCommit({ windows: [testWindow()], alerts: [event], position: 1, templates }));
      proxy.cutNextCommit(when);
      await owner.markSent([event.eventId], 5);

      expect(proxy.cuts()).toBe(2);
      expect(await store.windows({ artifact })).toEqual([testWindow()]);
      expect(await owner.unsentAlerts()).toEqual([]);
      expect((await store.takeOver(TEST_KEY, [])).state.position).toBe(1);
      const reader = createSqlReader(await openPostgresSql({ ...optionsOf(proxy.address), create: false }));
      const hour = { fromMs: 0, toMs: 3_600_000 };
      expect(await reader.swimlane(artifact, hour, 3_600_000)).toMatchObject([{ windows: 1, records: 3 }]);
      expect(await reader.templates(artifact, { fromMs: 0, bucketMs: 3_600_000, buckets: 1 })).toMatchObject([
        { counts: [3] },
      ]);
      await reader.close();
      await store.close();
      await proxy.close();
    });

  test('an owner that lost its connection, and its stream meanwhile, is fenced', async () => {
    const address = await postgres.freshDatabase();
    const proxy = await startCuttingProxy(address);
    const [store, other] = [await open(proxy.address), await open(address)];
    const old = await store.takeOver(TEST_KEY, []);
    proxy.cutNextCommit('before');
    const owner = await other.takeOver(TEST_KEY, []);

    await expect(old.commit(testCommit({ windows: [testWindow()] }))).rejects.toThrow(FencedError);

    expect(await other.windows({ artifact })).toEqual([]);
    await owner.commit(testCommit({ windows: [testWindow({ revision: 1 })] }));
    expect(await other.windows({ artifact })).toHaveLength(1);
    await store.close();
    await other.close();
    await proxy.close();
  });

  test('connections are ended by the administrator all the time: the rows of an undisturbed store', async () => {
    const address = await postgres.freshDatabase();
    const admin = new Client({ connectionString: address });
    await admin.connect();
    const store = await open(address);
    const kills = repeatedly(async (count) => {
      await pause(50 + ((count * 37) % 150));
      await admin.query(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'loghorn' AND datname = current_database()",
      );
    });

    await compareWithUndisturbed(store, 400);

    expect(await kills.stop()).toBeGreaterThan(10);
    await store.close();
    await admin.end();
  });

  test.runIf(isOurs)(
    'the server is killed and started again while it is written to: nothing lost, nothing doubled',
    async () => {
      const store = await open(await postgres.freshDatabase());
      const kills = repeatedly(async (count) => {
        await pause(300 + 50 * count);
        await postgres.server!.kill(count % 3 === 2 ? 'SIGINT' : 'SIGKILL');
        await postgres.server!.start();
      });

      await compareWithUndisturbed(store, 1500);

      expect(await kills.stop()).toBeGreaterThan(2);
      await store.close();
    },
  );
});

const pause = async (durationMs: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, durationMs);
  });

/** Until it is stopped, which says how often it was done. */
function repeatedly(work: (count: number) => Promise<void>): { stop(): Promise<number> } {
  const stopped = new AbortController();
  const run = async (): Promise<number> => {
    let count = 0;
    for (; !stopped.signal.aborted; count++) await work(count);
    return count;
  };
  const counted = run();
  return {
    stop: async () => {
      stopped.abort();
      return counted;
    },
  };
}

/** Makes random commits, now and then as a new owner, on this store and on one in memory; then asks both everything. */
async function compareWithUndisturbed(store: ResultStore, commits: number): Promise<void> {
  const plain = createMemoryStore();
  const random = createRandom('faults');
  let [owner, plainOwner] = [await store.takeOver(TEST_KEY, []), await plain.takeOver(TEST_KEY, [])];
  for (let n = 0; n < commits; n++) {
    const commit = randomCommit(n, random);
    await owner.commit(commit);
    await plainOwner.commit(commit);
    const sent = commit.alerts.filter((_, i) => i % 2 === 0).map(({ eventId }) => eventId);
    await owner.markSent(sent, n);
    await plainOwner.markSent(sent, n);
    if (random.below(20) === 0)
      [owner, plainOwner] = [await store.takeOver(TEST_KEY, []), await plain.takeOver(TEST_KEY, [])];
  }

  expect(await store.windows({ artifact })).toEqual(await plain.windows({ artifact }));
  expect(await store.alerts({ artifact })).toEqual(await plain.alerts({ artifact }));
  expect(await store.deadLetters(TEST_KEY)).toEqual(await plain.deadLetters(TEST_KEY));
  expect(await owner.unsentAlerts()).toEqual(await plainOwner.unsentAlerts());
  const [found, wanted] = [await store.takeOver(TEST_KEY, []), await plain.takeOver(TEST_KEY, [])];
  expect(found.state).toEqual(wanted.state);
}

function randomCommit(n: number, random: ReturnType<typeof createRandom>): Commit {
  const many = <T>(most: number, make: (i: number) => T): T[] =>
    Array.from({ length: random.below(most + 1) }, (_, i) => make(i));
  const window = (): StoredWindow =>
    testWindow({ source: `s${random.below(5)}`, startMs: random.below(40) * 30_000, revision: n });
  return testCommit({
    position: { n },
    counts: { ...createCounter().counts(0), windows: n },
    sources: many(3, (i) => ({ source: `s${i}`, windows: { n, score: random.next() }, alertLife: null })),
    windows: many(10, window).filter(
      (row, i, all) =>
        all.findIndex((other) => other.source === row.source && other.startMs === row.startMs) === i,
    ),
    alerts: many(2, (i) =>
      testEvent({ alertId: `a${n}-${i}`, eventId: `a${n}-${i}-0`, sinceMs: n * 10 + i }),
    ),
    deadLetters: many(2, (i) => ({
      reason: 'not-json',
      sequence: n * 2 + i,
      line: n,
      raw: `raw ${n}`,
      ingestTimeMs: n,
    })),
  });
}
