import { afterAll, expect, test } from 'vitest';
import { createLogFolder } from './input.testkit.js';
import { resolveInputs } from './resolve-inputs.js';
import { splitTimeMs } from './split-time.js';

const folder = createLogFolder();
afterAll(() => folder.remove());

test('the share is of the time, not of the lines, and ends on the grid', async () => {
  const line = (time: string): string => `{"ts":"2026-03-02T${time}Z","service":"api","msg":"ok"}\n`;
  const path = folder.write('a.ndjson', ['10:00:00', '10:00:01', '10:00:02', '10:10:40'].map(line).join(''));

  const splitMs = await splitTimeMs(resolveInputs([path]), 0.5, 30_000);

  expect(new Date(splitMs).toISOString()).toBe('2026-03-02T10:05:30.000Z');
});
