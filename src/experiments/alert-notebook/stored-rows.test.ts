import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import type { WindowRow } from '../../core/score-window.js';
import { checkSameBits, compareRows, type StoredRow, unpackRows } from './stored-rows.js';

const stored: StoredRow = {
  startMs: 60_000,
  endMs: 90_000,
  records: 3,
  score: 0.1 + 0.7,
  alert: true,
  features: [3, 0.1 + 0.2],
};
const rebuilt: WindowRow = {
  ...stored,
  source: 'api',
  revision: 0,
  threshold: 0.5,
  features: Float64Array.from(stored.features),
};

test('rows come out as they went in', () => {
  const packed = gzipSync(JSON.stringify([stored])).toString('base64');

  expect(unpackRows(packed)).toEqual([stored]);
});

test('equal windows pass, bit for bit', () => {
  expect(() => checkSameBits([stored], [rebuilt])).not.toThrow();
  expect(compareRows([stored], [rebuilt])[0]).toMatchObject({ 'other features': 0, same: 'yes' });
});

test.each([
  ['a score by its last bit', { score: 0.8 }],
  ['the records', { records: 2 }],
  ['the verdict', { alert: false }],
  ['one feature', { features: Float64Array.from([3, 0.3]) }],
])('a difference in %s is told', (_, change) => {
  expect(() => checkSameBits([stored], [{ ...rebuilt, ...change }])).toThrow(
    /1970-01-01T00:01:00.000Z was stored/,
  );
  expect(compareRows([stored], [{ ...rebuilt, ...change }])[0]).toMatchObject({ same: 'no' });
});

test('a window that does not come out, and none to compare with, are told', () => {
  expect(() => checkSameBits([stored], [])).toThrow(/no such window/);
  expect(() => checkSameBits([], [rebuilt])).toThrow(/no stored window/);
});
