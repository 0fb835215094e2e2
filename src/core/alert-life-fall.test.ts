import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { AlertLifeState } from './alert-life-state.js';
import type { ArtifactTerms } from './alert-life-terms.js';
import { createAlertLife } from './alert-life.js';
import { arbRuns, feed, hopMs, line, moved, options, row, told } from './alert-life.testkit.js';
import type { WindowRow } from './score-window.js';

const USUAL = 100;
const LOW = 6;
const HIGH = 90;

/** Window number `n`, alerting because the last three held next to nothing. */
function fallen(n: number, amount = 30, changes: Partial<WindowRow> = {}): WindowRow {
  const alerting = moved(n, { fall: amount, volume_excess: 40 - amount }, [], { records: LOW, ...changes });
  const fall = { records: 3 * LOW, usual: 3 * USUAL, spanMs: 3 * hopMs };
  return { ...alerting, explanation: { ...alerting.explanation!, fall } };
}

/**
 * `-` as usual, `!` alerting for a fall, `h` the score of one held though it is over, `_` low and below the threshold, `0`
 * without a record, `E` errors, as many as usual.
 */
const drawn = (picture: string, from = 0): WindowRow[] =>
  Array.from(picture, (mark, index) => {
    const n = from + index;
    if (mark === '!') return fallen(n);
    if (mark === 'h') return fallen(n, 30, { records: HIGH });
    if (mark === 'E')
      return moved(n, { critical_excess: 40 }, [line('spike', 'ERROR', 'refused')], { records: HIGH });
    return row(n, false, { records: mark === '_' ? LOW : mark === '0' ? 0 : HIGH });
  });

test('an alert for a fall is open for as long as its source says so little, and over after two windows that hold more', () => {
  const life = createAlertLife(options);

  expect(told(feed(life, drawn(`--!!!${'_'.repeat(500)}`)))).toEqual(['opened 2–3']);
  expect(told(feed(life, drawn('-_-_0_-', 505)))).toEqual([]);
  expect(told(feed(life, drawn('-', 512)))).toEqual(['resolved 2–511 quiet']);
});

test('half of what is usual is still low, more is not', () => {
  const holding = (records: number): WindowRow[] => [1, 2, 3].map((n) => row(n, false, { records }));

  expect(told(feed(createAlertLife(options), [fallen(0), ...holding(USUAL / 2)]))).toEqual(['opened 0–1']);
  expect(told(feed(createAlertLife(options), [fallen(0), ...holding(USUAL / 2 + 1)]))).toEqual([
    'opened 0–1',
    'resolved 0–1 quiet',
  ]);
});

test('what is low after the end of a fall has to alert again', () => {
  expect(told(feed(createAlertLife(options), drawn('!!__--___!__--')))).toEqual([
    'opened 0–1',
    'resolved 0–4 quiet',
    'opened 0–10 reopened',
    'resolved 0–12 quiet',
  ]);
});

test('something milder behind a fall is another alert, and the fall is told to be over', () => {
  const busy = (n: number): WindowRow =>
    moved(n, { count_excess: 30 }, [line('spike', 'INFO', 'cache filled')], { records: 2 * USUAL });

  expect(told(feed(createAlertLife(options), [...drawn('!!!--'), busy(5)]))).toEqual([
    'opened 0–1',
    'resolved 0–3 quiet',
    'opened 5–6',
  ]);
  expect(told(feed(createAlertLife(options), [...drawn('!!!-'), busy(4), ...drawn('--', 5)]))).toEqual([
    'opened 0–1',
    'resolved 0–3 quiet',
    'opened 4–5',
    'resolved 4–5 quiet',
  ]);
});

test('low windows keep no alert open that is for something else', () => {
  expect(told(feed(createAlertLife(options), drawn('EE____')))).toEqual(['opened 0–1', 'resolved 0–2 quiet']);
});

test('a fall that is less than half of the reason keeps no alert open', () => {
  const events = feed(createAlertLife(options), [fallen(0, 19), ...drawn('____', 1)]);

  expect(told(events)).toEqual(['opened 0–1', 'resolved 0–1 quiet']);
});

test('a score that is held though its fall is over neither keeps an alert open nor opens one again', () => {
  expect(told(feed(createAlertLife(options), drawn('!!__hhhhhh')))).toEqual([
    'opened 0–1',
    'resolved 0–4 quiet',
  ]);
  expect(told(feed(createAlertLife(options), drawn('!!h!_hh__')))).toEqual([
    'opened 0–1',
    'resolved 0–5 quiet',
  ]);
});

test('a fall to nothing is over as one to next to nothing is, though what is held of it last is silence', () => {
  const held = [4, 5].map((n) => moved(n, { silence: 40 }, [], { records: HIGH }));

  expect(told(feed(createAlertLife(options), [...drawn('!!--'), ...held]))).toEqual([
    'opened 0–1',
    'resolved 0–2 quiet',
  ]);
});

test('what would alert without the fall does so when that is over', () => {
  const held = [1, 2, 3].map((n) => fallen(n, 21, { records: HIGH }));

  expect(told(feed(createAlertLife(options), [fallen(0, 21), ...held, ...drawn('--', 4)]))).toEqual([
    'opened 0–1',
    'resolved 0–4 quiet',
  ]);
});

test('windows that are missing end it as windows do that hold more', () => {
  expect(told(feed(createAlertLife(options), [...drawn('!__'), ...drawn('_', 4)]))).toEqual(['opened 0–1']);
  expect(told(feed(createAlertLife(options), [...drawn('!__'), ...drawn('_', 5)]))).toEqual([
    'opened 0–1',
    'resolved 0–3 quiet',
  ]);
});

test('late records that lift two windows in a row end it there, those that lift one do not', () => {
  const lifted = (n: number): WindowRow => row(n, false, { revision: 1, records: HIGH });
  const life = createAlertLife(options);
  feed(life, drawn('!!______'));

  expect(told(feed(life, [lifted(3)]))).toEqual([]);
  expect(told(feed(life, [lifted(5)]))).toEqual([]);
  expect(told(feed(life, [lifted(4)]))).toEqual(['resolved 0–3 quiet']);
});

test('late records that leave a window low change nothing', () => {
  const life = createAlertLife(options);
  feed(life, drawn('!!______'));

  expect(told(feed(life, [row(3, false, { revision: 1, records: LOW + 1 })]))).toEqual([]);
});

test('a late record that lifts the last low window brings the end forward', () => {
  const life = createAlertLife(options);
  feed(life, drawn('!!____-'));
  feed(life, [row(5, false, { revision: 1, records: HIGH })]);

  expect(life.stateOf('api')!.open).toBeNull();
  expect(life.stateOf('api')!.lately!.at(-1)!.fall!.untilMs).toBe(4 * hopMs);
});

test('late records that take back all that alerted take back the alert, however long the fall', () => {
  const lifted = row(0, false, { revision: 1, records: HIGH });

  const events = feed(createAlertLife(options), [...drawn('!____'), lifted]);

  expect(told(events)).toEqual(['opened 0–1', 'resolved 0–1 retracted']);
});

test('a fall is grave: within a day it becomes no level, after that it does', () => {
  const dayWindows = 86_400_000 / hopMs;
  const life = createAlertLife(options);

  expect(told(feed(life, drawn(`!!${'_'.repeat(dayWindows - 2)}`)))).toEqual(['opened 0–1']);
  expect(told(feed(life, drawn('__', dayWindows)))).toEqual([`resolved 0–${dayWindows + 1} absorbed`]);
});

test('what became the level keeps no later alert open', () => {
  const soon = createAlertLife({ ...options, correctionMs: 0, absorbGraveAfterMs: 4 * hopMs });

  expect(told(feed(soon, drawn('!!____EE!__')))).toEqual([
    'opened 0–1',
    'resolved 0–5 absorbed',
    'opened 6–7',
    'resolved 6–8 quiet',
  ]);
});

test('a fall goes on when another artifact takes over that finds nothing strange, and ends with its source', () => {
  const terms = (name: string): ArtifactTerms => ({ name, lines: name, amounts: name });
  const states = new Map<string, AlertLifeState>();
  const [before, after] = ['demo@1', 'demo@2'].map((name) =>
    createAlertLife({ ...options, terms: terms(name) }, states),
  );
  const [opened] = feed(before!, drawn('!!__'));

  expect(told(feed(after!, drawn('____', 4)))).toEqual([]);
  const events = feed(after!, drawn('--', 8));

  expect(told(events)).toEqual(['resolved 0–8 quiet']);
  expect(events[0]!.alertId).toBe(opened!.alertId);
});

const arbPicture = arbRuns(['-', '!', '_', '0', 'h', 'E']);

test('law: an alert for a fall ends only where two windows in a row hold more, and a restart anywhere changes nothing', () => {
  fc.assert(
    fc.property(arbPicture, fc.nat(100), (picture, at) => {
      const rows = drawn(picture);
      const whole = feed(createAlertLife(options), rows);
      for (const { type, reason, startMs } of whole) {
        if (type !== 'resolved' || reason !== 'quiet') continue;
        expect(picture.slice(0, startMs / hopMs + 1)).not.toMatch(/![_0!]*([-hE][_0!]+)*[-hE]?$/);
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

test('law: late records leave the end where it would be had they come in time', () => {
  const lows = fc.array(fc.boolean(), { minLength: 1, maxLength: 9 });
  fc.assert(
    fc.property(lows, fc.infiniteStream(fc.nat(8)), (isLow, order) => {
      // two that alert first: those stay
      const final = [
        ...drawn('!!'),
        ...isLow.map((low, n) => drawn(low ? '_' : '-', n + 2)[0]!),
        ...drawn('_', 11),
      ];
      const inTime = createAlertLife({ ...options, quietWindows: 50 });
      feed(inTime, final);
      const late = createAlertLife({ ...options, quietWindows: 50 });
      feed(late, [...drawn('!!'), ...drawn('_'.repeat(isLow.length), 2), ...drawn('_', 11)]);
      const lifted = final.slice(2, -1).filter(({ records }) => records === HIGH);
      while (lifted.length > 0) {
        const [next] = lifted.splice(order.next().value % lifted.length, 1);
        feed(late, [{ ...next!, revision: 1 }]);
      }

      const endOf = (life: typeof late): unknown => life.stateOf('api')!.open!.fall?.untilMs;
      expect(endOf(late)).toBe(endOf(inTime));
    }),
  );
});
