import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { createTimeGate, passGate, type TimeGate } from './time-gate.js';

const dayMs = 86_400_000;
const nowMs = Date.UTC(2026, 0, 5);
const in1970Ms = 5000;
const in2100Ms = Date.UTC(2100, 0, 1);

/** Passes the times one after the other; the item of each is its place. */
function pass(gate: TimeGate<number>, timesMs: readonly number[]) {
  return timesMs.map((timeMs, item) => {
    const { admitted, jumped, refused } = passGate(gate, timeMs, item, 7 * dayMs);
    return { admitted: admitted.map((each) => each.item), jumped, refused };
  });
}

test('a single record from 1970 or 2100 waits and is refused by the next one', () => {
  const gate = createTimeGate<number>();

  const verdicts = pass(gate, [nowMs, in2100Ms, nowMs + 1000, in1970Ms, nowMs + 2000]);

  expect(verdicts).toEqual([
    { admitted: [0], jumped: false, refused: [] },
    { admitted: [], jumped: false, refused: [] },
    { admitted: [2], jumped: false, refused: [1] },
    { admitted: [], jumped: false, refused: [] },
    { admitted: [4], jumped: false, refused: [3] },
  ]);
  expect(gate.maxEventTimeMs).toBe(nowMs + 2000);
});

test('three records near each other move the clock, backwards too', () => {
  const gate = createTimeGate<number>();

  const verdicts = pass(gate, [in2100Ms, nowMs, nowMs + 2000, nowMs + 1000]);

  expect(verdicts[3]).toEqual({ admitted: [1, 2, 3], jumped: true, refused: [] });
  expect(gate.maxEventTimeMs).toBe(nowMs + 2000);
  expect(gate.waiting).toEqual([]);
});

test('far records that contradict each other prove nothing', () => {
  const gate = createTimeGate<number>();

  const verdicts = pass(gate, [nowMs, in1970Ms, in2100Ms, in1970Ms, in2100Ms]);

  expect(verdicts.map(({ refused }) => refused)).toEqual([[], [], [1], [2], [3]]);
  expect(gate.maxEventTimeMs).toBe(nowMs);
});

test('a source that comes back within the limit is believed at once', () => {
  const [, back] = pass(createTimeGate<number>(), [nowMs, nowMs + 7 * dayMs]);

  expect(back).toEqual({ admitted: [1], jumped: false, refused: [] });
});

test('a source that writes once a month is believed from its fourth record on, and those before with it', () => {
  const gate = createTimeGate<number>();
  const months = Array.from({ length: 8 }, (_, n) => nowMs + n * 30 * dayMs);

  const verdicts = pass(gate, months);

  expect(verdicts.map(({ admitted }) => admitted)).toEqual([[0], [], [], [1, 2, 3], [4], [5], [6], [7]]);
  expect(verdicts.flatMap(({ refused }) => refused)).toEqual([]);
});

test('a month in which the job writes twice is no contradiction', () => {
  const twice = [1, 2, 3].flatMap((n) => [nowMs + n * 30 * dayMs, nowMs + n * 30 * dayMs + 5000]);

  const verdicts = pass(createTimeGate<number>(), [nowMs, ...twice]);

  expect(verdicts.flatMap(({ admitted }) => admitted)).toEqual([0, 1, 2, 3, 4, 5, 6]);
});

test('one holiday makes no habit of being quiet', () => {
  const backMs = nowMs + 30 * dayMs;

  const verdicts = pass(createTimeGate<number>(), [
    nowMs,
    backMs,
    backMs + 1,
    backMs + 2,
    backMs + 60 * dayMs,
  ]);

  expect(verdicts.map(({ admitted }) => admitted)).toEqual([[0], [], [], [1, 2, 3], []]);
});

test('what is quiet for a month is not believed after three', () => {
  const months = [0, 1, 2, 3].map((n) => nowMs + n * 30 * dayMs);

  const [late] = pass(createTimeGate<number>(), [...months, nowMs + 183 * dayMs]).slice(-1);

  expect(late).toEqual({ admitted: [], jumped: false, refused: [] });
});

test('however rarely a source writes, at most two records wait at the end, and a clock that slips is not believed', () => {
  const arbQuietMs = fc.oneof(
    fc.integer({ min: 0, max: 60_000 }),
    fc.integer({ min: 8 * dayMs, max: 399 * dayMs }),
  );
  fc.assert(
    fc.property(fc.array(arbQuietMs, { minLength: 1, maxLength: 40 }), (quietsMs) => {
      let timeMs = nowMs;
      const gate = createTimeGate<number>();

      const verdicts = pass(gate, [timeMs, ...quietsMs.map((quietMs) => (timeMs += quietMs))]);

      const admitted = verdicts.flatMap((verdict) => verdict.admitted);
      expect(admitted).toEqual(admitted.map((_, index) => index));
      expect(verdicts.flatMap(({ refused }) => refused)).toEqual([]);
      expect(gate.waiting.length).toBe(quietsMs.length + 1 - admitted.length);
      expect(gate.waiting.length).toBeLessThan(3);
    }),
  );
});

test('no more than two records at a time that slipped by decades are ever believed', () => {
  const in2099Ms = Date.UTC(2099, 0, 1);
  const arbSteps = fc.array(
    fc.record({
      quietMs: fc.oneof(fc.integer({ min: 0, max: 60_000 }), fc.integer({ min: 8 * dayMs, max: 99 * dayMs })),
      slips: fc.constantFrom(0, 0, 0, 1, 2),
      toMs: fc.constantFrom(in1970Ms, in2099Ms, in2100Ms),
    }),
    { minLength: 1, maxLength: 40 },
  );
  fc.assert(
    fc.property(arbSteps, (steps) => {
      let timeMs = nowMs;
      const timesMs = [
        nowMs,
        ...steps.flatMap(({ quietMs, slips, toMs }) => {
          timeMs += quietMs;
          return [timeMs, ...Array.from({ length: slips }, (_, i) => toMs + i)];
        }),
      ];
      const gate = createTimeGate<number>();

      const admitted = pass(gate, timesMs).flatMap((verdict) => verdict.admitted);

      for (const index of admitted) {
        expect(timesMs[index]).toBeGreaterThanOrEqual(nowMs);
        expect(timesMs[index]).toBeLessThanOrEqual(timeMs);
      }
    }),
  );
});
