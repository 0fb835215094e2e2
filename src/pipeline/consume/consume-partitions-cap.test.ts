import { expect, test } from 'vitest';
import { fitSmall } from '../../core/scorer.testkit.js';
import { TEST_SPEC } from '../../core/window/windower.testkit.js';
import { createMemoryStore } from '../adapters/memory-store.js';
import { consumePartitions } from './consume-partitions.js';
import { createTestClock } from './consume.testkit.js';
import { createFakeBroker } from '../partitions/partition-group.testkit.js';

test('sources beyond the cap are counted for each partition apart, since their windows are of the same time', async () => {
  const artifact = fitSmall({ window: { ...TEST_SPEC, maxSources: 1 } });
  const broker = createFakeBroker(2);
  for (let second = 0; second < 60; second++)
    for (const partition of [0, 1])
      for (const pod of ['a', 'b', 'c'])
        broker.append(
          partition,
          JSON.stringify({
            time: 1_700_000_000_000 + second * 1000,
            service: `${pod}${partition}`,
            msg: 'served',
          }),
        );
  const store = createMemoryStore();
  const member = broker.join();
  const summary = consumePartitions({
    artifact,
    group: member,
    store,
    sinks: [],
    clock: createTestClock(1_700_000_060_000),
    signal: new AbortController().signal,
    untilEnd: true,
  });
  await new Promise((resolve) => {
    setTimeout(resolve, 5);
  });
  member.assign([0, 1]);
  await summary;

  const rows = await store.windows({ artifact });

  const records = new Map<string, number>();
  for (const row of rows) records.set(row.source, (records.get(row.source) ?? 0) + row.records);
  expect(Object.fromEntries(records)).toEqual({
    a0: 60,
    a1: 60,
    '(other of partition 0)': 120,
    '(other of partition 1)': 120,
  });
});
