import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { arbLogLike, LOG_SOURCES, plainLog } from '../../core/log-like.testkit.js';
import { createRandom } from '../../core/random.js';
import type { LogRecord } from '../../core/record.js';
import { TEST_SPEC } from '../../core/window/windower.testkit.js';
import { createMemoryStore } from '../adapters/memory-store.js';
import type { PartitionsJob, PartitionsSummary } from './partitions-job.js';
import { artifact, replayed, rowsIn, startConsumer, textOf, turns } from './consume-partitions.testkit.js';
import { createTestClock } from './consume.testkit.js';
import { createFakeBroker, type FakeBroker } from '../partitions/partition-group.testkit.js';
import type { PoisonMessage, ResultStore } from '../ports.js';

const PARTITIONS = LOG_SOURCES.length;

function append(broker: FakeBroker, record: LogRecord): void {
  const partition = LOG_SOURCES.indexOf(record.source as (typeof LOG_SOURCES)[number]);
  broker.append(partition, textOf(record), record.source);
}

async function toTheEnd(
  broker: FakeBroker,
  store: ResultStore,
  changes: Partial<PartitionsJob> = {},
): Promise<PartitionsSummary & { readonly warnings: readonly string[] }> {
  const { member, ended, warnings } = startConsumer(broker, store, { untilEnd: true, ...changes });
  await turns(2);
  member.assign(Array.from({ length: PARTITIONS }, (_, partition) => partition));
  return { ...(await ended), warnings };
}

const arbRecords = arbLogLike({ ...TEST_SPEC, maxRecords: 200, slips: true });

test('law 2: whatever the group does to two consumers, the final rows and counts are those of the offline replay', async () => {
  // what the group does next: who gets which partition, and who is told of it
  const arbMeeting = fc.record({
    owners: fc.array(fc.constantFrom(0, 1), { minLength: PARTITIONS, maxLength: PARTITIONS }),
    // a consumer that sleeps or is cut off is not told, and goes on with what it had
    told: fc.constantFrom([0, 1], [1, 0], [0], [1]),
    afterTurns: fc.nat(12),
  });
  await fc.assert(
    fc.asyncProperty(arbRecords, fc.array(arbMeeting, { maxLength: 6 }), async (records, meetings) => {
      const broker = createFakeBroker(PARTITIONS, 5);
      for (const record of records) append(broker, record);
      const store = createMemoryStore();
      const consumers = [startConsumer(broker, store), startConsumer(broker, store)];
      await turns(2);
      for (const { owners, told, afterTurns } of meetings) {
        for (const each of told)
          consumers[each]!.member.assign(
            owners.flatMap((owner, partition) => (owner === each ? [partition] : [])),
          );
        await turns(afterTurns);
      }
      for (const { stop, ended } of consumers) {
        stop.abort();
        await ended;
      }

      const { counts } = await toTheEnd(broker, store);

      expect(await rowsIn(store)).toEqual(replayed(records));
      expect(counts.records.read).toBe(records.length);
      const { scored, late, setAside } = counts.records;
      expect(scored + late + setAside).toBe(records.length);
    }),
    { numRuns: 12 },
  );
});

const log = plainLog(600, createRandom('partitions'));
const brokerWith = (records: readonly LogRecord[], receivedMs?: number): FakeBroker => {
  const broker = createFakeBroker(PARTITIONS, 10, receivedMs);
  for (const record of records) append(broker, record);
  return broker;
};

test('all partitions together end at the greatest event time of any of them', async () => {
  const store = createMemoryStore();

  const summary = await toTheEnd(brokerWith(log), store);

  expect(summary).toMatchObject({
    topic: 'logs',
    partitions: [0, 1, 2],
    isOver: true,
    rebalances: 1,
    fenced: 0,
  });
  expect(summary.counts.lines.read).toBe(log.length);
  expect(await rowsIn(store)).toEqual(replayed(log));
});

test('a consumer that was asleep is fenced, and takes its partition again once the group has met', async () => {
  const broker = brokerWith(log.slice(0, 300));
  const store = createMemoryStore();
  const [sleeper, other] = [startConsumer(broker, store), startConsumer(broker, store)];
  await turns(2);
  sleeper.member.assign([0, 1, 2]);
  await turns(300);
  other.member.assign([0, 1, 2]);
  await turns(300);
  for (const record of log.slice(300)) append(broker, record);

  // awake, it believes that the partitions are its own
  await turns(100);
  const fencedMeanwhile = sleeper.warnings.filter((each) => /was taken over by another/.test(each)).length;
  other.member.assign([1]);
  sleeper.member.assign([0, 2]);
  await turns(400);
  for (const { stop } of [sleeper, other]) stop.abort();
  const [first, second] = await Promise.all([sleeper.ended, other.ended]);

  expect(fencedMeanwhile).toBe(3);
  expect(sleeper.warnings[0]).toMatch(/partition \d of topic logs was taken over by another process/);
  expect([first.fenced, second.fenced]).toEqual([3, 0]);
  expect([first.partitions, second.partitions]).toEqual([[0, 2], [1]]);
  expect(first.counts.records.read + second.counts.records.read).toBe(log.length);
  await toTheEnd(broker, store);
  expect(await rowsIn(store)).toEqual(replayed(log));
});

test('a partition that the store says is another process’s and the group says is this one’s ends in joining anew', async () => {
  const broker = brokerWith(log.slice(0, 300));
  const store = createMemoryStore();
  const consumer = startConsumer(broker, store);
  await turns(2);
  consumer.member.assign([0]);
  await turns(100);
  await store.takeOver({ streamId: 'kafka:logs/0', artifact }, []);
  for (const record of log.slice(300)) append(broker, record);
  await turns(200);
  consumer.stop.abort();
  await consumer.ended;

  expect(consumer.member.rejoins()).toBeGreaterThan(0);
});

test('a partition that stays when the group meets is read on', async () => {
  const broker = brokerWith(log);
  const consumer = startConsumer(broker, createMemoryStore());
  await turns(2);
  for (let meeting = 0; meeting < 5; meeting++) {
    consumer.member.assign([0, 1, 2]);
    await turns(meeting * 7);
  }
  await turns(400);
  consumer.stop.abort();
  const { counts, rebalances } = await consumer.ended;

  expect(counts.records.read).toBe(log.length);
  expect(rebalances).toBe(5);
});

test('who takes a quiet partition over closes its last windows by the clock, though there is nothing to read', async () => {
  const lastMs = Math.max(...log.map(({ eventTimeMs }) => eventTimeMs));
  const broker = brokerWith(log, lastMs);
  const store = createMemoryStore();
  // the first is stopped before the clock could close anything
  const first = startConsumer(broker, store, {
    clock: { ...createTestClock(lastMs), sleep: () => turns(1) },
  });
  await turns(2);
  first.member.assign([0, 1, 2]);
  await turns(300);
  first.stop.abort();
  await first.ended;
  const lastEndOf = async (): Promise<number> =>
    Math.max(...(await store.windows({ artifact })).map(({ endMs }) => endMs));
  expect(await lastEndOf()).toBeLessThanOrEqual(lastMs);

  const second = startConsumer(broker, store, { clock: createTestClock(lastMs + 20_000) });
  await turns(2);
  second.member.assign([0, 1, 2]);
  await turns(100);
  second.stop.abort();
  await second.ended;

  expect(await lastEndOf()).toBeGreaterThan(lastMs);
});

test('a spare consumer says so once and waits', async () => {
  const broker = brokerWith(log);
  const spare = startConsumer(broker, createMemoryStore());
  await turns(2);
  spare.member.assign([]);
  await turns(5);
  spare.stop.abort();

  expect(await spare.ended).toMatchObject({ partitions: [], isOver: false });
  expect(spare.notices).toEqual([
    expect.stringMatching(/no partition of topic logs is left for this consumer/),
  ]);
});

test('to read until the end a consumer must be alone in its group', async () => {
  const { member, ended } = startConsumer(brokerWith(log), createMemoryStore(), { untilEnd: true });
  setTimeout(() => member.assign([1]), 5);

  await expect(ended).rejects.toThrow(/--until-end .* must be alone in its group, but others hold 2 of them/);
});

test('a topic that cannot be read any more ends the consumer with what was wrong', async () => {
  const { member, ended } = startConsumer(brokerWith(log), createMemoryStore());
  setTimeout(() => member.fail(new Error('no such codec')), 5);

  await expect(ended).rejects.toThrow('no such codec');
});

test('poison is kept with all its bytes before the position moves beyond it, and once in the counts', async () => {
  const broker = brokerWith(log.slice(0, 50));
  broker.append(1, '{"broken": ', 'db');
  for (const record of log.slice(50)) append(broker, record);
  broker.append(2, 'neither one nor the other', 'cron');
  const store = createMemoryStore();
  const kept: PoisonMessage[] = [];
  let isUp = false;
  const deadLetters = {
    keep: async (poison: readonly PoisonMessage[]) => {
      if (!isUp) throw new Error('dead letter topic is down');
      kept.push(...poison);
    },
  };

  await expect(toTheEnd(broker, store, { deadLetters })).rejects.toThrow('dead letter topic is down');
  isUp = true;
  const { counts } = await toTheEnd(broker, store, { deadLetters });

  const seen = kept.map(({ reason, message }) => `${reason} ${message.partition} ${String(message.value)}`);
  expect([...new Set(seen)].sort()).toEqual(
    ['no-pattern-match 2 neither one nor the other', 'not-json 1 {"broken": '].sort(),
  );
  expect(counts.deadLetters).toEqual({ 'no-pattern-match': 1, 'not-json': 1 });
  expect(counts.lines.read).toBe(log.length + 2);
  expect(await rowsIn(store)).toEqual(replayed(log));
});

test('a source in two partitions is told once, and counted', async () => {
  const broker = brokerWith(log);
  for (const record of log.slice(0, 9)) broker.append(0, textOf({ ...record, source: 'db' }), 'db');

  const { splitSources, warnings } = await toTheEnd(broker, createMemoryStore());

  expect(splitSources).toBe(1);
  expect(warnings.filter((each) => /source 'db' comes in partitions/.test(each))).toHaveLength(1);
});

test('the group’s offsets follow the store, for other tools to see', async () => {
  const broker = brokerWith(log);

  await toTheEnd(broker, createMemoryStore());

  for (let partition = 0; partition < PARTITIONS; partition++)
    expect(broker.committedOffset(partition)).toBe(broker.range(partition).highOffset);
});

test('a group that meets while its member leaves is no reason to begin anew', async () => {
  const broker = brokerWith(log);
  const store = createMemoryStore();
  const member = broker.join();
  const leaving = {
    ...member,
    stop: async () => {
      member.assign([0, 1, 2]);
      await turns(20);
      await member.stop();
    },
  };
  const { stop, ended, notices } = startConsumer(broker, store, { group: leaving });
  await turns(2);
  member.assign([0]);
  await turns(20);
  stop.abort();

  const { partitions } = await ended;

  expect(partitions).toEqual([0]);
  expect(notices).toEqual(['reading partitions 0 of topic logs']);
  const key = { streamId: 'kafka:logs/1', artifact };
  expect((await store.takeOver(key, [])).epoch).toBe(1);
});

test('a topic with its producers’ times that gets more partitions is refused before a record of a source that moved is scored, and ever after', async () => {
  const broker = brokerWith(log.slice(0, 300));
  const store = createMemoryStore();
  const first = startConsumer(broker, store);
  await turns(2);
  first.member.assign([0, 1, 2]);
  await turns(300);
  broker.addPartition();
  // the group has not met since: the source comes in an old partition, and in the new one
  for (const record of log.slice(300))
    broker.append(record.source === LOG_SOURCES[0] ? 1 : 3, textOf(record));

  await expect(first.ended).rejects.toThrow(/has 4 partitions and had 3 .* new topic of 4/);

  const second = startConsumer(broker, store);
  await turns(2);
  second.member.assign([0, 1, 2, 3]);
  await expect(second.ended).rejects.toThrow('had 3');
  const reads = await Promise.all(
    [0, 1, 2, 3].map(async (partition) => {
      const { state } = await store.takeOver({ streamId: `kafka:logs/${partition}`, artifact }, []);
      return state.counts?.records.read ?? 0;
    }),
  );
  expect(reads.reduce((sum, each) => sum + each, 0)).toBe(300);
});
