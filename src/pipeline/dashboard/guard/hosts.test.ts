import { expect, test } from 'vitest';
import { createNames, isLoopback } from './hosts.js';

const local = createNames('127.0.0.1', undefined, []);
const open = createNames('0.0.0.0', new URL('https://logs.example.org'), ['Wall.Local']);

test.each(['127.0.0.1', '127.0.0.1:4173', 'localhost:1', 'LOCALHOST', '[::1]:4173'])(
  'on this machine %s is us',
  (host) => {
    expect(local.isOurs(host)).toBe(true);
  },
);

test.each([
  undefined,
  '',
  'evil.example',
  '127.0.0.1.evil.example',
  'localhost@evil.example',
  '0.0.0.0',
  '[::]',
])('a request for %s is not meant for us', (host) => {
  expect(local.isOurs(host)).toBe(false);
});

test('further names are those that were given, and none because it listens everywhere', () => {
  expect(['logs.example.org', 'wall.local:80'].every((each) => open.isOurs(each))).toBe(true);
  expect(['0.0.0.0', '10.0.0.5', 'example.org'].some((each) => open.isOurs(each))).toBe(false);
});

test('an origin is ours when it is the host that was called, or the public one', () => {
  expect(local.isOurOrigin('http://localhost:4173', 'localhost:4173')).toBe(true);
  expect(open.isOurOrigin('https://logs.example.org', '127.0.0.1:4173')).toBe(true);
  for (const origin of ['null', 'http://localhost:4174', 'https://localhost:4173', 'http://evil.example'])
    expect(local.isOurOrigin(origin, 'localhost:4173')).toBe(false);
  expect(local.isOurOrigin('http://evil.example', 'evil.example')).toBe(false);
});

test('loopback is what nobody else can reach', () => {
  expect(['localhost', '127.0.0.1', '127.1.2.3', '::1'].every(isLoopback)).toBe(true);
  expect(['0.0.0.0', '::', '10.0.0.1', '127.0.0.1.example', '128.0.0.1'].some(isLoopback)).toBe(false);
});
