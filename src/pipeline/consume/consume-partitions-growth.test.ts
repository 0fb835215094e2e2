import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { arbLogLike, plainLog } from '../../core/log-like.testkit.js';
import { createRandom } from '../../core/random.js';
import type { LogRecord } from '../../core/record.js';
import { TEST_SPEC } from '../../core/window/windower.testkit.js';
import { createMemoryStore } from '../adapters/memory-store.js';
import { createFakeBroker, type FakeBroker } from '../partitions/partition-group.testkit.js';
import type { PartitionsSummary } from './partitions-job.js';
import { artifact, replayed, rowsIn, startConsumer, textOf, turns } from './consume-partitions.testkit.js';
import type { ResultStore } from '../ports.js';

const RECEIVED_MS = 2e12;

/** Each source in two, so that some stay where they are when others move. */
function halved(records: readonly LogRecord[]): LogRecord[] {
  return records.map((record, index) => ({ ...record, source: `${record.source}-${index % 2}` }));
}

async function toTheEnd(
  broker: FakeBroker,
  store: ResultStore,
  partitions: number,
): Promise<PartitionsSummary> {
  const { member, ended } = startConsumer(broker, store, { untilEnd: true });
  await turns(2);
  member.assign(Array.from({ length: partitions }, (_, partition) => partition));
  return ended;
}

/** Where each source is sent at each size of the topic; any map does that sends it to a partition that is there. */
const arbHomes = fc.array(fc.nat(1000), { minLength: 6, maxLength: 6 });
const SOURCES = ['api-0', 'api-1', 'db-0', 'db-1', 'cron-0', 'cron-1'];
const homeOf = (homes: readonly number[], source: string, partitions: number): number =>
  homes[SOURCES.indexOf(source)]! % partitions;

test('law 2: however often a topic grows, and whoever reads it meanwhile, the final rows are those of the offline replay', async () => {
  const arbSize = fc.record({
    added: fc.integer({ min: 1, max: 3 }),
    homes: arbHomes,
    // each source's producer hears of it some records later
    lags: fc.array(fc.nat(15), { minLength: 6, maxLength: 6 }),
    fraction: fc.double({ min: 0, max: 1, noNaN: true }),
    owners: fc.array(fc.constantFrom(0, 1), { minLength: 12, maxLength: 12 }),
    afterTurns: fc.nat(150),
  });
  const arbLog = arbLogLike({ ...TEST_SPEC, maxRecords: 200, slips: true });
  const arbGrowth = fc.array(arbSize, { minLength: 1, maxLength: 3 });
  // the broker's clock may give several messages the same time
  const arbPerMs = fc.constantFrom(1, 3, 1000);
  await fc.assert(
    fc.asyncProperty(arbLog, arbHomes, arbGrowth, arbPerMs, async (log, firstHomes, growth, perMs) => {
      const records = halved(log);
      let partitions = 2;
      const broker = createFakeBroker(partitions, 7, RECEIVED_MS, true);
      const store = createMemoryStore();
      const consumers = [startConsumer(broker, store), startConsumer(broker, store)];
      await turns(2);
      consumers[0]!.member.assign([0]);
      consumers[1]!.member.assign([1]);
      let at = 0;
      let appendTimeMs = 1000;
      const lastHomes = new Map<string, number>();
      const visited = new Set<string>();
      let homes = new Map(SOURCES.map((source) => [source, homeOf(firstHomes, source, 2)]));
      const appendTo = (
        end: number,
        nextHomes?: ReadonlyMap<string, number>,
        lags: readonly number[] = [],
      ): void => {
        const left = new Map(SOURCES.map((source, index) => [source, lags[index] ?? 0]));
        for (; at < end; at++) {
          const { source } = records[at]!;
          const wait = left.get(source)!;
          left.set(source, wait - 1);
          if (wait <= 0 && nextHomes !== undefined) homes.set(source, nextHomes.get(source)!);
          const home = homes.get(source)!;
          // to hear of more partitions takes a producer longer than that
          if (at % perMs === 0 || (lastHomes.get(source) ?? home) !== home) appendTimeMs++;
          lastHomes.set(source, home);
          visited.add(`${source} ${home}`);
          broker.append(home, textOf(records[at]!), source, appendTimeMs);
        }
      };
      const marks = growth.map(({ fraction }) => Math.floor(fraction * records.length)).sort((a, b) => a - b);
      appendTo(Math.max(1, marks[0]!));
      // that there were two is known to whoever reads next
      while ((await store.streamPositions(artifact)).length === 0) await turns(1);
      await turns(growth[0]!.afterTurns);
      for (const [index, { added, homes: mapped, lags, owners, afterTurns }] of growth.entries()) {
        partitions += added;
        for (let each = 0; each < added; each++) broker.addPartition();
        // none comes back to where it was while that is still unread
        const next = new Map(
          SOURCES.map((source) => {
            const home = homeOf(mapped, source, partitions);
            const isBack = visited.has(`${source} ${home}`);
            return [source, isBack ? homes.get(source)! : home];
          }),
        );
        appendTo(marks[index + 1] ?? records.length, next, lags);
        // a producer that never wrote meanwhile knows it by now
        homes = next;
        await turns(afterTurns);
        consumers.forEach(({ member }, each) =>
          member.assign(
            Array.from({ length: partitions }, (_, partition) => partition).filter(
              (partition) => owners[partition] === each,
            ),
          ),
        );
        await turns(afterTurns);
      }
      for (const { stop } of consumers) stop.abort();
      await Promise.all(consumers.map(({ ended }) => ended));

      const { splitSources } = await toTheEnd(broker, store, partitions);

      expect(await rowsIn(store)).toEqual(replayed(records));
      expect(splitSources).toBe(0);
      expect(await store.sharedSources(artifact)).toEqual([]);
    }),
    { numRuns: 10 },
  );
});

test('a source that moved is read where it was to the end first, and goes on with all that was known of it', async () => {
  const log = plainLog(600, createRandom('growth'));
  const broker = createFakeBroker(1, 10, RECEIVED_MS, true);
  const store = createMemoryStore();
  for (const record of log.slice(0, 300)) broker.append(0, textOf(record), record.source);
  const { member, stop, ended, notices } = startConsumer(broker, store);
  await turns(2);
  member.assign([0]);
  await turns(300);
  broker.addPartition();
  for (const record of log.slice(300))
    broker.append(record.source === 'db' ? 1 : 0, textOf(record), record.source);
  member.assign([0, 1]);
  await turns(600);
  stop.abort();

  const { counts, movedSources, splitSources } = await ended;

  expect([movedSources, splitSources]).toEqual([1, 0]);
  expect(counts.records.read).toBe(log.length);
  expect(notices).toContainEqual(expect.stringMatching(/has 2 partitions and had 1 when its results began/));
  await toTheEnd(broker, store, 2);
  expect(await rowsIn(store)).toEqual(replayed(log));
});

test('producers that do not agree on the partitions: the source goes to and fro, nothing is torn, and it is told', async () => {
  const log = plainLog(400, createRandom('stale')).map((record) => ({ ...record, source: 'api' }));
  const broker = createFakeBroker(1, 10, RECEIVED_MS, true);
  const store = createMemoryStore();
  for (const record of log.slice(0, 100)) broker.append(0, textOf(record), 'api');
  const { member, stop, ended, warnings } = startConsumer(broker, store);
  await turns(2);
  member.assign([0]);
  await turns(100);
  broker.addPartition();
  member.assign([0, 1]);
  for (let at = 100; at < log.length; at += 20) {
    for (const record of log.slice(at, at + 20)) broker.append((at / 20) % 2, textOf(record), 'api');
    // nobody is far behind: what the broker took first is read first, about
    await turns(60);
  }
  stop.abort();
  const { splitSources } = await ended;

  expect(splitSources).toBe(1);
  expect(warnings).toContainEqual(
    expect.stringMatching(/'api' goes to and fro .* restart those that were started/),
  );
  await toTheEnd(broker, store, 2);
  expect(await rowsIn(store)).toEqual(replayed(log));
  expect(await store.sharedSources(artifact)).toEqual([]);
});

test('a source that two processes read at a time, since producers have partitioners of their own, is told', async () => {
  const log = plainLog(300, createRandom('split'));
  const broker = createFakeBroker(2, 10, RECEIVED_MS, true);
  const store = createMemoryStore();
  const consumers = [startConsumer(broker, store), startConsumer(broker, store)];
  await turns(2);
  consumers.forEach(({ member }, each) => member.assign([each]));
  log.forEach((record, index) => broker.append(index % 2, textOf(record), record.source));
  await turns(600);
  for (const { stop } of consumers) stop.abort();

  const summaries = await Promise.all(consumers.map(({ ended }) => ended));

  expect(summaries.map(({ splitSources }) => splitSources)).toEqual([3, 3]);
  expect(consumers[0]!.warnings).toContainEqual(
    expect.stringMatching(/'db' comes in partitions 0 and 1 of topic logs,.* with the same partitioner/),
  );
});
