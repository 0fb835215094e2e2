import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { createWallClock } from '../clock.js';
import { openSqliteSql } from '../adapters/sqlite-sql.js';
import type { Desk, NewNote, NewSilence } from '../desk/desk.js';
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

test('a store that breaks at the third of three keeps none of them', async () => {
  const path = join(folder, 'breaks.db');
  const desk = await openAt(path);
  const sql = openSqliteSql(path, false);
  await sql.write(
    `CREATE TRIGGER breaks BEFORE INSERT ON desk WHEN NEW.alert_id = 'c' OR json_extract(NEW.entry, '$.reason') = 'c'
      OR NEW.silence_id = 3 BEGIN SELECT RAISE(ABORT, 'the disk is gone'); END`,
    [],
  );
  const noteOf = (alertId: string): NewNote => ({
    alertId,
    action: { type: 'acknowledged' },
    who: 'kim',
    atMs: 1,
  });
  const silenceOf = (reason: string): NewSilence => ({
    match: { source: 'api' },
    fromMs: 0,
    untilMs: 9,
    cause: 'silence',
    reason,
    who: 'kim',
    atMs: 1,
  });
  const broken = /the disk is gone/;

  await expect(desk.noteAll(['a', 'b', 'c'].map(noteOf))).rejects.toThrow(broken);
  await expect(desk.addSilences(['a', 'b', 'c'].map(silenceOf))).rejects.toThrow(broken);
  expect([await desk.notes({}), await desk.silences({})]).toEqual([[], []]);

  const added = await desk.addSilences(['a', 'b', 'd'].map(silenceOf));
  await expect(desk.liftSilences([1, 2, 3], 'ann', 2)).rejects.toThrow(broken);
  expect(await desk.silences({})).toEqual(added);
  for (const each of [sql, desk]) await each.close();
});

test('a store in memory has no desk beside it', async () => {
  await expect(openDesk({ kind: 'memory' }, options)).rejects.toThrow(/keep results in sqlite:PATH/);
});
