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
  acknowledged: 0,
  silenced: 0,
  usualLagMs: 35_000,
  who: { name: null, mayWrite: true },
  csrfToken: 'token',
  hasLabels: false,
  isStoreWritable: true,
};

test('that nothing fires is said calmly only where somebody looks', () => {
  expect(bannerOf(STATUS, 'UTC', NOW_MS)).toEqual({
    tone: 'quiet',
    headline: 'All quiet',
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

test('what is acknowledged or silenced is counted apart, and all is quiet only without either', () => {
  const headlineOf = (changes: Partial<Status>): string[] => {
    const { tone, headline } = bannerOf({ ...STATUS, ...changes }, 'UTC', NOW_MS);
    return [tone, headline];
  };

  expect(headlineOf({ firing: 1, acknowledged: 1 })).toEqual(['firing', '1 incident firing, 1 acknowledged']);
  expect(headlineOf({ acknowledged: 2, silenced: 1 })).toEqual([
    'taken',
    '2 incidents acknowledged, 1 silenced',
  ]);
  expect(headlineOf({ silenced: 1 })).toEqual(['quiet', 'Nothing firing']);
  expect(headlineOf({ acknowledged: 1, consumer: 'silent' })).toEqual(['stopped', 'Nothing is being read']);
});

test('a consumer that runs behind does not say that nothing is wrong now', () => {
  const behind = { ...STATUS, watermarkMs: NOW_MS - 12 * 60_000 };

  expect(bannerOf(behind, 'UTC', NOW_MS)).toMatchObject({
    tone: 'behind',
    headline: 'Running 12 min behind',
    detail: expect.stringContaining('nothing firing up to the last window 11:52:00'),
  });
  expect(bannerOf({ ...behind, firing: 1 }, 'UTC', NOW_MS).detail).toContain('it runs 12 min behind');
  // windows of an hour are not late after two minutes
  expect(bannerOf({ ...behind, usualLagMs: 3_600_000 }, 'UTC', NOW_MS).tone).toBe('quiet');
});

test('where nothing can be asked the banner says of when the page is, instead of how things stand', () => {
  const sinceMs = NOW_MS - 90_000;

  const store = bannerOf({ ...STATUS, firing: 1 }, 'UTC', NOW_MS, { cause: 'store', sinceMs });
  const server = bannerOf(STATUS, 'UTC', NOW_MS, { cause: 'server', sinceMs });

  expect(store).toMatchObject({ tone: 'blind', headline: 'The results store cannot be read' });
  expect(store.detail).toContain('of 12:02:30, 1 incident firing then');
  expect(server).toMatchObject({ tone: 'blind', headline: 'The dashboard does not answer' });
});

test('an input that was read to its end is not taken for one that broke off', () => {
  const banner = bannerOf({ ...STATUS, consumer: 'ended' }, 'UTC', NOW_MS);

  expect(banner.tone).toBe('ended');
  expect(banner.command).toBeUndefined();
});
