import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { requireOrSkip } from '../../require.testkit.js';
import { createWallClock } from '../clock.js';
import type { ResultStore, WindowQuery } from '../ports.js';
import { TEST_KEY, testCommit, testWindow } from '../store/result-store.testkit.js';
import { testResultStore } from '../store/store-contract.testkit.js';
import { testSourceWishes } from '../store/source-wishes.testkit.js';
import { connectPostgres, type PostgresConnection } from './postgres-connection.js';
import { migratePostgres } from './postgres-migrate.js';
import { openPostgresSql } from './postgres-sql.js';
import { MIGRATIONS } from './postgres-schema.js';
import { SELECT_WINDOWS } from './postgres-statements.js';
import { createPostgresStore, DIALECT } from './postgres-store.js';
import {
  HOW_TO_ENABLE_POSTGRES,
  isPostgresThere,
  startTestPostgres,
  type TestPostgres,
} from './postgres.testkit.js';
import { windowQuery } from './window-query.js';

const { artifact } = TEST_KEY;

describe.runIf(requireOrSkip('postgres', isPostgresThere(), HOW_TO_ENABLE_POSTGRES))('postgres', () => {
  let postgres: TestPostgres;
  beforeAll(async () => {
    postgres = await startTestPostgres();
  });
  afterAll(async () => {
    await postgres.stop();
  });

  let lastAddress = '';
  const optionsOf = (address: string) => ({
    address,
    shownAddress: 'postgres://shown',
    clock: createWallClock(),
    retryForMs: 300,
  });
  const open = async (address: string): Promise<ResultStore> => createPostgresStore(optionsOf(address));
  const openFresh = async (): Promise<ResultStore> => open((lastAddress = await postgres.freshDatabase()));
  const connectFresh = async (): Promise<PostgresConnection> =>
    connectPostgres(optionsOf(await postgres.freshDatabase()));
  const run = async (address: string, statement: string): Promise<unknown[][]> => {
    const client = new Client({ connectionString: address });
    await client.connect();
    const { rows } = await client.query<unknown[]>({ text: statement, rowMode: 'array' });
    await client.end();
    return rows;
  };

  testResultStore('postgres', openFresh, async (store) => {
    await store.close();
    return open(lastAddress);
  });
  testSourceWishes('postgres', openFresh);

  test('processes that start at once on an empty database all find it made', async () => {
    const address = await postgres.freshDatabase();

    const stores = await Promise.all(Array.from({ length: 4 }, async () => open(address)));

    const owners = await Promise.all(stores.map(async (store) => store.takeOver(TEST_KEY, [])));
    expect(new Set(owners.map(({ epoch }) => epoch))).toEqual(new Set([1, 2, 3, 4]));
    expect(await run(address, 'SELECT version FROM loghorn.schema_version')).toEqual([[MIGRATIONS.length]]);
    for (const store of stores) await store.close();
  });

  test('steps are taken in order and once, and a step that fails changes nothing', async () => {
    const db = await connectFresh();
    const steps = [
      'CREATE TABLE loghorn.log (step text)',
      "INSERT INTO loghorn.log VALUES ('two')",
      "INSERT INTO loghorn.log VALUES ('three')",
    ];
    const broken = [...steps.slice(0, 2), "INSERT INTO loghorn.log VALUES ('half'); SELECT 1 / 0"];
    const found = async () => (await db.read({ text: 'SELECT step FROM loghorn.log' })).rows.flat();

    await expect(migratePostgres(db, true, { migrations: broken })).rejects.toThrow(
      /postgres:\/\/shown: division by zero/,
    );
    expect(await found()).toEqual(['two']);
    await Promise.all([1, 2, 3].map(async () => migratePostgres(db, true, { migrations: steps })));

    expect(await found()).toEqual(['two', 'three']);
    await db.close();
  });

  test('a store of the first schema is brought up to date, its rows without stamps', async () => {
    const address = await postgres.freshDatabase();
    const db = connectPostgres(optionsOf(address));
    await migratePostgres(db, true, { migrations: MIGRATIONS.slice(0, 1) });
    await db.close();
    await run(address, "INSERT INTO loghorn.artifacts (name, version, features) VALUES ('demo', 'v1', '[]')");
    await run(
      address,
      `INSERT INTO loghorn.windows VALUES (1, 1, 'api', NULL, 0, 30000, 0, 3, 0.5, 0.9, false, '{3}', NULL, 1, 2, 3)`,
    );

    const store = await open(address);

    const [row] = await store.windows({ artifact, stamps: true });
    expect(row).toMatchObject({ source: 'api', score: 0.5, commitTimeMs: 3 });
    expect(row).not.toHaveProperty('stamps');
    await (await store.takeOver(TEST_KEY, [])).commit(testCommit({ windows: [testWindow({ revision: 1 })] }));
    expect(await store.windows({ artifact })).toEqual([testWindow({ revision: 1 })]);
    await store.close();
  });

  test('nothing is written any more to a store that a newer build has brought up to date', async () => {
    const address = await postgres.freshDatabase();
    const store = await open(address);
    const owner = await store.takeOver(TEST_KEY, []);
    await owner.commit(testCommit({ windows: [testWindow()] }));
    const sql = await openPostgresSql({ ...optionsOf(address), create: false });
    await sql.checkSchema();

    await run(address, 'UPDATE loghorn.schema_version SET version = version + 1');

    const next = testCommit({ windows: [testWindow({ startMs: 30_000 })] });
    await expect(owner.commit(next)).rejects.toThrow(/by another version of loghorn while it was in use/);
    await expect(sql.checkSchema()).rejects.toThrow(/start again with that version/);
    await expect(sql.write('DELETE FROM loghorn.windows', [])).rejects.toThrow(/another version/);
    expect(await store.windows({ artifact })).toHaveLength(1);
    await sql.close();
    await store.close();
  });

  test('a store of a newer schema is refused with what to do', async () => {
    await (await openFresh()).close();
    await run(lastAddress, 'UPDATE loghorn.schema_version SET version = 99');

    await expect(open(lastAddress)).rejects.toThrow(
      `postgres://shown has schema version 99, this build reads up to ${MIGRATIONS.length}: use the newer loghorn`,
    );
  });

  test('nothing is made where results are only to be read', async () => {
    const address = await postgres.freshDatabase();

    await expect(createPostgresStore({ ...optionsOf(address), create: false })).rejects.toThrow(
      /there are no results in postgres:\/\/shown/,
    );
    expect(await run(address, "SELECT to_regnamespace('loghorn')")).toEqual([[null]]);
  });

  test('what goes wrong is said with what to do, and without the password', async () => {
    const address = await postgres.freshDatabase();
    const wrong = new URL(address);
    wrong.password = 'hunter2';
    wrong.pathname = '/nowhere';

    const error = await open(wrong.href).then(
      () => new Error('it opened'),
      (cause: unknown) => cause as Error,
    );

    expect(error.message).toBe(
      'postgres://shown: database "nowhere" does not exist; make the database first: createdb NAME',
    );
    expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toContain('hunter2');
    wrong.port = '1';
    await expect(open(wrong.href)).rejects.toThrow(
      /^postgres:\/\/shown: connect ECONNREFUSED .* \(tried for 0 s\)$/,
    );
  });

  test('sources longer than an index takes are kept apart and whole', async () => {
    const store = await openFresh();
    const owner = await store.takeOver(TEST_KEY, []);
    const sources = ['', '1', '2', '\u0000'].map((end) => `${'naïve 😀 '.repeat(4000)}${end}`);
    const windows = sources.map((source) => testWindow({ source }));
    const memories = sources.map((source) => ({ source, windows: source, alertLife: null }));

    await owner.commit(testCommit({ windows, sources: memories }));

    const { state } = await store.takeOver(TEST_KEY, []);
    expect(new Set(state.sources.map(({ source }) => source))).toEqual(new Set(sources));
    expect(new Set(await store.windows({ artifact }))).toEqual(new Set(windows));
    expect(await store.windows({ artifact, source: sources[1]! })).toEqual([windows[1]]);
    await store.close();
  });

  test('fractions are kept to the last bit, whatever the server is set to', async () => {
    const store = await openFresh();
    await store.close();
    await run(
      lastAddress,
      `ALTER DATABASE ${new URL(lastAddress).pathname.slice(1)} SET extra_float_digits = -10`,
    );
    const again = await open(lastAddress);
    const features = [0.1 + 0.2, 1 / 3, 5e-324, 1.7976931348623157e308, 1e21];
    await (await again.takeOver(TEST_KEY, [])).commit(testCommit({ windows: [testWindow({ features })] }));

    expect((await again.windows({ artifact }))[0]!.features).toEqual(features);
    await again.close();
  });

  test('windows by time and by source are searched for in an index, not sorted', async () => {
    await (await openFresh()).close();
    await run(
      lastAddress,
      `INSERT INTO loghorn.windows SELECT 1, 1, 's' || s, NULL, t * 30000, t * 30000 + 30000, 0, 1, 0.5, 0.9, t % 100 = 0,
         '{1}', NULL, 0, 0, 0
       FROM generate_series(1, 10) AS s, generate_series(1, 2000) AS t; ANALYZE loghorn.windows`,
    );
    const planOf = async (query: Partial<WindowQuery>): Promise<string> => {
      const { text, values } = windowQuery(
        SELECT_WINDOWS,
        { artifactId: 1, streamPk: undefined },
        { artifact, fromMs: 30_000_000, toMs: 33_000_000, limit: 100, ...query },
        { ...DIALECT, mark: (n) => `%${n}%` },
      );
      const statement = text.replace(/%(\d+)%/g, (_, n: string) => {
        const value = values[Number(n) - 1]!;
        return typeof value === 'number' ? String(value) : `'${value}'`;
      });
      return (await run(lastAddress, `EXPLAIN (COSTS OFF) ${statement}`)).flat().join('\n');
    };
    const after = { source: 's3', startMs: 30_600_000 };

    for (const [query, index] of [
      [{ source: 's3' }, '(windows_pkey|windows_scores)'],
      [{ source: 's3', after }, '(windows_pkey|windows_scores)'],
      [{ order: 'time' }, 'windows_by_time'],
      [{ order: 'time', after }, 'windows_by_time'],
      [{ order: 'time', onlyAlerting: true }, 'windows_alerting'],
    ] as const) {
      const plan = await planOf(query);
      expect(plan).toMatch(new RegExp(`Index Scan using ${index}`));
      expect(plan).not.toMatch(/Sort|Seq Scan/);
    }
  });
});
