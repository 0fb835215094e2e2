import { expect, test } from 'vitest';
import type { ArtifactKey } from '../stream-key.js';
import {
  championOf,
  isOfStream,
  lineOf,
  type ModelSwitch,
  nextRequest,
  ownerAt,
  type PromotionRequest,
} from './promotion.js';

const key = (version: string): ArtifactKey => ({ name: 'demo', version });
const [a, b, c, x, y] = ['a', 'b', 'c', 'x', 'y'].map(key) as [
  ArtifactKey,
  ArtifactKey,
  ArtifactKey,
  ArtifactKey,
  ArtifactKey,
];

const change = (
  requestId: number,
  from: ArtifactKey,
  to: ArtifactKey,
  atMs: number | null,
  streamId = 'kafka:logs/0',
): ModelSwitch => ({
  requestId,
  streamId,
  from,
  to,
  atMs,
  plannedTimeMs: 0,
  effectTimeMs: null,
  refused: atMs === null ? 'broken' : null,
});
const asked = (
  id: number,
  replaces: ArtifactKey,
  to: ArtifactKey,
  stream = 'kafka:logs',
): PromotionRequest => ({
  id,
  kind: 'promote',
  stream,
  to,
  replaces,
  by: 'tester',
  requestTimeMs: 0,
});

test('whose a window is follows from the switches before its start, also where one artifact had two turns', () => {
  //  a   100 b   200 a   300 c
  const line = [change(1, a, b, 100), change(2, b, a, 200), change(3, a, c, 300)];

  const owners = [0, 99, 100, 199, 200, 299, 300].map((startMs) => ownerAt(b, line, startMs).version);

  expect(owners.join('')).toBe('aabbaac');
  expect(championOf(a, line)).toEqual(c);
  expect(ownerAt(a, [], 5)).toEqual(a);
});

test('of two switches at one window the later one counts', () => {
  expect(ownerAt(a, [change(1, a, b, 100), change(2, b, a, 100)], 100)).toEqual(a);
});

test('a line is found from any of its artifacts, without refused ones, other streams and strangers', () => {
  const own = [change(1, a, b, 100), change(4, b, c, 200)];
  const others = [change(2, x, y, 50), change(3, b, y, null), change(5, c, a, 300, 'kafka:logs/1')];
  const all = [...others, ...own];

  for (const member of [a, b, c]) expect(lineOf(member, 'kafka:logs/0', all)).toEqual(own);
  expect(lineOf(y, 'kafka:logs/0', all)).toEqual([others[0]]);
  expect(lineOf(key('new'), 'kafka:logs/0', all)).toEqual([]);
});

test('a champion follows the first request that replaces it and that its stream has not followed', () => {
  const requests = [asked(1, a, b), asked(2, b, a), asked(3, a, c), asked(4, a, x, 'kafka:other')];

  expect(nextRequest(a, 'kafka:logs/0', requests, [])?.id).toBe(1);
  expect(nextRequest(b, 'kafka:logs/0', requests, [change(1, a, b, 9)])?.id).toBe(2);
  const back = [change(1, a, b, 9), change(2, b, a, 9)];
  expect(nextRequest(a, 'kafka:logs/0', requests, back)?.id).toBe(3);
  expect(nextRequest(c, 'kafka:logs/0', requests, [...back, change(3, a, c, 9)])).toBeUndefined();
});

test('a topic is all its partitions, a file is no folder', () => {
  expect(isOfStream('kafka:logs/12', 'kafka:logs')).toBe(true);
  expect(isOfStream('kafka:logs-2/1', 'kafka:logs')).toBe(false);
  expect(isOfStream('file:/var/log/app.log', 'file:/var/log')).toBe(false);
});
