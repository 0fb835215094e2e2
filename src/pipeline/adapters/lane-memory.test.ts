import { expect, test } from 'vitest';
import { createHourMemory, type LaneRow } from './lane-memory.js';

const place = (hour: number) => ({ artifact: { name: 'demo', version: '1' }, bucketMs: 60_000, hour });
const row: LaneRow = ['api', null, 0, 0.5, 1, 0, 9];

test('an hour is given back as it was kept, and not once its stamp is another', () => {
  const memory = createHourMemory();
  memory.keep(place(1), 'a', [row]);

  expect(memory.rowsOf(place(1), 'a')).toEqual([row]);
  expect(memory.rowsOf(place(1), 'b')).toBeUndefined();
  expect(memory.rowsOf(place(2), 'a')).toBeUndefined();
  expect(memory.rowsOf({ ...place(1), bucketMs: 30_000 }, 'a')).toBeUndefined();
});

test('where there is no more room the hour goes that was asked for longest ago', () => {
  const memory = createHourMemory(3);
  for (const hour of [1, 2, 3]) memory.keep(place(hour), 'a', [row]);
  memory.rowsOf(place(1), 'a');
  memory.keep(place(1), 'b', [row]);
  memory.keep(place(4), 'a', [row]);

  const kept = [1, 2, 3, 4].filter((hour) => memory.rowsOf(place(hour), hour === 1 ? 'b' : 'a'));
  expect(kept).toEqual([1, 3, 4]);
});
