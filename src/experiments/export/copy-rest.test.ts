import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, expect, test } from 'vitest';
import { createLogFolder } from '../input/input.testkit.js';
import { resolveInputs } from '../input/resolve-inputs.js';
import { copyRest } from './copy-rest.js';

const folder = createLogFolder();
afterAll(() => folder.remove());
const TEXT = [
  '2026-03-02 10:00:00 INFO started',
  '2026-03-02 10:00:20 ERROR failed',
  '\tat app.run',
  '2026-03-02 10:00:10 INFO late, and still behind the cut',
  '2026-03-02 10:00:30 INFO stopped',
  '',
].join('\n');
const cutMs = Date.UTC(2026, 2, 2, 10, 0, 15);

test.each([
  ['plain.log', TEXT],
  ['packed.log.gz', gzipSync(TEXT)],
])(
  'the rest of %s begins with the first record behind the cut and keeps its lines',
  async (name, content) => {
    const file = resolveInputs([folder.write(name, content)])[0]!;

    const rest = await copyRest(file, cutMs, join(folder.path, 'rest.log'));

    expect(readFileSync(rest.path, 'utf8')).toBe(TEXT.slice(TEXT.indexOf('2026-03-02 10:00:20')));
  },
);

test('a log that ends before the cut has no rest', async () => {
  const file = resolveInputs([folder.write('short.log', TEXT)])[0]!;

  await expect(copyRest(file, cutMs + 60_000, join(folder.path, 'none.log'))).rejects.toThrow(
    /short\.log ends before 2026-03-02T10:01:15.000Z: leave a part of it out of the fit/,
  );
});
