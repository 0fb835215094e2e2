import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { createBodyScanner } from './body-scanner.js';
import { VALUE } from './byte-classes.js';
import { canonicalText } from './canonical-text.js';
import { hashShape, hashToken, VALUE_HASH } from './shape-hash.js';
import { scanShape, type ShapeToken } from './shape.js';
import { arbBody, arbLine } from './template.testkit.js';

const scanner = createBodyScanner();

test('the byte scanner gives every body the shape hash of the reference scanner', () => {
  fc.assert(
    fc.property(arbBody, (body) => {
      const expected = hashShape(scanShape(canonicalText(body)).map(hashOfToken));

      scanner.scan(body);

      const { a, b } = scanner.shape;
      expect({ a: a >>> 0, b: b >>> 0 }).toEqual(expected);
    }),
    { numRuns: 3000 },
  );
});

test('the byte scanner marks the same stretches of text as values', () => {
  fc.assert(
    fc.property(arbLine, (line) => {
      const text = canonicalText(line);
      const expected = scanShape(text).flatMap(({ kind, start, end }) =>
        kind === 'value' ? [text.slice(start, end)] : [],
      );

      scanner.scan(line);

      expect(scannedValues()).toEqual(expected);
    }),
    { numRuns: 1000 },
  );
});

test('two values have equal glue in bytes exactly when they have in the reference', () => {
  fc.assert(
    fc.property(arbLine, arbLine, (one, other) => {
      const [x, y] = [one, other].map((line) => ({ text: gluesOf(line), bytes: scannedGlues(line) }));
      for (const [i, glue] of x!.text.entries()) {
        for (const [j, otherGlue] of y!.text.entries()) {
          expect(x!.bytes[i] === y!.bytes[j]).toBe(glue === otherGlue);
        }
      }
    }),
    { numRuns: 500 },
  );
});

test.each([
  ['an empty body', '', 0],
  ['only spaces and control bytes', ' \t\0\u007f\r', 0],
  ['a megabyte of one word', 'x'.repeat(1_000_000), 1],
  ['a megabyte of words', 'ab '.repeat(350_000), 512],
  ['a megabyte of open brackets', '['.repeat(1_000_000), 1],
])('%s is scanned', (_, body, length) => {
  scanner.scan(body);

  expect(scanner.shape.length).toBe(length);
});

test('a megabyte made to send scanners back again and again is scanned in well under a second', () => {
  const bombs = [
    'a:'.repeat(500_000),
    '/a?'.repeat(300_000),
    'a.'.repeat(500_000),
    '{"a":'.repeat(200_000),
    '\\a/'.repeat(300_000),
  ];
  const startMs = performance.now();

  for (const bomb of bombs) scanner.scan(bomb);

  expect(performance.now() - startMs).toBeLessThan(500);
});

function hashOfToken(token: ShapeToken): { a: number; b: number } {
  return token.kind === 'value' ? VALUE_HASH : hashToken(token.text);
}

function scannedValues(): string[] {
  const { shape, bytes } = scanner;
  const values: string[] = [];
  for (let i = 0; i < shape.length; i++) {
    if (shape.kind[i] === VALUE)
      values.push(new TextDecoder().decode(bytes.subarray(shape.start[i], shape.end[i])));
  }
  return values;
}

function gluesOf(line: string): string[] {
  return scanShape(canonicalText(line)).flatMap(({ kind, glue }) => (kind === 'value' ? [glue] : []));
}

function scannedGlues(line: string): number[] {
  scanner.scan(line);
  const { shape } = scanner;
  return Array.from(shape.glue.subarray(0, shape.length)).filter((_, i) => shape.kind[i] === VALUE);
}
