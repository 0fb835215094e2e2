import { expect, test } from 'vitest';
import { createSessions, SESSION_MS } from './sessions.js';

const anna = { name: 'anna', role: 'write', token: 'anna-0123456789abcdef' } as const;
const ben = { name: 'ben', role: 'read', token: 'ben-0123456789abcdef' } as const;

test('a session is that of its token, also after a restart of the server, and two are never the same', () => {
  const cookie = createSessions([anna, ben]).open(ben, 1000);
  const restarted = createSessions([anna, ben]);

  expect(restarted.find(cookie, 2000)?.access).toBe(ben);
  expect(restarted.open(ben, 1000)).not.toBe(cookie);
  expect(cookie).not.toContain(ben.token);
});

test('a session ends with its time, with its token, and when it is ended', () => {
  const sessions = createSessions([anna, ben]);
  const cookie = sessions.open(anna, 1000);

  expect(sessions.find(cookie, 1000 + SESSION_MS - 1)).toBeDefined();
  expect(sessions.find(cookie, 1000 + SESSION_MS)).toBeUndefined();
  expect(createSessions([ben]).find(cookie, 2000)).toBeUndefined();
  sessions.end(cookie, 2000);
  expect(sessions.find(cookie, 2001)).toBeUndefined();
});

test('no changed cookie is a session: not a later end, not another id, not a cut signature', () => {
  const sessions = createSessions([anna]);
  const [id, expires, signature] = sessions.open(anna, 1000).split('.') as [string, string, string];
  const forged = [
    `${id}.${Number(expires) + 1}.${signature}`,
    `${id}x.${expires}.${signature}`,
    `${id}.${expires}.${signature.slice(1)}`,
    `${id}.${expires}.`,
    `${id}.${expires}`,
    `${id}.${expires}.${signature}.`,
    '',
    '.'.repeat(1000),
  ];

  for (const cookie of forged) expect(sessions.find(cookie, 2000)).toBeUndefined();
});

test('each session has its own token against forged requests', () => {
  const sessions = createSessions([anna]);
  const [one, two] = [1, 2].map((atMs) => sessions.find(sessions.open(anna, atMs), 3)!.csrfToken);

  expect(one).not.toBe(two);
});
