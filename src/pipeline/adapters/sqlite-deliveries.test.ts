import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { testDeliveries } from '../sinks/deliveries.testkit.js';
import { createSqliteStore } from './sqlite-store.js';

const folder = mkdtempSync(join(tmpdir(), 'loghorn-deliveries-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let made = 0;
const freshPath = (): string => join(folder, `store-${made++}.db`);

testDeliveries(
  'sqlite',
  () => createSqliteStore(freshPath()),
  async (store) => {
    await store.close();
    return createSqliteStore(join(folder, `store-${made - 1}.db`));
  },
);
