import { expect, test } from 'vitest';
import { alertNotebook } from './alert-notebook.js';
import type { AlertNotebook } from './notebook-alert.js';

const deleted: AlertNotebook = {
  alert: { alertId: 'a1', source: 'api', headline: 'errors', sinceMs: 0, untilMs: 60_000, threshold: 0.9 },
  artifact: { name: 'demo', version: 'v1' },
  lines: undefined,
  logPath: undefined,
  keptFor: '30d',
  hasRows: false,
  fromMs: 0,
  untilMs: 60_000,
  packedRows: '',
  packedModel: '',
};

test('where lines and windows were deleted it says so, and promises nothing', () => {
  const text = alertNotebook(deleted);

  expect(text).toMatch(/Not all lines .* deleted with their windows after 30d/);
  expect(text).toMatch(/windows that the stream stored were deleted.* kept for 30d/);
  expect(text).not.toContain('checkSameBits(stored');
});

test('without a log file, lines that are missing promise nothing', () => {
  const text = alertNotebook({ ...deleted, keptFor: undefined, hasRows: true });

  expect(text).toMatch(/Not all lines .* after a restart/);
  expect(text).not.toMatch(/were deleted/);
  expect(text).not.toContain('checkSameBits(stored');
});
