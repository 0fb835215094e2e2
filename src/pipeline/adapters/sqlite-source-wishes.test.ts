import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { testSourceWishes } from '../store/source-wishes.testkit.js';
import { createSqliteStore } from './sqlite-store.js';

const folder = mkdtempSync(join(tmpdir(), 'loghorn-wishes-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let made = 0;
testSourceWishes('sqlite', () => createSqliteStore(join(folder, `store-${made++}.db`)));
