import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import Database from 'libsql';
import { afterAll, expect, onTestFinished, test } from 'vitest';
import type { ResultStore } from '../ports.js';
import { TEST_KEY, testCommit, testWindow } from '../store/result-store.testkit.js';
import { createSqlDesk } from './sql-desk.js';
import { createSqliteStore } from './sqlite-store.js';
import { openSqliteSql } from './sqlite-sql.js';
import { createTransactions } from './sqlite-transaction.js';

const folder = mkdtempSync(join(tmpdir(), 'loghorn-locked-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const LOCKED_MS = 400;

let made = 0;
function freshStore(): {
  readonly path: string;
  readonly store: ResultStore;
  readonly other: Database.Database;
} {
  const path = join(folder, `store-${made++}.db`);
  const store = createSqliteStore(path);
  const other = new Database(path);
  onTestFinished(async () => {
    other.close();
    await store.close();
  });
  return { path, store, other };
}

/** The longest that this process did nothing else while it went on, ms. */
async function longestPause(work: Promise<unknown>): Promise<number> {
  const over = new AbortController();
  const watched = work.finally(() => over.abort());
  let longestMs = 0;
  for (let atMs = performance.now(); !over.signal.aborted;) {
    await sleep(5);
    const nowMs = performance.now();
    longestMs = Math.max(longestMs, nowMs - atMs);
    atMs = nowMs;
  }
  await watched;
  return longestMs;
}

test('while another process holds the lock, whoever writes waits, the process goes on, and readers read', async () => {
  const { path, store, other } = freshStore();
  const owner = await store.takeOver(TEST_KEY, []);
  await owner.commit(testCommit({ windows: [testWindow()] }));
  const desk = createSqlDesk(openSqliteSql(path, false));
  other.exec('BEGIN IMMEDIATE');

  const note = { alertId: 'a', action: { type: 'acknowledged' }, who: 'kim', atMs: 5 } as const;
  const writing = Promise.all([
    desk.note(note),
    owner.commit(testCommit({ windows: [testWindow({ startMs: 30_000 })] })),
  ]);
  const pausing = longestPause(writing);
  const beganMs = performance.now();
  await sleep(LOCKED_MS);
  const readBeganMs = performance.now();
  expect(await store.windows(TEST_KEY)).toHaveLength(1);
  expect(await desk.notes({})).toEqual([]);
  const readMs = performance.now() - readBeganMs;
  other.exec('COMMIT');
  await writing;

  expect(performance.now() - beganMs).toBeGreaterThanOrEqual(LOCKED_MS);
  expect(await pausing).toBeLessThan(LOCKED_MS / 2);
  expect(readMs).toBeLessThan(LOCKED_MS / 2);
  expect(await desk.notes({})).toEqual([{ ...note, sequence: 1 }]);
  expect(await store.windows(TEST_KEY)).toHaveLength(2);
  await desk.close();
});

test('what could not be written for too long fails in a sentence, and what is written next is committed', async () => {
  const { path, other } = freshStore();
  const db = new Database(path);
  db.exec('CREATE TABLE probe (x)');
  onTestFinished(() => void db.close());
  const inTransaction = createTransactions(db, path, 100);
  const insert = db.prepare('INSERT INTO probe VALUES (?)');
  other.exec('BEGIN IMMEDIATE');

  await expect(inTransaction(() => insert.run(1))).rejects.toThrow(
    /another process keeps it locked: end that one/,
  );
  other.exec('COMMIT');
  await inTransaction(() => db.prepare('INSERT INTO probe VALUES (1), (2)').run());

  expect(other.prepare('SELECT count(*) FROM probe').raw().all()).toEqual([[2]]);
  other.exec('INSERT INTO probe VALUES (3)');
});

test('whoever writes to a store that was closed, or is closed while it waits for a lock, is refused', async () => {
  const path = join(folder, 'closed.db');
  const [db, other] = [new Database(path), new Database(path)];
  onTestFinished(() => {
    other.close();
  });
  const inTransaction = createTransactions(db, path);
  other.exec('BEGIN IMMEDIATE');

  const waiting = inTransaction(() => {});
  db.close();

  await expect(waiting).rejects.toThrow('not open');
  await expect(inTransaction(() => {})).rejects.toThrow('not open');
});
