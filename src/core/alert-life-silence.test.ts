import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { AlertLifeState } from './alert-life-state.js';
import { createAlertLife } from './alert-life.js';
import { arbRuns, feed, hopMs, line, moved, options, row, told } from './alert-life.testkit.js';
import type { WindowRow } from './score-window.js';

/** `.` quiet, `!` alerting for silence, `_` without a record and below the threshold, `E` errors. */
const drawn = (picture: string, from = 0): WindowRow[] =>
  Array.from(picture, (mark, index) => {
    const n = from + index;
    if (mark === '!') return moved(n, { silence: 30 }, [], { records: 0 });
    if (mark === 'E') return moved(n, { critical_excess: 40 }, [line('spike', 'ERROR', 'refused')]);
    return row(n, false, mark === '_' ? { records: 0 } : {});
  });

test('an alert for silence is open for as long as its source says nothing, and over once it speaks again', () => {
  const life = createAlertLife(options);

  expect(told(feed(life, drawn(`..!!!${'_'.repeat(500)}`)))).toEqual(['opened 2–3']);
  expect(told(feed(life, drawn('..', 505)))).toEqual(['resolved 2–505 quiet']);
});

test('windows without a record keep no alert open that is for something else', () => {
  expect(told(feed(createAlertLife(options), drawn('EE____')))).toEqual(['opened 0–1', 'resolved 0–2 quiet']);
});

test('a silence that a record broke has to alert again to keep its alert open', () => {
  expect(told(feed(createAlertLife(options), drawn('!!____.____')))).toEqual([
    'opened 0–1',
    'resolved 0–6 quiet',
  ]);
});

test('a late record within the silence ends it there', () => {
  //  !!______
  //      .       comes late
  const life = createAlertLife(options);
  feed(life, drawn('!!______'));

  const events = feed(life, [row(4, false, { revision: 1 })]);

  expect(told(events)).toEqual(['resolved 0–4 quiet']);
});

test('a late record that takes back all that alerted takes back the alert, however long the silence', () => {
  const events = feed(createAlertLife(options), [...drawn('!____'), row(0, false, { revision: 1 })]);

  expect(told(events)).toEqual(['opened 0–1', 'resolved 0–1 retracted']);
});

const arbPicture = arbRuns(['.', '!', '_', 'E']);

test('law: no alert for silence ends with a window without a record, and a restart anywhere changes nothing', () => {
  fc.assert(
    fc.property(arbPicture, fc.nat(100), (picture, at) => {
      const rows = drawn(picture);
      const whole = feed(createAlertLife(options), rows);
      for (const { type, reason, startMs } of whole) {
        if (type !== 'resolved' || reason !== 'quiet') continue;
        const before = picture.slice(0, startMs / hopMs + 1);
        expect(before).not.toMatch(/!_+$/);
      }

      const first = createAlertLife(options);
      const before = feed(first, rows.slice(0, at));
      const state = first.stateOf('api');
      const states = state ? [['api', JSON.parse(JSON.stringify(state)) as AlertLifeState] as const] : [];
      const after = feed(createAlertLife(options, states), rows.slice(at));
      expect([...before, ...after]).toEqual(whole);
    }),
  );
});
