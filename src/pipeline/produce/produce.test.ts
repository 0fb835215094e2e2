import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { createArrivedRecords, type PlacedMessage } from './arrived-records.js';
import { createTestClock } from '../consume/consume.testkit.js';
import {
  BATCH_HEADER,
  type IncomingMessage,
  type OutgoingMessage,
  type RawRecord,
} from '../kafka/kafka-message.js';
import type { Clock } from '../ports.js';
import { produce, type ProduceOptions, type RawSource } from './produce.js';
import type { MessageSink, Place, SafePlace } from './shipper.js';

const START_MS = Date.UTC(2026, 2, 3);

const START = { offset: 0, own: 0 };

function recordOf(n: number, source = 'api', eventTimeMs = START_MS): RawRecord {
  return { source, text: `{"n":${n}}`, eventTimeMs, isCut: false };
}

/** The position is how many batches were given out. */
function listSource(batches: readonly (readonly RawRecord[])[], isTimed = false): RawSource {
  return {
    streamId: 'list',
    batches: async function* (from, signal) {
      for (let i = (from as number | undefined) ?? 0; i < batches.length; i++) {
        if (signal.aborted) return;
        const records = batches[i]!;
        yield { records, lines: records.length, blankLines: 0, position: i + 1, isTimed };
      }
    },
  };
}

interface TestTopic extends MessageSink {
  /** By partition: what lies there, with whose it is. */
  readonly partitions: readonly PlacedMessage[][];
}

/**
 * A topic of two partitions.
 *
 * @param dies behind this send the process is dead, and nobody hears of it: says in which partitions it arrived
 * @param rest what a send waits for, if anything
 */
function createTestTopic(
  dies = (_send: number): readonly number[] | undefined => undefined,
  rest = async (): Promise<void> => {},
): TestTopic {
  const partitions: PlacedMessage[][] = [[], []];
  let sends = 0;
  return {
    partitions,
    send: async (messages: readonly OutgoingMessage[]): Promise<readonly Place[]> => {
      await rest();
      const died = dies(sends++);
      const perPartition = [0, 1].map((partition) =>
        messages.filter((m) => partitionOf(m.key) === partition),
      );
      const places = messages.map(({ key }) => ({ partition: partitionOf(key), key }));
      const first = partitions.map((partition) => partition.length);
      for (const [partition, own] of perPartition.entries()) {
        if (died?.includes(partition) === false) continue;
        for (const [index, { key, value }] of own.entries())
          partitions[partition]!.push({
            offset: String(partitions[partition]!.length),
            key: Buffer.from(key),
            value: Buffer.from(value),
            ...(index === 0 ? { headers: { [BATCH_HEADER]: Buffer.from(`me ${own.length}`) } } : {}),
          });
      }
      if (died !== undefined) throw new Error('killed');
      return places.map(({ partition }) => ({
        partition,
        offset: first[partition]!++,
        ownBehind: partitions[partition]!.length - first[partition]!,
      }));
    },
  };
}

function partitionOf(key: string): number {
  return key.length % 2;
}

function textsOf(messages: readonly IncomingMessage[]): string[] {
  return messages.map(({ value }) => Buffer.from(value!).toString('utf8'));
}

function optionsFor(
  source: RawSource,
  sink: MessageSink,
  clock: Clock,
  more: Partial<ProduceOptions> = {},
): ProduceOptions {
  return {
    source,
    sink,
    clock,
    signal: new AbortController().signal,
    from: undefined,
    onSafe: () => {},
    ...more,
  };
}

test('every record is sent once and in order, and the counts say so', async () => {
  const clock = createTestClock(START_MS);
  const topic = createTestTopic();
  const records = Array.from({ length: 30 }, (_, n) => recordOf(n, n % 3 === 0 ? 'cart' : 'api'));

  const { counts, failure } = await produce(
    optionsFor(listSource([records.slice(0, 7), [], records.slice(7)]), topic, clock),
  );

  expect(failure).toBeUndefined();
  expect(counts).toMatchObject({ records: 30, sent: 30, acknowledged: 30, failed: 0 });
  expect(textsOf(topic.partitions[0]!)).toEqual(
    records.filter((_, n) => n % 3 === 0).map(({ text }) => text),
  );
  expect(textsOf(topic.partitions[1]!)).toEqual(
    records.filter((_, n) => n % 3 !== 0).map(({ text }) => text),
  );
});

test('killed behind any sends and taken up each time, every record is there once', async () => {
  const arbRecords = fc.array(
    fc.record({ n: fc.nat(2), source: fc.constantFrom('api', 'cart', 'db'), inBatch: fc.nat(4) }),
    { maxLength: 60 },
  );
  const arbDeath = fc.record({ after: fc.nat(3), arrives: fc.subarray([0, 1]) });
  await fc.assert(
    fc.asyncProperty(
      arbRecords,
      fc.array(arbDeath, { maxLength: 6 }),
      fc.boolean(),
      async (drawn, deaths, isSlow) => {
        const batches: RawRecord[][] = [[]];
        for (const { n, source, inBatch } of drawn) {
          if (inBatch === 0) batches.push([]);
          // few different texts: what arrived must not be taken for what comes again
          batches.at(-1)!.push(recordOf(n, source));
        }
        const clock = createTestClock(START_MS);
        let sends = 0;
        let death = { at: 0, arrives: [0] };
        const topic = createTestTopic(
          () => (++sends === death.at ? death.arrives : undefined),
          // slow enough for more to gather behind the send under way
          async () => (isSlow ? clock.sleep(3) : undefined),
        );
        let place: SafePlace = { position: undefined, ends: { 0: START, 1: START } };

        for (const { after, arrives } of [...deaths, { after: Infinity, arrives: [] }]) {
          death = { at: sends + 1 + after, arrives };
          const behind = new Map(
            topic.partitions.map((messages, p) => [p, messages.slice(place.ends[p]!.offset)] as const),
          );
          await produce(
            optionsFor(listSource(batches), topic, clock, {
              from: place.position,
              arrived: createArrivedRecords(
                behind,
                'me',
                new Map([0, 1].map((p) => [p, place.ends[p]!.own])),
              ),
              // with pauses between records, so that sends begin in the middle of batches
              ratePerSecond: isSlow ? 1000 : undefined,
              onSafe: ({ position, ends }) => {
                place = { position, ends: { ...place.ends, ...ends } };
              },
            }),
          );
        }

        const all = batches.flat();
        for (const partition of [0, 1])
          expect(textsOf(topic.partitions[partition]!)).toEqual(
            all.filter(({ source }) => partitionOf(source) === partition).map(({ text }) => text),
          );
      },
    ),
  );
});

test('open loop: a stall of the broker makes records late and is measured, the pace goes on', async () => {
  const clock = createTestClock(START_MS);
  const records = Array.from({ length: 100 }, (_, n) => recordOf(n));
  let sends = 0;
  const topic = createTestTopic();
  const stalling: MessageSink = {
    send: async (messages) => {
      if (++sends === 2) clock.set(clock.nowMs() + 5000);
      return topic.send(messages);
    },
  };

  const { latencyMs, seconds } = await produce(
    optionsFor(listSource([records]), stalling, clock, { ratePerSecond: 100 }),
  );

  // 100 records at 100 a second are due within 1 s: nearly all were due while the broker stood still
  expect(latencyMs.max).toBeGreaterThan(4900);
  expect(latencyMs.p50).toBeGreaterThan(4000);
  expect(seconds).toBeLessThan(5.5);
});

test('timed records wait for their own time', async () => {
  const clock = createTestClock(START_MS);
  const topic = createTestTopic();
  const records = [0, 10, 2000].map((afterMs, n) => recordOf(n, 'api', START_MS + afterMs));

  const { seconds, latenessMs } = await produce(optionsFor(listSource([records], true), topic, clock));

  expect(seconds).toBeCloseTo(2, 1);
  expect(latenessMs.max).toBeLessThan(1);
});

test('a failed send ends it with the place before it, and what is open is counted as failed', async () => {
  const clock = createTestClock(START_MS);
  const places: SafePlace[] = [];
  const batches = [[recordOf(1)], [recordOf(2)], [recordOf(3)]];
  const topic = createTestTopic((send) => (send === 1 ? [] : undefined));

  const { counts, failure } = await produce(
    optionsFor(listSource(batches), topic, clock, { onSafe: (place) => void places.push(place) }),
  );

  expect(failure?.message).toBe('killed');
  expect(counts.acknowledged + counts.failed).toBe(counts.sent);
  expect(counts.failed).toBeGreaterThan(0);
  expect(places.at(-1)?.position).toBe(1);
});

test('a sink that stands still is not buried: memory is bounded and the source waits', async () => {
  const clock = createTestClock(START_MS);
  let release = (): void => {};
  const gate = new Promise<void>((resolve) => {
    release = resolve;
  });
  let given = 0;
  const topic = createTestTopic();
  const endless: RawSource = {
    streamId: 'many',
    batches: async function* () {
      for (; given < 100_000; given += 1000)
        yield {
          records: Array.from({ length: 1000 }, (_, n) => recordOf(n)),
          lines: 1000,
          blankLines: 0,
          position: given,
          isTimed: false,
        };
    },
  };
  const running = produce(
    optionsFor(
      endless,
      {
        send: async (messages) => {
          await gate;
          return topic.send(messages);
        },
      },
      clock,
    ),
  );
  for (let turn = 0; turn < 300; turn++) await clock.sleep(0);

  expect(given).toBeLessThan(30_000);
  release();
  expect((await running).counts.acknowledged).toBe(100_000);
});
