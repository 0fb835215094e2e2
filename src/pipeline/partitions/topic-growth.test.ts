import { expect, test } from 'vitest';
import { createTopicGrowth } from './topic-growth.js';

test('a stream begins with what the topic has, and goes on while it has no more', async () => {
  let partitions = 3;
  const growth = createTopicGrowth('logs', async () => partitions);

  expect(await growth.check(undefined)).toBe(3);
  expect(await growth.check(3)).toBe(3);
  partitions = 4;
  await expect(growth.check(undefined)).rejects.toThrow(/4 partitions and had 3 .* new topic of 4/);
});

test('what one stream knows of before holds for a partition that is new', async () => {
  const growth = createTopicGrowth('logs', async () => 3);

  await expect(growth.check(2)).rejects.toThrow('had 2');
  await expect(growth.check(undefined)).rejects.toThrow('had 2');
});
