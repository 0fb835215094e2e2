import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { testRetention } from '../store/retention.testkit.js';
import { createSqliteStore } from './sqlite-store.js';

const folder = mkdtempSync(join(tmpdir(), 'loghorn-prune-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let made = 0;
testRetention('sqlite', () => createSqliteStore(join(folder, `store-${made++}.db`)));
