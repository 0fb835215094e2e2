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
