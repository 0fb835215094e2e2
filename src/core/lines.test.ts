import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { createLineSplitter, looksBinary, type Line, type LineSplitterOptions } from './lines.js';

function split(chunks: readonly Uint8Array[], options: LineSplitterOptions = {}): Line[] {
  const lines: Line[] = [];
  const splitter = createLineSplitter(options);
  for (const chunk of chunks) splitter.push(chunk, (line) => lines.push(line));
  splitter.end((line) => lines.push(line));
  return lines;
}

const texts = (input: string | Uint8Array): string[] => split([Buffer.from(input)]).map((line) => line.text);

/** Cuts bytes at the given places, each into a buffer of its own that is wiped as soon as the next one is asked for. */
function* cut(bytes: Buffer, places: readonly number[]): Generator<Buffer> {
  const sorted = [
    0,
    ...places.map((place) => place % (bytes.length + 1)).sort((a, b) => a - b),
    bytes.length,
  ];
  for (let i = 1; i < sorted.length; i++) {
    const chunk = Buffer.from(bytes.subarray(sorted[i - 1], sorted[i]));
    yield chunk;
    chunk.fill(0x2a);
  }
}

const arbLogBytes = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '\n',
        '\r\n',
        '\r',
        '\uFEFF',
        '2024-01-31 10:11:12 INFO ready',
        'größe=5 日本 😀',
        '\0',
      ),
      fc.string(),
      fc.uint8Array({ maxLength: 8 }).map((bytes) => Buffer.from(bytes)),
    ),
    { maxLength: 40 },
  )
  .map((parts) => Buffer.concat(parts.map((part) => Buffer.from(part))));

test('LF and CRLF end a line; the last one needs no line break', () => {
  expect(split([Buffer.from('one\ntwo\r\n\nfour')])).toEqual([
    { text: 'one', number: 1, endOffsetBytes: 4, isTooLong: false },
    { text: 'two', number: 2, endOffsetBytes: 9, isTooLong: false },
    { text: '', number: 3, endOffsetBytes: 10, isTooLong: false },
    { text: 'four', number: 4, endOffsetBytes: 14, isTooLong: false },
  ]);
  expect(texts('one\n')).toEqual(['one']);
  expect(texts('')).toEqual([]);
});

test('invalid UTF-8 is replaced, NUL is kept, and a byte order mark is left out at the start only', () => {
  expect(texts(Buffer.from([0x61, 0xff, 0x62, 0x0a, 0xc3, 0x0a]))).toEqual(['a\uFFFDb', '\uFFFD']);
  expect(texts('a\0b')).toEqual(['a\0b']);
  expect(texts('\uFEFFa\n\uFEFFb')).toEqual(['a', '\uFEFFb']);
});

test('a line that is too long keeps its first 4,096 characters and the lines around it are whole', () => {
  const lines = split([Buffer.from(`before\n${'é'.repeat(5000)}\nafter`)], { maxLineBytes: 9999 });

  expect(lines.map((line) => line.text)).toEqual(['before', 'é'.repeat(4096), 'after']);
  expect(lines.map((line) => line.isTooLong)).toEqual([false, true, false]);
  expect(lines.at(-1)?.endOffsetBytes).toBe(7 + 10_001 + 5);
});

test('a single line of 100 MB takes no memory to speak of', () => {
  const chunk = Buffer.alloc(65_536, 'x');
  const splitter = createLineSplitter();
  const lines: Line[] = [];
  const before = process.memoryUsage().arrayBuffers;
  for (let i = 0; i < 1600; i++) splitter.push(chunk, (line) => lines.push(line));
  const grown = process.memoryUsage().arrayBuffers - before;
  splitter.end((line) => lines.push(line));

  expect(grown).toBeLessThan(50_000_000);
  expect(lines).toEqual([
    { text: 'x'.repeat(4096), number: 1, endOffsetBytes: 104_857_600, isTooLong: true },
  ]);
});

test('the cut into chunks changes nothing, whatever the bytes', () => {
  fc.assert(
    fc.property(arbLogBytes, fc.array(fc.nat()), fc.integer({ min: 0, max: 40 }), (bytes, places, max) => {
      const whole = split([bytes], { maxLineBytes: max });
      const lines: Line[] = [];
      const splitter = createLineSplitter({ maxLineBytes: max });
      for (const chunk of cut(bytes, places)) splitter.push(chunk, (line) => lines.push(line));
      splitter.end((line) => lines.push(line));
      expect(lines).toEqual(whole);
    }),
  );
});

test('every byte is accounted for and every line is where it says', () => {
  fc.assert(
    fc.property(arbLogBytes, (bytes) => {
      const lines = split([bytes]);
      expect(lines.at(-1)?.endOffsetBytes ?? 0).toBe(bytes.length);
      let start = 0;
      for (const line of lines) {
        const raw = bytes.toString('utf8', start, line.endOffsetBytes).replace(/\r?\n$|\r$/, '');
        expect(line.text).toBe(start === 0 ? raw.replace(/^\uFEFF/, '') : raw);
        start = line.endOffsetBytes;
      }
    }),
  );
});

test('a second splitter goes on where the first one stood', () => {
  fc.assert(
    fc.property(arbLogBytes, fc.nat(), (bytes, place) => {
      const cutAt = place % (bytes.length + 1);
      const lines: Line[] = [];
      const first = createLineSplitter();
      first.push(bytes.subarray(0, cutAt), (line) => lines.push(line));
      const from = first.position();
      lines.push(...split([bytes.subarray(from.offsetBytes)], { from }));
      expect(lines).toEqual(split([bytes]));
    }),
  );
});

test('binary files and UTF-16 are told from logs', () => {
  expect(looksBinary(Buffer.from('2024-01-31 \u001b[32mINFO\u001b[0m größe\n'))).toBeUndefined();
  expect(looksBinary(Buffer.from(`one\n${'\0'.repeat(20)}${'a log line\n'.repeat(50)}`))).toBeUndefined();
  expect(looksBinary(new Uint8Array())).toBeUndefined();
  expect(looksBinary(Buffer.from('\uFEFFhello', 'utf16le'))).toBe('utf-16');
  expect(looksBinary(Buffer.from('hello, world', 'utf16le'))).toBe('utf-16');
  expect(looksBinary(Buffer.from('7f454c4602010100000000000000000003003e0001000000', 'hex'))).toBe('binary');
  expect(looksBinary(Buffer.from(Array.from({ length: 256 }, (_, i) => i)))).toBe('binary');
});
