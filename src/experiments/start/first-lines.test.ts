import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { copyFirstLines, countLines } from './first-lines.js';

const folder = mkdtempSync(join(tmpdir(), 'loghorn-first-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const path = join(folder, 'app.log');
const firstPath = join(folder, 'first.log');

test('the first part is counted in lines, whatever the last ones weigh', async () => {
  const lines = Array.from({ length: 100 }, (_, n) => `line ${n}\n`);
  writeFileSync(path, lines.join('') + `${'x'.repeat(3 << 20)}\n`.repeat(3));

  const position = await copyFirstLines(path, 72, Infinity, firstPath);

  expect(await countLines(path, Infinity)).toBe(103);
  const first = lines.slice(0, 72).join('');
  expect(position).toEqual({ lines: 72, offsetBytes: first.length });
  expect(readFileSync(firstPath, 'utf8')).toBe(first);
});

test('law: what is copied are the first lines to the byte, and the position is behind them', async () => {
  const arbLines = fc.array(fc.string({ unit: fc.constantFrom('a', ' ', 'é', '{'), maxLength: 12 }), {
    maxLength: 20,
  });
  await fc.assert(
    fc.asyncProperty(
      arbLines,
      fc.boolean(),
      fc.nat(22),
      fc.integer({ min: 1, max: 300 }),
      async (lines, isOpenEnded, mostLines, mostBytes) => {
        const text = lines.join('\n') + (isOpenEnded || lines.length === 0 ? '' : '\n');
        writeFileSync(path, text);

        const position = await copyFirstLines(path, mostLines, mostBytes, firstPath);

        const whole = text.split(/(?<=\n)/).filter((line) => line !== '');
        const wanted: string[] = [];
        let bytes = 0;
        for (const line of whole.slice(0, mostLines)) {
          if (bytes >= mostBytes) break;
          wanted.push(line);
          bytes += Buffer.byteLength(line);
        }
        expect(readFileSync(firstPath, 'utf8')).toBe(wanted.join(''));
        expect(position).toEqual({
          lines: wanted.filter((line) => line.endsWith('\n')).length,
          offsetBytes: bytes,
        });
        expect(await countLines(path, Infinity)).toBe(whole.length);
      },
    ),
  );
});
