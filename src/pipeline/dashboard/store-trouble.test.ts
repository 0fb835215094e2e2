import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openSqliteSql } from '../adapters/sqlite-sql.js';
import { createTestDashboard, T0, windowsOf } from './dashboard.testkit.js';
import { storeTrouble } from './store-trouble.js';

function storeFile() {
  const folder = mkdtempSync(join(tmpdir(), 'loghorn-trouble-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'results.db');
  const sql = openSqliteSql(path, true);
  onTestFinished(() => sql.close());
  const read = async (): Promise<unknown> =>
    sql.read('SELECT count(*) FROM loghorn.windows').then(
      () => 'read',
      (error: unknown) => storeTrouble(error),
    );
  return { path, read };
}

test('a store that was moved away or replaced is gone, and is there again once it is back', async () => {
  const { path, read } = storeFile();
  expect(await read()).toBe('read');

  renameSync(path, `${path}.away`);
  expect(await read()).toMatch(/removed or replaced/);
  writeFileSync(path, 'another file');
  expect(await read()).toMatch(/removed or replaced/);
  renameSync(`${path}.away`, path);

  expect(await read()).toBe('read');
});

test('an answer that the store does not give is refused with a sentence, and told to whoever runs it', async () => {
  const { data, get, commit, warnings } = await createTestDashboard();
  await commit({ windows: windowsOf('api', [0.1]) });
  const locked = Object.assign(new Error('database is locked at /srv/secret.db'), { code: 'SQLITE_BUSY' });
  Object.assign(data.reader, {
    swimlane: () => Promise.reject(new Error('cannot read', { cause: locked })),
  });

  const response = await get(`/api/swimlane?from=${T0}&to=${T0 + 60_000}`);

  expect([response.status, response.headers.get('retry-after')]).toEqual([503, '5']);
  expect(await response.json()).toEqual({
    error: 'another process keeps the results store locked: try again in a while',
  });
  expect(warnings).toHaveLength(1);
});

test('what cannot be changed is refused, not put off', async () => {
  const { data, get, commit } = await createTestDashboard();
  await commit({ windows: windowsOf('api', [0.1]) });
  const readOnly = Object.assign(new Error('attempt to write'), { code: 'SQLITE_READONLY' });
  Object.assign(data.reader, { swimlane: () => Promise.reject(readOnly) });

  const response = await get(`/api/swimlane?from=${T0}&to=${T0 + 60_000}`);

  expect([response.status, response.headers.get('retry-after')]).toEqual([403, null]);
  expect(await response.json()).toEqual({
    error: 'the results store may only be read: nothing can be changed',
  });
});

test('what is wrong is told by its kind, and what the store has no part in is no trouble of it', () => {
  expect(storeTrouble(new TypeError('x is not a function'))).toBeUndefined();
  expect(storeTrouble('words')).toBeUndefined();
  expect(storeTrouble(Object.assign(new Error('malformed'), { code: 'SQLITE_CORRUPT' }))).toMatch(/damaged/);
  expect(storeTrouble(Object.assign(new Error('connect'), { code: 'ECONNREFUSED' }))).toMatch(
    /does not answer/,
  );
});
