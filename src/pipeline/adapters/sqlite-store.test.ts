import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import Database from 'libsql';
import { afterAll, expect, test } from 'vitest';
import type { WindowQuery } from '../ports.js';
import { TEST_KEY, testCommit, testWindow } from '../store/result-store.testkit.js';
import { testResultStore } from '../store/store-contract.testkit.js';
import { MIGRATIONS } from './sqlite-schema.js';
import { SELECT_WINDOWS } from './sqlite-statements.js';
import { createSqliteStore, DIALECT } from './sqlite-store.js';
import { windowQuery } from './window-query.js';

const folder = mkdtempSync(join(tmpdir(), 'loghorn-sqlite-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let made = 0;
let lastPath = '';
const freshPath = (): string => (lastPath = join(folder, `deep/store-${made++}.db`));

testResultStore(
  'sqlite',
  () => createSqliteStore(freshPath()),
  async (store) => {
    await store.close();
    return createSqliteStore(lastPath);
  },
);

test('two processes on one file: the second owner fences the first', async () => {
  const path = freshPath();
  const [a, b] = [createSqliteStore(path), createSqliteStore(path)];
  const first = await a.takeOver(TEST_KEY, []);
  const second = await b.takeOver(TEST_KEY, []);

  await second.commit(testCommit({ windows: [testWindow()] }));

  await expect(first.commit(testCommit())).rejects.toThrow(
    /taken over file:\/a\.log \(this one had epoch 1\)/,
  );
  await a.close();
  await b.close();
});

test('a commit that fails in the middle leaves nothing behind', async () => {
  const store = createSqliteStore(freshPath());
  const owner = await store.takeOver(TEST_KEY, []);
  const broken = testWindow({ startMs: 30_000, records: null as unknown as number });

  await expect(owner.commit(testCommit({ windows: [testWindow(), broken] }))).rejects.toThrow(/NOT NULL/);

  expect(await store.windows(TEST_KEY)).toEqual([]);
  await owner.commit(testCommit({ windows: [testWindow()] }));
  expect(await store.windows(TEST_KEY)).toHaveLength(1);
  await store.close();
});

test('a commit is durable: write-ahead log, synced in full', async () => {
  const path = freshPath();
  const store = createSqliteStore(path);
  const db = new Database(path);
  expect(db.prepare('PRAGMA journal_mode').raw().get()).toEqual(['wal']);
  expect(db.prepare('PRAGMA user_version').raw().get()).toEqual([MIGRATIONS.length]);
  db.close();
  await store.close();
});

test('a store of a newer schema is refused with what to do', () => {
  const path = freshPath();
  void createSqliteStore(path).close();
  const db = new Database(path);
  db.exec('PRAGMA user_version = 99');
  db.close();

  expect(() => createSqliteStore(path)).toThrow(
    `${path} has schema version 99, this build reads up to ${MIGRATIONS.length}: use the newer loghorn`,
  );
});

test('a file of something else is refused and left as it is', () => {
  const path = join(folder, 'other.db');
  const db = new Database(path);
  db.exec('CREATE TABLE recipes (name TEXT)');
  db.close();
  expect(() => createSqliteStore(path)).toThrow(/is a SQLite file of something else/);

  const text = join(folder, 'notes.txt');
  writeFileSync(text, 'no database at all, but long enough to be looked at as one would be\n'.repeat(100));
  expect(() => createSqliteStore(text)).toThrow(/cannot open .* as a results store/);
  expect(() => createSqliteStore(join(text, 'store.db'))).toThrow(/cannot open .* as a results store/);
});

test('a store of the first schema is brought up to date, its texts unchanged', async () => {
  const path = freshPath();
  mkdirSync(dirname(path), { recursive: true });
  // text was stored as it came, this one looking like an escape
  const raw = '{"msg":"\\u0000 \\\\u0000"}';
  const db = new Database(path);
  db.exec(MIGRATIONS[0] as string);
  const { streamId, artifact } = TEST_KEY;
  db.prepare("INSERT INTO artifacts VALUES (1, ?, ?, '[]')").run(artifact.name, artifact.version);
  db.prepare('INSERT INTO streams VALUES (1, ?, 1, 1, NULL, NULL, NULL)').run(streamId);
  const { source, startMs, endMs, revision, records, score, threshold, features, ...times } = testWindow();
  db.prepare('INSERT INTO windows VALUES (1, ?, ?, ?, ?, ?, ?, ?, 0, ?, NULL, 1, ?, ?, 9)').run(
    source,
    startMs,
    endMs,
    revision,
    records,
    score,
    threshold,
    JSON.stringify(features),
    times.eligibleTimeMs,
    times.scoredTimeMs,
  );
  db.prepare("INSERT INTO dead_letters VALUES (1, 'not-json', 0, 0, 1, ?, 9)").run(raw);
  db.exec('PRAGMA user_version = 1');
  db.close();

  const updated = createSqliteStore(path);

  expect(await updated.windows(TEST_KEY)).toEqual([testWindow()]);
  expect((await updated.windows({ ...TEST_KEY, stamps: true }))[0]).not.toHaveProperty('stamps');
  expect((await updated.deadLetters(TEST_KEY)).map((letter) => letter.raw)).toEqual([raw]);
  await updated.close();
});

test('windows by time and by source are searched for in an index, not sorted', () => {
  const path = freshPath();
  void createSqliteStore(path).close();
  const db = new Database(path);
  const planOf = (query: Partial<WindowQuery>): string => {
    const all = { artifact: TEST_KEY.artifact, fromMs: 0, toMs: 90_000, limit: 10, ...query };
    const { text, values } = windowQuery(
      SELECT_WINDOWS,
      { artifactId: 1, streamPk: undefined },
      all,
      DIALECT,
    );
    const steps = db
      .prepare(`EXPLAIN QUERY PLAN ${text}`)
      .raw()
      .all(...values) as [number, number, number, string][];
    return steps.map((step) => step[3]).join('; ');
  };
  const after = { source: 'api', startMs: 30_000 };

  expect(planOf({ source: 'api' })).toBe(
    'SEARCH windows USING INDEX sqlite_autoindex_windows_1 (artifact_id=? AND source=? AND start_ms>? AND start_ms<?)',
  );
  expect(planOf({ order: 'time' })).toBe(
    'SEARCH windows USING INDEX windows_by_time (artifact_id=? AND start_ms>? AND start_ms<?)',
  );
  expect(planOf({ order: 'time', after })).toMatch(/^SEARCH windows USING INDEX windows_by_time \([^;]*$/);
  expect(planOf({ order: 'time', onlyAlerting: true })).toMatch(
    /^SEARCH windows USING INDEX windows_alerting \([^;]*$/,
  );
  db.close();
});
