import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { createWallClock } from '../clock.js';
import { testReader } from '../dashboard/reader.testkit.js';
import { openDesk } from './open-desk.js';
import { openReader } from './open-reader.js';
import { openStore } from './open-store.js';

const folder = mkdtempSync(join(tmpdir(), 'loghorn-reader-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let made = 0;
const options = { clock: createWallClock(), create: true, onWarning: () => {} };

testReader('sqlite', async () => {
  const address = { kind: 'sqlite', path: join(folder, `${made++}.db`) } as const;
  return {
    store: await openStore(address, options),
    reader: await openReader(address, options),
    desk: await openDesk(address, options),
  };
});
