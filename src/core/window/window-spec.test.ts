import { expect, test } from 'vitest';
import { checkWindowSpec, DEFAULT_WINDOW_SPEC, type WindowSpec } from './window-spec.js';

test('the default is a spec that can be', () => {
  expect(checkWindowSpec(DEFAULT_WINDOW_SPEC)).toBe(DEFAULT_WINDOW_SPEC);
});

test.each<[Partial<WindowSpec>, string]>([
  [{ windowMs: 0 }, 'windowMs must be a whole number above 0, got 0'],
  [{ hopMs: 1.5 }, 'hopMs must be a whole number above 0, got 1.5'],
  [{ hopMs: 7000 }, 'windowMs (30000) must be a whole multiple of hopMs (7000)'],
  [{ allowedLatenessMs: -1 }, 'allowedLatenessMs must be a whole number of at least 0, got -1'],
  [{ correctionMs: Number.NaN }, 'correctionMs must be a whole number of at least 0, got NaN'],
  [{ maxSilenceMs: 20_000 }, 'maxSilenceMs (20000) must be at least windowMs (30000)'],
  [{ maxJumpMs: 86_400_000 }, 'maxJumpMs (86400000) must be two windows above maxSilenceMs'],
  [{ groupBy: 'host' as 'all' }, "groupBy must be 'service' or 'all', got 'host'"],
])('a spec with %j is refused by the name of its field', (change, sentence) => {
  expect(() => checkWindowSpec({ ...DEFAULT_WINDOW_SPEC, ...change })).toThrow(sentence);
});

test('a window longer than a day needs a longer silence and says so', () => {
  const twoDaysMs = 2 * 86_400_000;

  expect(() => checkWindowSpec({ ...DEFAULT_WINDOW_SPEC, windowMs: twoDaysMs, hopMs: twoDaysMs })).toThrow(
    'maxSilenceMs (86400000) must be at least windowMs (172800000)',
  );
});
