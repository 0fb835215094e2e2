// A topic that grows while another artifact takes over: whichever comes first, nobody waits for ever, and each window is there
// once.
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { plainLog } from '../../core/log-like.testkit.js';
import { createRandom } from '../../core/random.js';
import { createMemoryStore } from '../adapters/memory-store.js';
import { createFakeBroker } from '../partitions/partition-group.testkit.js';
import type { ResultStore, StoredWindow } from '../ports.js';
import { artifact, replayed, startConsumer, textOf, turns } from './consume-partitions.testkit.js';

/** Another one by name alone: its rows are the same, whoever's they are. */
const next = { ...artifact, version: 'next' };
const models = new Map([artifact, next].map((each) => [each.version, each]));
const log = plainLog(600, createRandom('growth and promotion'));
const GROWN_AT = 300;
const SOURCES = [...new Set(log.map(({ source }) => source))];

function ask(store: ResultStore): void {
  void store.requestPromotion({
    kind: 'promote',
    stream: 'kafka:logs',
    to: { name: next.name, version: next.version },
    replaces: { name: artifact.name, version: artifact.version },
    by: 'tester',
    requestTimeMs: 0,
  });
}

/** Those that are valid, of both artifacts, by what the switches of their partition say. */
async function rowsOfBoth(store: ResultStore, partitions: number): Promise<readonly StoredWindow[]> {
  const switches = await store.modelSwitches();
  const rows: StoredWindow[] = [];
  for (let partition = 0; partition < partitions; partition++) {
    const streamId = `kafka:logs/${partition}`;
    const atMs = switches.find((each) => each.streamId === streamId)?.atMs ?? Infinity;
    for (const row of await store.windows({ artifact, streamId })) if (row.startMs < atMs) rows.push(row);
    for (const row of await store.windows({ artifact: next, streamId }))
      if (row.startMs >= atMs) rows.push(row);
  }
  return rows;
}

test('law 2 also holds while another artifact is promoted: at any moment, with one consumer or two', async () => {
  const arbRun = fc.record({
    askedAfterTurns: fc.integer({ min: -100, max: 400 }),
    // which sources the new partition gets
    moves: fc.array(fc.boolean(), { minLength: SOURCES.length, maxLength: SOURCES.length }),
    isShared: fc.boolean(),
  });
  await fc.assert(
    fc.asyncProperty(arbRun, async ({ askedAfterTurns, moves, isShared }) => {
      const broker = createFakeBroker(1, 10, undefined, true);
      const store = createMemoryStore();
      for (const each of models.values()) await store.keepModel(each, each.version);
      const follows = { decodeModel: (text: string) => models.get(text)! };
      const consumers = Array.from({ length: isShared ? 2 : 1 }, () => startConsumer(broker, store, follows));
      for (const record of log.slice(0, GROWN_AT)) broker.append(0, textOf(record), record.source);
      await turns(2);
      consumers[0]!.member.assign([0]);
      if (askedAfterTurns < 0) ask(store);
      await turns(askedAfterTurns < 0 ? -askedAfterTurns : 100);
      broker.addPartition();
      const isMoved = (source: string): boolean => moves[SOURCES.indexOf(source)]!;
      for (const record of log.slice(GROWN_AT))
        broker.append(isMoved(record.source) ? 1 : 0, textOf(record), record.source);
      if (isShared) consumers[1]!.member.assign([1]);
      else consumers[0]!.member.assign([0, 1]);
      await turns(Math.max(0, askedAfterTurns));
      if (askedAfterTurns >= 0) ask(store);
      await turns(1200);
      for (const { stop } of consumers) stop.abort();
      await Promise.all(consumers.map(({ ended }) => ended));
      expect(await store.sourceWishes()).toEqual([]);

      const { member, ended } = startConsumer(broker, store, { ...follows, untilEnd: true });
      await turns(2);
      member.assign([0, 1]);
      const { counts } = await ended;

      expect(counts.records.read).toBe(log.length);
      const byPlace = (a: StoredWindow, b: StoredWindow): number =>
        a.source < b.source ? -1 : a.source > b.source ? 1 : a.startMs - b.startMs;
      const rows = [...(await rowsOfBoth(store, 2))].sort(byPlace);
      const wanted = [...(replayed(log) as StoredWindow[])].sort(byPlace);
      const valuesOf = ({ source, startMs, records, score, features }: StoredWindow): unknown => ({
        source,
        startMs,
        records,
        score,
        features,
      });
      expect(rows.map(valuesOf)).toEqual(wanted.map(valuesOf));
    }),
    { numRuns: 8 },
  );
});
