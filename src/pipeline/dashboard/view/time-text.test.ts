import { assert, integer, property } from 'fast-check';
import { expect, test } from 'vitest';
import { agoText, durationText, plotTime, spanText, timeText, utcText, zoneText } from './time-text.js';

const NOON_MS = Date.UTC(2026, 10, 22, 12, 3, 30);
const DAY_MS = 86_400_000;

test('a time of today has no day, one of another day no year, one of another year both', () => {
  expect(timeText(NOON_MS, 'UTC', NOON_MS)).toBe('12:03:30');
  expect(timeText(NOON_MS - DAY_MS, 'UTC', NOON_MS)).toBe('21 Nov 12:03:30');
  expect(timeText(NOON_MS - 400 * DAY_MS, 'UTC', NOON_MS)).toBe('18 Oct 2025 12:03:30');
});

test('the zone decides what today is', () => {
  const lateMs = Date.UTC(2026, 10, 22, 23, 30, 0);

  expect(timeText(lateMs, 'Asia/Tokyo', NOON_MS)).toBe('23 Nov 08:30:00');
  expect(utcText(lateMs)).toBe('2026-11-22 23:30:00 UTC');
  expect(zoneText('Asia/Tokyo', lateMs)).toBe('GMT+9');
});

test('a stretch says its day once, and both days where it has two', () => {
  const fromMs = NOON_MS - DAY_MS;

  expect(spanText(fromMs, fromMs + 3_600_000, 'UTC', NOON_MS)).toBe('21 Nov 12:03 – 13:03');
  expect(spanText(fromMs, NOON_MS, 'UTC', NOON_MS)).toBe('21 Nov 12:03 – 22 Nov 12:03');
});

test('a duration has two units at most, and never sixty of one', () => {
  const texts = [0, 1.4, 850, 4200, 59_700, 61_000, 725_000, 3_599_000, 11_100_000, 187_200_000].map(
    durationText,
  );

  expect(texts).toEqual([
    '0 ms',
    '1.4 ms',
    '850 ms',
    '4.2 s',
    '1 min',
    '1 min 1 s',
    '12 min',
    '59 min',
    '3 h 5 min',
    '2 d 4 h',
  ]);
  assert(
    property(integer({ min: 0, max: 40 * DAY_MS }), (durationMs) => {
      expect(durationText(durationMs)).not.toMatch(/\b60 (s|min)|\b24 h/);
    }),
  );
});

test('an age is told from both sides of now', () => {
  expect(agoText(NOON_MS - 754_000, NOON_MS)).toBe('12 min ago');
  expect(agoText(NOON_MS - 300_000 - 7000, NOON_MS)).toBe('5 min ago');
  expect(agoText(NOON_MS + 7_200_000, NOON_MS)).toBe('in 2 h');
  expect(agoText(NOON_MS + 100, NOON_MS)).toBe('just now');
});

test('an axis gets the wall clock of the zone', () => {
  expect(plotTime(NOON_MS + 250, 'Asia/Kolkata')).toBe('2026-11-22 17:33:30.250');
});
