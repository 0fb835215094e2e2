import { expect, test } from 'vitest';
import { SEVERITY, severityFromNumber, severityFromText, severityName } from './severity.js';

test.each([
  ['TRACE', 1],
  ['finest', 1],
  ['debug', 5],
  ['Fine', 6],
  ['INFO', 9],
  [' info ', 9],
  ['Notice', 10],
  ['WARNING', 13],
  ['wrn', 13],
  ['err', 17],
  ['SEVERE', 17],
  ['Critical', 21],
  ['emerg', 21],
  ['E', 17],
  ['F', 21],
])('the word %s is severity %i', (word, severity) => {
  expect(severityFromText(word)).toBe(severity);
});

test.each(['', 'hello', '__proto__', 'constructor', 'toString', 'x'.repeat(1_000_000)])(
  'a word that is no level gives 0 (%#)',
  (word) => {
    expect(severityFromText(word)).toBe(0);
  },
);

test('the same number means different things on different scales', () => {
  expect([10, 20, 30, 40, 50, 60].map((n) => severityFromNumber(n, 'pino'))).toEqual([1, 5, 9, 13, 17, 21]);
  expect([10, 20, 30, 40, 50].map((n) => severityFromNumber(n, 'python'))).toEqual([5, 9, 13, 17, 21]);
  expect([0, 1, 2, 3, 4, 5, 6, 7].map((n) => severityFromNumber(n, 'syslog'))).toEqual([
    21, 19, 18, 17, 13, 10, 9, 5,
  ]);
  expect(severityFromNumber(35, 'pino')).toBe(SEVERITY.info);
});

test('a number off its scale gives 0', () => {
  for (const scale of ['pino', 'syslog', 'python', 'otlp'] as const) {
    expect([NaN, Infinity, -1, 1e9].map((n) => severityFromNumber(n, scale))).toEqual([0, 0, 0, 0]);
  }
  expect(severityFromNumber(2.5, 'syslog')).toBe(0);
  expect(severityFromNumber(25, 'otlp')).toBe(0);
});

test('each class has four numbers, and 0 has no name', () => {
  expect([0, 1, 4, 5, 8, 9, 12, 13, 16, 17, 20, 21, 24, 25].map(severityName)).toEqual([
    '',
    'TRACE',
    'TRACE',
    'DEBUG',
    'DEBUG',
    'INFO',
    'INFO',
    'WARN',
    'WARN',
    'ERROR',
    'ERROR',
    'FATAL',
    'FATAL',
    '',
  ]);
});
