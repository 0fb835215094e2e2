import { expect, test } from 'vitest';
import type { Status } from '../api.js';
import { bannerOf } from './banner.js';

const NOW_MS = Date.UTC(2026, 10, 22, 12, 4, 0);
const STATUS: Status = {
  nowMs: NOW_MS,
  consumer: 'running',
  lastHeardMs: NOW_MS - 3000,
  watermarkMs: NOW_MS - 30_000,
  artifact: { name: 'shop', version: '3f9c' },
  artifacts: [],
  sources: Array.from({ length: 11 }, (_, index) => `service-${index}`),
  counts: { read: 12_000, scored: 12_000, late: 0, setAside: 0 },
  firing: 0,
  who: { name: null, mayWrite: true },
  csrfToken: 'token',
  hasLabels: false,
};

test('that nothing fires is said calmly only where somebody looks', () => {
  expect(bannerOf(STATUS, 'UTC', NOW_MS)).toEqual({
    tone: 'quiet',
    headline: 'Nothing firing',
    detail: '11 services watched, last window 12:03:30',
  });
});

test('nothing found and nobody looking are two things', () => {
  const banner = bannerOf({ ...STATUS, consumer: 'silent', lastHeardMs: NOW_MS - 330_000 }, 'UTC', NOW_MS);

  expect(banner.tone).toBe('stopped');
  expect(banner.detail).toContain('last heard of 5 min ago');
  expect(banner.command).toContain('loghorn consume');
});

test('what fires comes first, also where the consumer is gone', () => {
  const banner = bannerOf(
    { ...STATUS, firing: 3, consumer: 'silent', lastHeardMs: NOW_MS - 600_000 },
    'UTC',
    NOW_MS,
  );

  expect(banner).toMatchObject({ tone: 'firing', headline: '3 incidents firing' });
  expect(banner.detail).toContain('nothing is being read any more');
});

test('a store that nobody wrote to says how to begin', () => {
  const empty = { ...STATUS, consumer: 'never', lastHeardMs: null, watermarkMs: null, sources: [] } as const;

  expect(bannerOf(empty, 'UTC', NOW_MS)).toMatchObject({
    tone: 'empty',
    command: expect.stringContaining('consume'),
  });
});

test('an input that was read to its end is not taken for one that broke off', () => {
  const banner = bannerOf({ ...STATUS, consumer: 'ended' }, 'UTC', NOW_MS);

  expect(banner.tone).toBe('ended');
  expect(banner.command).toBeUndefined();
});
