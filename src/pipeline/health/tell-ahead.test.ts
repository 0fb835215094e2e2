import { expect, test } from 'vitest';
import { DEFAULT_WINDOW_SPEC } from '../../core/window/window-spec.js';
import { createTestClock } from '../consume/consume.testkit.js';
import { tellAhead } from './tell-ahead.js';

const NOON_MS = Date.UTC(2026, 2, 3, 12);
const at = (source: string, maxEventTimeMs: number) => [
  { source, windows: { gate: { maxEventTimeMs } }, alertLife: null },
];

test('a clock that was hours ahead is told once, with what becomes of the records, and again after it was right', () => {
  const clock = createTestClock(NOON_MS);
  const said: string[] = [];
  const look = tellAhead(clock, DEFAULT_WINDOW_SPEC, (sentence) => said.push(sentence));

  look(at('web', NOON_MS));
  look(at('web', NOON_MS + 3 * 3_600_000));
  look(at('web', NOON_MS + 3 * 3_600_000));
  clock.set(NOON_MS + 3 * 3_600_000);
  look(at('web', NOON_MS + 3 * 3_600_000));
  look(at('web', NOON_MS + 6 * 3_600_000));

  expect(said).toHaveLength(2);
  expect(said[0]).toContain('the clock of web was 3.0 h ahead: a record says 2026-03-03T15:00:00.000Z');
  expect(said[0]).toContain('counted as late');
});

test('what still corrects its window is not told, and neither is a source that is behind', () => {
  const said: string[] = [];
  const look = tellAhead(createTestClock(NOON_MS), DEFAULT_WINDOW_SPEC, (sentence) => said.push(sentence));

  look(at('web', NOON_MS + 300_000));
  look(at('web', NOON_MS - 86_400_000));
  look([{ source: 'api', windows: null, alertLife: null }]);

  expect(said).toEqual([]);
});
