import { expect, test } from 'vitest';
import { describePostgresError, isLogin, isRetryable } from './postgres-errors.js';

const failed = (code: string | undefined, message = ''): Error => Object.assign(new Error(message), { code });

test('what passes by itself is tried again, what a person must mend is not', () => {
  for (const code of ['40001', '40P01', '57P01', '57P03', '08006', '53300', 'ECONNREFUSED', 'ECONNRESET'])
    expect([code, isRetryable(failed(code))]).toEqual([code, true]);
  for (const message of ['Connection terminated unexpectedly', 'Query read timeout'])
    expect([message, isRetryable(failed(undefined, message))]).toEqual([message, true]);
  for (const code of ['28P01', '3D000', '42501', '53100', '23505', '22P02', 'ENOTFOUND'])
    expect([code, isRetryable(failed(code))]).toEqual([code, false]);
  expect(isRetryable(new TypeError('x is not a function'))).toBe(false);
});

test('an error says what to do about it', () => {
  expect(describePostgresError(failed('53100', 'could not extend file'))).toMatch(/disk is full: make room/);
  const noPassword = new Error('SASL: SCRAM-SERVER-FIRST-MESSAGE: client password must be a string');
  expect(isLogin(noPassword)).toBe(true);
  expect(describePostgresError(noPassword)).toMatch(/set the password in PGPASSWORD/);
});

test('a name with two addresses, both refused, says so', () => {
  const both = new AggregateError([failed('ECONNREFUSED', 'connect ECONNREFUSED ::1:5432')], '');
  expect(describePostgresError(Object.assign(both, { code: 'ECONNREFUSED' }))).toBe(
    'connect ECONNREFUSED ::1:5432',
  );
});
