import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { isStoreWritable } from '../dashboard/store-writable.js';
import { storeTrouble } from '../dashboard/store-trouble.js';
import { openSqliteSql } from './sqlite-sql.js';

const MARKER = 'INSERT INTO loghorn.markers (marker_key, at_ms, marker) VALUES ($1, $2, $3)';
/** Whom no file mode holds back. */
const isRoot = process.getuid?.() === 0;

test.skipIf(isRoot)(
  'a store in a folder that takes nothing is read, and says that it may only be read',
  async () => {
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

    const sql = openSqliteSql(path, false);
    onTestFinished(() => sql.close());

    expect(await sql.read('SELECT marker FROM loghorn.markers')).toEqual([['deploy']]);
    expect(await isStoreWritable({ kind: 'sqlite', path }, sql)).toBe(false);
    const refused: unknown = await sql.write(MARKER, ['b', 2, 'another']).catch((error: unknown) => error);
    expect(storeTrouble(refused)).toMatch(/may only be read/);
  },
);
