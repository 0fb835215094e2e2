import { expect, test } from 'vitest';
import { describeUnheeded } from './prepare-demo.js';

const MADE = { seed: 'demo', recordsPerSecond: 5 };

test('what changes nothing is named, with what the demo has and what to do', () => {
  const sentence = describeUnheeded({ seed: 'other', recordsPerSecond: 9 }, MADE, ['data/demo']);

  expect(sentence).toBe(
    '--seed other and --rate 9 change nothing: the demo that is there goes on with seed demo and 5 records a second; for another one give --data another folder, or delete data/demo',
  );
});

test('what nobody asked for, or what is so anyway, is not told', () => {
  expect(describeUnheeded({}, { seed: 'demo', recordsPerSecond: 3 }, [])).toBeUndefined();
  expect(describeUnheeded({ seed: 'demo', recordsPerSecond: 5 }, MADE, [])).toBeUndefined();
});
