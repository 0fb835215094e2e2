import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseTimestamp } from './timestamp.js';

const utc = { zoneOffsetMinutes: 0, referenceYear: 2024 };
const iso = (value: string | number, options = utc): string | undefined => {
  const ms = parseTimestamp(value, options);
  return ms === undefined ? undefined : new Date(ms).toISOString();
};

test.each([
  ['2015-10-18T18:01:47.978Z', '2015-10-18T18:01:47.978Z'],
  ['2015-10-18 18:01:47,978', '2015-10-18T18:01:47.978Z'],
  ['2015-10-18T18:01:47', '2015-10-18T18:01:47.000Z'],
  ['2015-10-18 18:01', '2015-10-18T18:01:00.000Z'],
  ['2015-10-18T18:01:47.9789999999Z', '2015-10-18T18:01:47.978Z'],
  ['2015-10-18T18:01:47.9Z', '2015-10-18T18:01:47.900Z'],
  ['2015-10-18T18:01:47+05:30', '2015-10-18T12:31:47.000Z'],
  ['2015-10-18T18:01:47-0800', '2015-10-19T02:01:47.000Z'],
  ['2015-10-18 18:01:47 +00', '2015-10-18T18:01:47.000Z'],
  ['2015-10-18 18:01:47 UTC', '2015-10-18T18:01:47.000Z'],
  ['2024/01/31 10:11:12', '2024-01-31T10:11:12.000Z'],
  ['2016-12-31T23:59:60Z', '2017-01-01T00:00:00.000Z'],
  ['Nov  9 20:35:30', '2024-11-09T20:35:30.000Z'],
  ['Feb 29 20:35:30.25', '2024-02-29T20:35:30.250Z'],
  ['Nov 09 2008 20:35:30', '2008-11-09T20:35:30.000Z'],
  ['Sun Dec 04 04:47:44 2005', '2005-12-04T04:47:44.000Z'],
  ['Sun Dec  4 04:47:44 UTC 2005', '2005-12-04T04:47:44.000Z'],
  ['Tue, 05 Mar 2024 10:00:00 GMT', '2024-03-05T10:00:00.000Z'],
  ['09/Nov/2008:20:35:30 +0100', '2008-11-09T19:35:30.000Z'],
  ['081109 203518', '2008-11-09T20:35:18.000Z'],
  ['17/06/09 20:10:40', '2017-06-09T20:10:40.000Z'],
  ['20171223-22:15:29.606', '2017-12-23T22:15:29.606Z'],
  ['20240131T101112Z', '2024-01-31T10:11:12.000Z'],
  ['20240131101112', '2024-01-31T10:11:12.000Z'],
  ['03-17 16:13:38.811', '2024-03-17T16:13:38.811Z'],
  [' 1117838570 ', '2005-06-03T22:42:50.000Z'],
  ['1117838570.363779', '2005-06-03T22:42:50.363Z'],
  ['1117838570363', '2005-06-03T22:42:50.363Z'],
  ['1117838570363779', '2005-06-03T22:42:50.363Z'],
  ['1117838570363999999', '2005-06-03T22:42:50.363Z'],
])('%s is read as %s', (text, expected) => {
  expect(iso(text)).toBe(expected);
});

test.each([
  [1_117_838_570, '2005-06-03T22:42:50.000Z'],
  [1_117_838_570.363, '2005-06-03T22:42:50.363Z'],
  [1_117_838_570_363, '2005-06-03T22:42:50.363Z'],
  [1_117_838_570_363_779, '2005-06-03T22:42:50.363Z'],
  [0, '1970-01-01T00:00:00.000Z'],
])('the number %d is an epoch of its magnitude', (value, expected) => {
  expect(iso(value)).toBe(expected);
});

test.each([
  '',
  'yesterday',
  '2015-13-18T18:01:47Z',
  '2015-02-30T18:01:47Z',
  '2023-02-29T00:00:00Z',
  '2015-10-18T24:00:00Z',
  '2015-10-18T18:61:47Z',
  '2015-10-18T18:01:47CST',
  '2015-10-18T18:01:47.Z',
  '2015-10-1xT18:01:47Z',
  'Feb 30 10:00:00',
  'Foo 12 10:00:00',
  '06/09/2017 20:10:40',
  '081309 203518',
  '123456789012345678901',
  '__proto__',
  '9'.repeat(1_000_000),
  '2015-10-18T18:01:47.' + '9'.repeat(10) + 'x',
])('no time stamp is read from %j', (text) => {
  expect(parseTimestamp(text.slice(0), utc)).toBeUndefined();
});

test('numbers that are no time give nothing', () => {
  expect([NaN, Infinity, -Infinity, 1e300].map((n) => parseTimestamp(n, utc))).toEqual(
    Array.from({ length: 4 }),
  );
});

test('a missing zone is the one that was said; a written zone wins', () => {
  const berlin = { zoneOffsetMinutes: 120 };
  expect(iso('2015-10-18T18:01:47', { ...utc, ...berlin })).toBe('2015-10-18T16:01:47.000Z');
  expect(iso('2015-10-18T18:01:47Z', { ...utc, ...berlin })).toBe('2015-10-18T18:01:47.000Z');
  expect(iso('Nov  9 20:35:30', { ...utc, ...berlin })).toBe('2024-11-09T18:35:30.000Z');
});

test('a date without a year takes the year that puts it nearest to the record before', () => {
  const newYearsEve = {
    zoneOffsetMinutes: 0,
    referenceYear: 1999,
    nearMs: Date.UTC(2023, 11, 31, 23, 59, 59),
  };
  expect(iso('Jan  1 00:00:01', newYearsEve as typeof utc)).toBe('2024-01-01T00:00:01.000Z');
  const newYear = { ...newYearsEve, nearMs: Date.UTC(2024, 0, 1) };
  expect(iso('Dec 31 23:59:58', newYear as typeof utc)).toBe('2023-12-31T23:59:58.000Z');
});

test('every instant is read back from its ISO form, in any zone', () => {
  const arbInstant = fc.integer({ min: Date.UTC(1, 0, 1), max: Date.UTC(9998, 0, 1) });
  const arbZone = fc.integer({ min: -14 * 60, max: 14 * 60 });
  fc.assert(
    fc.property(arbInstant, arbZone, fc.constantFrom('T', ' '), (ms, zone, between) => {
      const wall = new Date(ms + zone * 60_000).toISOString().replace('T', between).slice(0, -1);
      const sign = zone < 0 ? '-' : '+';
      const hours = String(Math.floor(Math.abs(zone) / 60)).padStart(2, '0');
      const minutes = String(Math.abs(zone) % 60).padStart(2, '0');
      expect(parseTimestamp(`${wall}${sign}${hours}:${minutes}`, utc)).toBe(ms);
      expect(parseTimestamp(wall, { zoneOffsetMinutes: zone })).toBe(ms);
    }),
  );
});

test('every instant until 2223 is read back from its epoch in s, ms, µs and ns', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1e11, max: 8e12 }), (ms) => {
      const padded = String(ms);
      expect(parseTimestamp(ms, utc)).toBe(ms);
      expect(parseTimestamp(ms / 1000, utc)).toBe(ms);
      expect(parseTimestamp(`${padded.slice(0, -3)}.${padded.slice(-3)}`, utc)).toBe(ms);
      expect(parseTimestamp(`${padded}999`, utc)).toBe(ms);
      expect(parseTimestamp(`${padded}999999`, utc)).toBe(ms);
    }),
  );
});

test('nothing that a log may hold makes it throw', () => {
  const arbDigits = fc.stringMatching(/^[0-9T:\-/. ,+Z]{0,40}$/);
  fc.assert(
    fc.property(fc.oneof(fc.string(), arbDigits, fc.double()), (value) => {
      const ms = parseTimestamp(value, utc);
      expect(ms === undefined || Number.isInteger(ms)).toBe(true);
    }),
  );
});
