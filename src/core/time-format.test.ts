import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { createTimeParser } from './time-format.js';

const utc = { zoneOffsetMinutes: 0, referenceYear: 2024 };

test.each([
  ['%y%m%d %H%M%S', '081109 203518', '2008-11-09T20:35:18.000Z'],
  ['%y/%m/%d %H:%M:%S', '17/06/09 20:10:40', '2017-06-09T20:10:40.000Z'],
  ['%Y-%m-%d %H:%M:%S,%f', '2015-10-18 18:01:47,978', '2015-10-18T18:01:47.978Z'],
  ['%Y%m%d-%H:%M:%S:%L', '20171224-0:7:20:44', '2017-12-24T00:07:20.044Z'],
  ['%m.%d %H:%M:%S', '10.30 16:49:06', '2024-10-30T16:49:06.000Z'],
  ['%b %d %H:%M:%S', 'Dec  1 06:55:46', '2024-12-01T06:55:46.000Z'],
  ['%b %e %T', 'Dec  1 06:55:46', '2024-12-01T06:55:46.000Z'],
  ['%d/%b/%Y:%H:%M:%S %z', '09/Nov/2008:20:35:30 +0100', '2008-11-09T19:35:30.000Z'],
  ['%A, %d. %B %Y %I:%M %p', 'Sunday, 09. November 2008 12:05 AM', '2008-11-09T00:05:00.000Z'],
  ['%m/%d/%Y %I:%M:%S %p', '11/09/2008 08:35:30 PM', '2008-11-09T20:35:30.000Z'],
  ['%Y %j %R', '2024 366 10:00', '2024-12-31T10:00:00.000Z'],
  ['%s.%f', '1117838570.363', '2005-06-03T22:42:50.363Z'],
  ['%F %T %Z', '2024-01-31 10:11:12 UTC', '2024-01-31T10:11:12.000Z'],
  ['100%% %F', '100% 2024-01-31', '2024-01-31T00:00:00.000Z'],
  ['[%F]', '[2024-01-31]', '2024-01-31T00:00:00.000Z'],
])('%s reads %s', (format, text, expected) => {
  expect(new Date(createTimeParser(format)(text, utc) ?? NaN).toISOString()).toBe(expected);
});

test.each([
  ['%Y-%m-%d', '2024-02-30'],
  ['%Y-%m-%d', '2024-13-01'],
  ['%Y-%m-%d', '2024-01-31 and more'],
  ['%Y-%m-%d %I %p', '2024-01-31 13 PM'],
  ['%Y %j', '2023 366'],
  ['%b %d', 'Foo 12'],
  ['%F%n%n%n%n%n%n%T', `2024-01-31${' '.repeat(150)}x`],
  ['%Y-%m-%d', ''],
])('%s reads nothing from %j', (format, text) => {
  expect(createTimeParser(format)(text, utc)).toBeUndefined();
});

test('an unknown directive is refused with the ones that are known', () => {
  expect(() => createTimeParser('%Y-%m-%d %Q')).toThrow(/"%Q", which is not known: use %Y %y/);
  expect(() => createTimeParser('%Y-%m-%d %')).toThrow(/"%"/);
});

test('a format without a date is refused', () => {
  expect(() => createTimeParser('%H:%M:%S')).toThrow(/names no date/);
});

test('every instant is read back from what the format writes', () => {
  const parse = createTimeParser('%d.%m.%Y %H:%M:%S.%f');
  fc.assert(
    fc.property(fc.integer({ min: Date.UTC(1000, 0, 1), max: Date.UTC(9998, 0, 1) }), (ms) => {
      const [, year, month, day, time] = /^(\d+)-(\d\d)-(\d\d)T(.*)Z$/.exec(new Date(ms).toISOString()) ?? [];
      expect(parse(`${day}.${month}.${year} ${time}`, utc)).toBe(ms);
    }),
  );
});
