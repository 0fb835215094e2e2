import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { createWallClock } from '../clock.js';
import type { Desk } from '../desk/desk.js';
import { testDesk } from '../desk/desk.testkit.js';
import { openDesk } from './open-desk.js';
import { openStore } from './open-store.js';

const folder = mkdtempSync(join(tmpdir(), 'loghorn-desk-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let made = 0;
const options = { clock: createWallClock(), create: true, onWarning: () => {} };
const openAt = async (path: string): Promise<Desk> => openDesk({ kind: 'sqlite', path }, options);

testDesk('sqlite', async () => openAt(join(folder, `${made++}.db`)));

test('what one desk writes another reads, and a store lies beside them', async () => {
  const path = join(folder, 'shared.db');
  const store = await openStore({ kind: 'sqlite', path }, options);
  const [one, other] = [await openAt(path), await openAt(path)];

  const note = await one.note({ alertId: 'a', action: { type: 'acknowledged' }, who: 'kim', atMs: 1 });
  const second = await other.note({ ...note, action: { type: 'unacknowledged' } });

  expect(await one.notes({})).toEqual([note, second]);
  for (const each of [store, one, other]) await each.close();
});

test('a store in memory has no desk beside it', async () => {
  await expect(openDesk({ kind: 'memory' }, options)).rejects.toThrow(/keep results in sqlite:PATH/);
});
