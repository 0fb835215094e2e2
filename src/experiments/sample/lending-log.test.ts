import { join } from 'node:path';
import { expect, test } from 'vitest';
import { lendingLog } from './lending-log.js';

const SAMPLE = join(import.meta.dirname, '../../../notebooks/sample/lending.log');

test('the sample log that is shipped is what is made here (vitest -u writes it anew)', async () => {
  await expect(lendingLog()).toMatchFileSnapshot(SAMPLE);
});

test('it is small enough to ship, and long enough to learn from', () => {
  const log = lendingLog();

  expect(log.length).toBeLessThan(1_000_000);
  expect(log.split('\n').length).toBeGreaterThan(6000);
});
