import { expect, test } from 'vitest';
import { keptWords } from './kept-words.js';

const NOW_MS = Date.UTC(2026, 6, 15, 12);
const DAY_MS = 86_400_000;
const kept = { beforeMs: NOW_MS - 30 * DAY_MS, keepMs: 30 * DAY_MS };

test('a range that begins before the oldest windows says where they begin', () => {
  expect(keptWords(kept, NOW_MS - 40 * DAY_MS, 'UTC', NOW_MS)).toBe(
    'Windows before 15 Jun 12:00 are not all there any more: they are kept for 30 days, their sums by the hour longer.',
  );
  expect(keptWords({ ...kept, keepMs: DAY_MS }, 0, 'UTC', NOW_MS)).toContain('for 1 day,');
  expect(keptWords({ ...kept, keepMs: 1.5 * DAY_MS }, 0, 'UTC', NOW_MS)).toContain('for 36 hours,');
});

test('nothing is said where everything asked for is there', () => {
  expect(keptWords(kept, kept.beforeMs, 'UTC', NOW_MS)).toBeUndefined();
  expect(keptWords(undefined, 0, 'UTC', NOW_MS)).toBeUndefined();
});
