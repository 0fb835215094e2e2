import { expect, test } from 'vitest';
import { requireOrSkip } from './require.testkit.js';

const unsaid = (sentence: string): never => {
  throw new Error(`nothing was to be said, got: ${sentence}`);
};

test('what is there is used, required or not', () => {
  for (const required of ['', 'kafka', 'kafka,browser'])
    expect(requireOrSkip('kafka', true, 'start one', { required, say: unsaid })).toBe(true);
});

test('what is missing is skipped with a line that says what to do', () => {
  const said: string[] = [];

  const canRun = requireOrSkip('browser', false, 'apt install chromium', {
    required: 'kafka,postgres',
    say: (sentence) => void said.push(sentence),
  });

  expect(canRun).toBe(false);
  expect(said).toEqual(['SKIPPED: the tests that need browser; to enable them: apt install chromium\n']);
});

test('what is missing and required fails, saying what to do', () => {
  expect(() =>
    requireOrSkip('jupyter', false, 'pip install nbclient', { required: 'browser,jupyter', say: unsaid }),
  ).toThrow('LOGHORN_REQUIRE wants jupyter, which is missing; to enable its tests: pip install nbclient');
});

test('a misspelt requirement fails instead of requiring nothing', () => {
  expect(() => requireOrSkip('kafka', true, 'start one', { required: 'kafak', say: unsaid })).toThrow(
    'LOGHORN_REQUIRE must list some of kafka, postgres, browser, jupyter, alertmanager, got "kafak"',
  );
});
