import { gzipSync } from 'node:zlib';
import { afterAll, expect, test } from 'vitest';
import type { InputOptions } from '../../core/artifact.js';
import { createLogFolder } from '../input/input.testkit.js';
import { resolveInputs } from '../input/resolve-inputs.js';
import { fateTable } from './fate-table.js';
import { type LogLook, lookAtLog } from './look-at-log.js';

const folder = createLogFolder();
afterAll(() => folder.remove());
const look = (name: string, content: string | Uint8Array, input: InputOptions = {}): Promise<LogLook> =>
  lookAtLog(resolveInputs([folder.write(name, content)]), input, 60_000);

const TEXT = [
  'a banner',
  '2026-03-02 10:00:00 INFO [main] App - started',
  '2026-03-02 10:00:20 ERROR [main] App - failed',
  '\tat app.run',
  '2026-03-02 10:01:30 INFO [main] App - stopped',
  '',
].join('\n');

test.each([
  ['app.log', TEXT],
  ['app.log.gz', gzipSync(TEXT)],
])('%s is looked at: format, span, load, and the fate of every line', async (name, content) => {
  const found = await look(name, content);

  expect(found).toMatchObject({ format: 'text', sources: [['app', 3]] });
  expect(found.firstLines[1]).toBe('2026-03-02 10:00:00 INFO [main] App - started');
  expect([found.startMs, found.endMs].map((each) => new Date(each).toISOString().slice(11, 19))).toEqual([
    '10:00:00',
    '10:01:30',
  ]);
  expect(found.load.map(({ counts }) => counts.join(''))).toEqual(['0001010', '0001000']);
  expect(fateTable(found)).toEqual([
    { lines: 4, 'what became of them': 'read as records', 'first of them': null },
    {
      lines: 1,
      'what became of them': 'set aside: no-pattern-match',
      'first of them': `${name}:1: a banner`,
    },
    { lines: 5, 'what became of them': 'all', 'first of them': null },
  ]);
});

test('a time that is not understood is told with what was tried and what to write instead', async () => {
  const lines = Array.from({ length: 30 }, (_, n) => `31/12/2026 10:00:${10 + n} all is well ${n}\n`).join(
    '',
  );

  await expect(look('dates.log', lines)).rejects.toThrow(
    /dates\.log: no known format reads half of the first 30 lines: .*text read 0 .*31\/12\/2026.*set pattern .*timeFormat '%d\/%m\/%Y/,
  );
  const told = await look('dates.log', lines, {
    pattern: '<Date> <Time> <Content>',
    timeFormat: '%d/%m/%Y %H:%M:%S',
  });
  expect(told).toMatchObject({ format: 'pattern', startMs: Date.UTC(2026, 11, 31, 10, 0, 10) });
});

test('a pattern that fits no line is told with the first of them', async () => {
  await expect(look('pattern.log', TEXT, { pattern: '<Level>|<Date> <Time>|<Content>' })).rejects.toThrow(
    /pattern\.log: none of the first 5 lines could be read as 'pattern'; first of them: .*a banner.*set pattern/,
  );
});

test('an empty file is refused in a sentence', async () => {
  await expect(look('empty.log', '')).rejects.toThrow(/empty\.log is empty: name a file with log lines/);
  await expect(look('blank.log', '\n\n')).rejects.toThrow(/blank\.log: no line says anything/);
});

test('a gzip that breaks off is told beside what could be read of it', async () => {
  const lines = Array.from({ length: 4000 }, (_, second) => {
    const time = new Date(1_772_474_400_000 + second * 1000).toISOString();
    return `${time} INFO loan ${(second * 7919) % 4001} opened\n`;
  });
  const whole = gzipSync(lines.join(''));

  const found = await look('part.log.gz', whole.subarray(0, whole.length / 2));

  expect(found.warnings).toHaveLength(1);
  expect(fateTable(found).at(-1)).toMatchObject({
    lines: null,
    'what became of them': expect.stringMatching(/^not read: .*part\.log\.gz.*gzip/),
  });
});
