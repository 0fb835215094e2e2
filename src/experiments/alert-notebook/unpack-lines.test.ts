import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { unpackLines } from './unpack-lines.js';

const records = [
  { eventTimeMs: 1000, source: 'api', severity: 9, body: 'GET /a' },
  { eventTimeMs: 2000, source: 'api', severity: 17, body: 'refused\n\tat Pool.take' },
];
const packed = (lines: readonly object[]): string =>
  gzipSync(lines.map((line) => `${JSON.stringify(line)}\n`).join('')).toString('base64');
const text = records.map((line) => `${JSON.stringify(line)}\n`).join('');
const sha256 = createHash('sha256').update(text).digest('hex');

test('lines come out as the records that went in', () => {
  expect(unpackLines(packed(records), sha256)).toEqual(records);
});

test('a line that is missing is refused', () => {
  expect(() => unpackLines(packed(records.slice(1)), sha256)).toThrow(
    /not those of the alert: their SHA-256 is [0-9a-f]{64}, wanted/,
  );
});
