import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { LogRecord, Read } from '../../core/record.js';
import { createTally, describeTally, type TallySnapshot } from './tally.js';

const record: LogRecord = { eventTimeMs: 1, source: 'api', severity: 9, body: 'x' };
const read = (lines: number): Read & { ok: true } => ({ ok: true, record: { ...record }, line: 1, lines });

const arbSteps = fc.array(
  fc.record({
    lines: fc.integer({ min: 1, max: 30 }),
    fate: fc.constantFrom('scored', 'late', 'implausible-time', 'not-json', 'blank'),
    restart: fc.boolean(),
  }),
);

test('scored, late and set aside add up to the lines and to the records, over restarts too', () => {
  fc.assert(
    fc.property(arbSteps, (steps) => {
      let tally = createTally();
      for (const { lines, fate, restart } of steps) {
        if (fate === 'not-json' || fate === 'blank')
          tally.onRead({ ok: false, reason: fate, line: 1, lines, raw: 'raw' }, 'a.log');
        else {
          const whole = read(lines);
          tally.onRead(whole, 'a.log');
          if (fate !== 'scored') tally.onRefused(whole.record, fate);
        }
        if (restart) tally = createTally(JSON.parse(JSON.stringify(tally.snapshot())) as TallySnapshot);
      }

      const { lines, records, setAsideReasons } = tally.tally();

      const sumOf = (...fates: readonly string[]): number =>
        steps.reduce((sum, step) => sum + (fates.includes(step.fate) ? step.lines : 0), 0);
      expect(lines).toEqual({
        read: sumOf('scored', 'late', 'implausible-time', 'not-json', 'blank'),
        scored: sumOf('scored'),
        late: sumOf('late'),
        setAside: sumOf('implausible-time', 'not-json', 'blank'),
      });
      expect(records.scored + records.late + records.setAside).toBe(records.read);
      expect(Object.values(setAsideReasons).reduce((sum, count) => sum + count, 0)).toBe(lines.setAside);
    }),
  );
});

test('the first line of each reason is kept with its place, so that its tabs can be read', () => {
  const tally = createTally();
  tally.onRead({ ok: false, reason: 'not-json', line: 7, lines: 1, raw: 'first\tof\u001b' }, 'a.log');
  tally.onRead({ ok: false, reason: 'not-json', line: 9, lines: 1, raw: 'second' }, 'a.log');

  expect(tally.tally().examples).toEqual({ 'not-json': 'a.log:7: first\\tof\\x1b' });
});

test('a person reads one line', () => {
  const tally = createTally();
  for (let n = 0; n < 1500; n++) tally.onRead(read(1), 'a.log');
  tally.onRead({ ok: false, reason: 'not-json', line: 7, lines: 2, raw: 'x' }, 'a.log');

  expect(describeTally(tally.tally())).toBe(
    '1,502 lines read: 1,500 scored, 0 late, 2 set aside (not-json 2)',
  );
});
