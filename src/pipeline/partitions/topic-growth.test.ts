import { expect, test } from 'vitest';
import { createTopicGrowth } from './topic-growth.js';

const NOTHING_STORED = async (): Promise<[]> => [];

test('a topic has grown once it has more partitions than when the results of any stream began', async () => {
  let partitions = 3;
  const growth = createTopicGrowth('logs', async () => partitions, NOTHING_STORED);

  expect(await growth.check()).toEqual({ before: 3, now: 3 });
  expect(await growth.check(3)).toEqual({ before: 3, now: 3 });
  partitions = 4;
  expect(await growth.check()).toEqual({ before: 3, now: 4 });
});

test('what one stream knows of before holds for a partition that is new', async () => {
  const growth = createTopicGrowth('logs', async () => 3, NOTHING_STORED);

  expect(await growth.check(2)).toEqual({ before: 2, now: 3 });
  expect(await growth.check()).toEqual({ before: 2, now: 3 });
});

test('a process that reads none but new partitions learns from the store how many there were', async () => {
  const growth = createTopicGrowth(
    'logs',
    async () => 5,
    async () => [
      { streamId: 'kafka:logs/0', position: { offset: 1, timestampMs: null, partitions: 2 } },
      { streamId: 'kafka:logs/1', position: { offset: 1, timestampMs: null } },
      { streamId: 'kafka:others/0', position: { offset: 1, timestampMs: null, partitions: 1 } },
      { streamId: 'kafka:logs', position: {} },
    ],
  );

  expect(await growth.check()).toEqual({ before: 2, now: 5 });
});
