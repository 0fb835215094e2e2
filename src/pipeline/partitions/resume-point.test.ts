import { expect, test } from 'vitest';
import { findResumePoint } from './resume-point.js';

const readTo = { offset: 100, timestampMs: 5 };

test('a partition that was never read begins where the broker does, and nothing is lost', () => {
  expect(findResumePoint(undefined, { lowOffset: 40, highOffset: 90 })).toEqual({
    offset: 40,
    lost: 0,
    isRecreated: false,
    isCheckable: false,
  });
});

test('reading goes on where it stopped, and the message before tells whether the log is the same', () => {
  const point = findResumePoint(readTo, { lowOffset: 0, highOffset: 100 });

  expect(point).toEqual({ offset: 100, lost: 0, isRecreated: false, isCheckable: true });
});

test('what retention took between two reads is counted', () => {
  const point = findResumePoint(readTo, { lowOffset: 130, highOffset: 500 });

  expect(point).toEqual({ offset: 130, lost: 30, isRecreated: false, isCheckable: false });
});

test('a log that is shorter than what was read of it is another one', () => {
  const point = findResumePoint(readTo, { lowOffset: 0, highOffset: 99 });

  expect(point).toEqual({ offset: 0, lost: 0, isRecreated: true, isCheckable: false });
});

test('where retention took all that was read, and no more, there is nothing to check', () => {
  const point = findResumePoint(readTo, { lowOffset: 100, highOffset: 100 });

  expect(point).toEqual({ offset: 100, lost: 0, isRecreated: false, isCheckable: false });
});
