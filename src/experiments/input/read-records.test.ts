import { readdirSync, rmSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import * as fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { LOG_START_MS } from '../../core/log-like.testkit.js';
import type { LogRecord } from '../../core/record.js';
import { createLogFolder, lineOf, readAll, textOf } from './input.testkit.js';
import { readRecords } from './read-records.js';
import { resolveInputs } from './resolve-inputs.js';

const folder = createLogFolder();
afterAll(() => folder.remove());

const record = (second: number, source: string, body = `request ${second} done`): LogRecord => ({
  eventTimeMs: LOG_START_MS + second * 1000,
  source,
  severity: 9,
  body,
});
const bodies = async (...named: string[]): Promise<readonly string[]> =>
  (await readAll(named)).map((read) => (read.ok ? read.record.body : `(${read.reason})`));

test('files that overlap come out as one log, in order of event time', async () => {
  const api = folder.write(
    'overlap/api.log',
    textOf([1, 4, 5].map((second) => record(second, 'api', `a${second}`))),
  );
  const db = folder.write(
    'overlap/db.log',
    textOf([2, 3, 6].map((second) => record(second, 'db', `d${second}`))),
  );

  expect(await bodies(api, db)).toEqual(['a1', 'd2', 'd3', 'a4', 'a5', 'd6']);
});

test('rotated files come out one after the other, however they were named', async () => {
  const newer = folder.write(
    'rotated/app.log',
    textOf([7, 8].map((second) => record(second, 'api', `${second}`))),
  );
  const older = folder.write(
    'rotated/app.log.1',
    textOf([1, 2].map((second) => record(second, 'api', `${second}`))),
  );

  expect(await bodies(newer, older)).toEqual(['1', '2', '7', '8']);
});

test('merging keeps every read, and the order of the lines within each file', async () => {
  // out of order within a file, and with lines that are no records
  const arbLines = fc.array(
    fc.oneof({ weight: 5, arbitrary: fc.nat(60) }, { weight: 1, arbitrary: fc.constant(null) }),
    {
      maxLength: 40,
    },
  );
  let run = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(arbLines, { minLength: 1, maxLength: 4 }), async (files) => {
      const head = `${lineOf(record(0, 'head'))}\n`.repeat(20);
      run++;
      const paths = files.map((lines, file) =>
        folder.write(
          `merge-${run}/f${file}.log`,
          head +
            lines
              .map((second, n) =>
                second === null ? '{broken\n' : `${lineOf(record(second, 's', `${n}`))}\n`,
              )
              .join(''),
        ),
      );

      const reads = await readAll(paths);

      expect(reads).toHaveLength(files.reduce((sum, lines) => sum + 20 + lines.length, 0));
      for (const path of paths) {
        const numbers = reads.flatMap((read) => (read.file === path ? [read.line] : []));
        expect(numbers).toEqual([...numbers].sort((a, b) => a - b));
      }
    }),
    { numRuns: 25 },
  );
});

test('gzip is read as it is', async () => {
  const plain = textOf(Array.from({ length: 500 }, (_, n) => record(n, 'api', `line ${n}`)));
  const path = folder.write('zipped.log.gz', gzipSync(plain));

  expect(await bodies(path)).toEqual(Array.from({ length: 500 }, (_, n) => `line ${n}`));
});

test('a truncated gzip is read as far as it goes, and the user is told', async () => {
  const plain = textOf(Array.from({ length: 5000 }, (_, n) => record(n, 'api', `line ${n} ${Math.sin(n)}`)));
  const zipped = gzipSync(plain);
  const path = folder.write('cut.log.gz', zipped.subarray(0, zipped.length / 2));
  const warnings: string[] = [];

  const reads = await readAll([path], { onWarning: (sentence) => warnings.push(sentence) });

  expect(reads.length).toBeGreaterThan(1000);
  expect(reads.filter((read) => read.ok).length).toBeGreaterThanOrEqual(reads.length - 1);
  expect(warnings).toEqual([expect.stringContaining(`${path} is truncated or damaged gzip`)]);
});

test('a gzip with junk behind it is read whole, and the user is told', async () => {
  const zipped = gzipSync(textOf([record(1, 'api', 'a'), record(2, 'api', 'b')]));
  const path = folder.write('junk.log.gz', Buffer.concat([zipped, Buffer.from('junk behind it')]));
  const warnings: string[] = [];

  const reads = await readAll([path], { onWarning: (sentence) => warnings.push(sentence) });

  expect(reads.map((read) => (read.ok ? read.record.body : read.reason))).toEqual(['a', 'b']);
  expect(warnings).toEqual([
    `${path} is truncated or damaged gzip (what follows is no gzip): read up to line 2, what follows is lost`,
  ]);
});

test('a damaged gzip does not end the reading of the other files', async () => {
  const zipped = Uint8Array.from(gzipSync(textOf([record(1, 'api', 'a')])));
  zipped[20]! ^= 0xff;
  const damaged = folder.write('damaged/a.log.gz', zipped);
  const whole = folder.write('damaged/b.log', textOf([record(2, 'db', 'b')]));

  expect(await bodies(damaged, whole)).toContain('b');
});

test.each([
  ['a binary file', Uint8Array.from({ length: 4000 }, (_, n) => (n * 37) % 256), 'is a binary file'],
  [
    'a zipped binary file',
    gzipSync(Uint8Array.from({ length: 4000 }, (_, n) => (n * 37) % 256)),
    'is a binary file',
  ],
  ['UTF-16', Buffer.from('\ufeffhello world\n'.repeat(40), 'utf16le'), 'is UTF-16: convert it first'],
])('%s is refused with its name', async (what, content, sentence) => {
  const path = folder.write(`${what.replaceAll(' ', '-')}.log`, content);

  await expect(readAll([path])).rejects.toThrow(`${path} ${sentence}`);
});

test('a file that is gone by the time it is read is named in a sentence', async () => {
  const path = folder.write('gone.log', textOf([record(1, 'api')]));
  const files = resolveInputs([path]);
  rmSync(path);

  await expect(readRecords(files, {}, () => {})).rejects.toThrow(`${path} cannot be read (ENOENT`);
});

test.skipIf(process.platform !== 'linux')(
  'of many files that follow each other few are open at a time',
  async () => {
    const long = 'x'.repeat(2000);
    const files = Array.from({ length: 40 }, (_, n) =>
      folder.write(
        `days/${n}.log`,
        textOf(Array.from({ length: 120 }, (_, i) => record(n * 120 + i, 'api', long))),
      ),
    );
    const openAtFirst = readdirSync('/proc/self/fd').length;
    let mostOpen = 0;

    await readRecords(resolveInputs(files), {}, () => {
      mostOpen = Math.max(mostOpen, readdirSync('/proc/self/fd').length);
    });

    expect(mostOpen - openAtFirst).toBeLessThan(10);
  },
);

test('an empty file has no reads', async () => {
  expect(await readAll([folder.write('empty.log', '')])).toEqual([]);
  expect(await readAll([folder.write('empty.log.gz', gzipSync(''))])).toEqual([]);
});

test('CRLF, a byte order mark, NUL bytes and invalid UTF-8 do not hide a record', async () => {
  const lines = [1, 2, 3].map((second) => lineOf(record(second, 'api', `${second}`)));
  const path = folder.write(
    'crlf.log',
    Buffer.concat([
      Buffer.from(`\ufeff${lines[0]}\r\n${lines[1]}\r\n`),
      Buffer.from([0xff, 0xfe, 0x00, 0x0a]),
      Buffer.from(`${lines[2]}`),
    ]),
  );

  const reads = await readAll([path]);

  expect(reads.flatMap((read) => (read.ok ? [read.record.body.slice(0, 1)] : []))).toEqual(['1', '2', '3']);
  expect(reads.reduce((sum, read) => sum + read.lines, 0)).toBe(4);
});

test('a huge line is set aside and counted, and what follows is read', async () => {
  const lines = [1, 2].map((second) => lineOf(record(second, 'api', `${second}`)));
  const path = folder.write('huge.log', `${lines[0]}\n${'x'.repeat(3_000_000)}\n${lines[1]}\n`);

  const reads = await readAll([path]);

  expect(reads.map((read) => (read.ok ? read.record.body : read.reason))).toEqual([
    '1',
    'line-too-long',
    '2',
  ]);
  expect(reads[1]!.lines).toBe(1);
});

test('a stopped reading ends early and without an error', async () => {
  const path = folder.write('long.log', textOf(Array.from({ length: 60_000 }, (_, n) => record(n, 'api'))));
  const stop = new AbortController();
  stop.abort();

  expect(await readAll([path], { signal: stop.signal })).toEqual([]);
});

test('progress ends at the bytes of all files', async () => {
  const paths = ['p/a.log', 'p/b.log'].map((name) =>
    folder.write(name, textOf([record(1, 'api'), record(2, 'api')])),
  );
  const told: number[] = [];

  await readAll(paths, { onProgress: (bytes) => told.push(bytes) });

  expect(told.at(-1)).toBe(2 * Buffer.byteLength(textOf([record(1, 'api'), record(2, 'api')])));
});
