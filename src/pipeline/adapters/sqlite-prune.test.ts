import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'libsql';
import { afterAll, expect, test } from 'vitest';
import { DAY_MS, sweepAll, testSettings } from '../retention/sweep.testkit.js';
import { TEST_KEY, testCommit, testWindow } from '../store/result-store.testkit.js';
import { createSqliteStore } from './sqlite-store.js';

const folder = mkdtempSync(join(tmpdir(), 'loghorn-prune-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('room of what was deleted is used again: the file does not grow', async () => {
  const path = join(folder, 'room.db');
  const store = createSqliteStore(path);
  const owner = await store.takeOver(TEST_KEY, []);
  const write = async (day: number): Promise<number> => {
    const windows = Array.from({ length: 1000 }, (_, n) =>
      testWindow({ startMs: day * DAY_MS + n * 30_000, features: Array.from({ length: 60 }, () => n / 7) }),
    );
    await owner.commit(testCommit({ windows, sources: [{ source: 'api', windows: null, alertLife: null }] }));
    const beforeMs = (day - 1) * DAY_MS;
    await sweepAll(owner, testSettings(beforeMs), [['api', beforeMs]], 500);
    const db = new Database(path);
    const [pages] = db.prepare('PRAGMA page_count').raw().get() as [number];
    db.close();
    return pages;
  };
  const pages: number[] = [];
  for (let day = 0; day < 8; day++) pages.push(await write(day));

  expect(pages[7]! / pages[3]!).toBeLessThan(1.05);
  expect(pages[7]! / pages[0]!).toBeLessThan(4);
  await store.close();
});
