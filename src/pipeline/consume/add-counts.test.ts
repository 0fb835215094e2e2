import { expect, test } from 'vitest';
import { addCounts } from './add-counts.js';
import { createCounter, withoutApart } from './counts.js';

const read = (source: string, lines = 1) =>
  ({
    ok: true,
    record: { eventTimeMs: 0, source, severity: 9, body: 'served' },
    line: 1,
    lines,
  }) as const;

test('counts of several streams add up, those that are told apart among them', () => {
  const first = createCounter(undefined, (source) => source === 'nest');
  for (const each of [read('api'), read('nest'), read('api', 3)]) first.onRead(each);
  first.onAlert({ source: 'api', type: 'opened' });
  first.onLost(7);
  const second = createCounter();
  const late = read('db');
  second.onRead(late);
  second.onRefused(late.record, 'late');

  const sum = addCounts([first.counts(3), second.counts(0)]);

  expect(sum.records).toEqual({ read: 4, scored: 3, late: 1, setAside: 0, waiting: 0 });
  expect(sum.lines.read).toBe(6);
  expect(sum).toMatchObject({ alertsOpened: 1, lost: 7, deadLetters: { late: 1 } });
  expect(withoutApart(sum).records.read).toBe(3);
});

test('no stream has no counts', () => {
  expect(addCounts([]).records).toEqual({ read: 0, scored: 0, late: 0, setAside: 0, waiting: 0 });
});
