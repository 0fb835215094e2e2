import { assert, double, property } from 'fast-check';
import { expect, test } from 'vitest';
import { bytesText, countOf, countText, rateText, scoreText, shareText, valueText } from './number-text.js';

test('counts stay whole until they are too long to be read', () => {
  expect([0, 7, 9870, 12_345, 4_120_000, 3e9].map(countText)).toEqual([
    '0',
    '7',
    '9,870',
    '12.3 k',
    '4.12 M',
    '3 G',
  ]);
  expect([countOf(1, 'alert'), countOf(2, 'alert')]).toEqual(['1 alert', '2 alerts']);
});

test('a rate has no more figures than anybody needs', () => {
  expect([0, 0.137, 3.62, 9.96, 12.4, 1461.3, 14_613].map(rateText)).toEqual([
    '0',
    '0.14',
    '3.6',
    '10',
    '12',
    '1,461',
    '14.6 k',
  ]);
});

test('a score below 1 is never written as 1, and a share is 0 % or 100 % only where it is', () => {
  assert(
    property(double({ min: 0, max: 1, noNaN: true }), (share) => {
      expect(['1', '1.000'].includes(scoreText(share))).toBe(share === 1);
      expect(shareText(share) === '100 %').toBe(share === 1);
      expect(shareText(share) === '0 %').toBe(share === 0);
    }),
  );
});

test('values carry their unit, and a ratio has none', () => {
  expect([valueText(214, 'records'), valueText(0.48231, 'ratio'), valueText(1234.5)]).toEqual([
    '214 records',
    '0.482',
    '1,235',
  ]);
  expect([bytesText(640), bytesText(1536), bytesText(1.5 * 2 ** 30)]).toEqual([
    '640 B',
    '1.5 KiB',
    '1.5 GiB',
  ]);
});
