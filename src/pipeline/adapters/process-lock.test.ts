import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { takeProcessLock } from './process-lock.js';

const folder = mkdtempSync(join(tmpdir(), 'loghorn-lock-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('one holds it, the next is told so, and it is free again when it is released', () => {
  const path = join(folder, 'deep', 'one.lock');
  const first = takeProcessLock(path);

  expect(takeProcessLock(path)).toBeUndefined();
  first!.release();
  const next = takeProcessLock(path);

  expect(next).toBeDefined();
  next!.release();
});

test('whoever held it and was killed holds it no more', async () => {
  const path = join(folder, 'killed.lock');
  const libsql = createRequire(import.meta.url).resolve('libsql');
  // as takeProcessLock does it
  const holder = `const db = new (require(${JSON.stringify(libsql)}))(${JSON.stringify(path)});
    db.exec('BEGIN EXCLUSIVE'); console.log('held'); setTimeout(() => {}, 60000);`;
  const child = spawn(process.execPath, ['-e', holder], { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(child.stdout, 'data');
  const whileAlive = takeProcessLock(path);
  child.kill('SIGKILL');
  await once(child, 'exit');

  const afterwards = takeProcessLock(path);

  expect(whileAlive).toBeUndefined();
  expect(afterwards).toBeDefined();
  afterwards!.release();
});

test('where no file can be, a sentence says so', () => {
  writeFileSync(join(folder, 'file'), 'text');

  expect(() => takeProcessLock(join(folder, 'file', 'x.lock'))).toThrow('name a folder that can be written');
});
