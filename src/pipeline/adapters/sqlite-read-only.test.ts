import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { isStoreWritable } from '../dashboard/store-writable.js';
import { storeTrouble } from '../dashboard/store-trouble.js';
import { openSqliteSql } from './sqlite-sql.js';

const MARKER = 'INSERT INTO loghorn.markers (marker_key, at_ms, marker) VALUES ($1, $2, $3)';
/** No file mode holds root back: it looks as nobody does. */
const isRoot = process.getuid?.() === 0;
const NOBODY = 65_534;

test('a store in a folder that takes nothing is read, and says that it may only be read', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'loghorn-read-only-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'what # is? this.db');
  const writer = openSqliteSql(path, true);
  await writer.write(MARKER, ['a', 1, 'deploy']);
  await writer.read('PRAGMA wal_checkpoint(TRUNCATE)');
  await writer.close();
  for (const each of ['-wal', '-shm']) rmSync(`${path}${each}`, { force: true });
  chmodSync(path, 0o444);
  chmodSync(folder, 0o555);
  onTestFinished(() => chmodSync(folder, 0o755));
  if (isRoot) {
    process.seteuid!(NOBODY);
    onTestFinished(() => process.seteuid!(0));
  }

  const sql = openSqliteSql(path, false);
  onTestFinished(() => sql.close());

  expect(await sql.read('SELECT marker FROM loghorn.markers')).toEqual([['deploy']]);
  const refused: unknown = await sql.write(MARKER, ['b', 2, 'another']).catch((error: unknown) => error);
  expect(storeTrouble(refused)).toMatch(/may only be read/);
  // the system answers this question for who started the process, whoever that acts as
  expect(await isStoreWritable({ kind: 'sqlite', path }, sql)).toBe(isRoot);
});
