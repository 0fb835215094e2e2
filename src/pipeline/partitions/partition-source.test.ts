import { expect, test } from 'vitest';
import { createTestClock } from '../consume/consume.testkit.js';
import type { RecordBatch } from '../ports.js';
import { createFakeBroker, type FakeBroker } from './partition-group.testkit.js';
import { createPartitionQueue } from './partition-queue.js';
import { createPartitionSource, type PartitionPosition } from './partition-source.js';

const LINE = (n: number): string =>
  JSON.stringify({ time: 1_700_000_000_000 + n, level: 'info', msg: `line ${n}`, service: 'api' });

interface Run {
  readonly bodies: readonly string[];
  readonly batches: readonly RecordBatch[];
  readonly position: PartitionPosition;
  readonly warnings: readonly string[];
}

/** Reads one partition to the end that it has now. @param onBatch after each */
async function readOn(
  broker: FakeBroker,
  from?: PartitionPosition,
  onBatch: (count: number, rejoin: () => void) => void = () => {},
): Promise<Run> {
  const member = broker.join();
  const queue = createPartitionQueue(member, 0, 2 ** 20);
  await member.start({
    onAssigned: () => {},
    onBatch: (batch) => queue.put(batch),
    onWarning: () => {},
    onFailed: () => {},
  });
  member.assign([0]);
  const warnings: string[] = [];
  const source = createPartitionSource(
    {
      group: member,
      queue,
      partition: 0,
      endOffset: broker.range(0).highOffset,
      input: {},
      defaultSourceOf: (key) => key ?? 'logs',
      onWarning: (sentence) => warnings.push(sentence),
    },
    createTestClock(0),
  );
  const batches: RecordBatch[] = [];
  const rejoin = (): void => {
    member.assign([0]);
    queue.rejoined();
  };
  for await (const batch of source.batches(from, new AbortController().signal)) {
    batches.push(batch);
    onBatch(batches.length, rejoin);
  }
  await member.stop();
  const reads = batches.flatMap((batch) => batch.reads);
  return {
    bodies: reads.map((read) => (read.ok ? read.record.body : read.reason)),
    batches,
    position: batches.at(-1)?.position as PartitionPosition,
    warnings,
  };
}

function brokerWith(lines: number): FakeBroker {
  const broker = createFakeBroker(1, 7);
  for (let n = 0; n < lines; n++) broker.append(0, LINE(n));
  return broker;
}
const bodies = (from: number, to: number): string[] =>
  Array.from({ length: to - from }, (_, n) => `line ${from + n}`);

test('a partition is read once from its beginning, and on from any position', async () => {
  const broker = brokerWith(50);

  const whole = await readOn(broker);

  expect(whole.bodies).toEqual(bodies(0, 50));
  expect(whole.position).toMatchObject({ offset: 50, timestampMs: 1049 });
  for (const batch of whole.batches) {
    const position = batch.position as PartitionPosition;
    expect((await readOn(broker, position)).bodies).toEqual(bodies(position.offset, 50));
  }
});

test('wherever the client starts again when the group meets, nothing is read twice and nothing left out', async () => {
  const broker = brokerWith(60);

  const run = await readOn(broker, undefined, (count, rejoin) => {
    if (count % 3 === 0 && count < 20) rejoin();
  });

  expect(run.bodies).toEqual(bodies(0, 60));
  expect(run.warnings).toEqual([]);
});

test('messages that retention took before they were read are counted as lost, loudly', async () => {
  const broker = brokerWith(30);
  const { position } = await readOn(broker);
  for (let n = 30; n < 60; n++) broker.append(0, LINE(n));
  broker.deleteBefore(0, 45);

  const run = await readOn(broker, position);

  expect(run.bodies).toEqual(bodies(45, 60));
  expect(run.batches.reduce((sum, { lost = 0 }) => sum + lost, 0)).toBe(15);
  expect(run.warnings[0]).toMatch(/15 messages of partition 0 of topic logs were deleted by retention/);
});

test('a topic that was deleted and made anew is read from its beginning, shorter or longer than before', async () => {
  for (const length of [10, 30, 80]) {
    const broker = brokerWith(30);
    const { position } = await readOn(broker);
    broker.recreate(0);
    for (let n = 0; n < length; n++) broker.append(0, LINE(1000 + n));

    const run = await readOn(broker, position);

    expect(run.bodies).toEqual(bodies(1000, 1000 + length));
    expect(run.batches.filter(({ isRecreated }) => isRecreated)).toHaveLength(1);
    expect(run.warnings[0]).toMatch(/was deleted and made anew/);
  }
});

test('markers of transactions take offsets and are no loss, at the end of a partition neither', async () => {
  const broker = createFakeBroker(1, 4);
  for (let n = 0; n < 20; n++) {
    broker.append(0, LINE(n));
    if (n % 3 === 2) broker.appendMarker(0);
  }
  for (let n = 0; n < 9; n++) broker.appendMarker(0);

  const first = await readOn(broker);
  broker.append(0, LINE(20));
  const second = await readOn(broker, first.position);

  expect(first.bodies).toEqual(bodies(0, 20));
  expect(second.bodies).toEqual(bodies(20, 21));
  expect([...first.warnings, ...second.warnings]).toEqual([]);
});

test('a message is known again from any of its reads, and a message without a value is a blank line', async () => {
  const broker = createFakeBroker(1);
  broker.append(0, LINE(0));
  broker.append(0, '{"broken": ', 'k');
  broker.append(0, null);

  const { batches, bodies: read } = await readOn(broker);

  expect(read).toEqual(['line 0', 'not-json', 'blank']);
  expect(batches[0]!.messageOf!(1)).toMatchObject({
    topic: 'logs',
    partition: 0,
    offset: 1,
    timestampMs: 1001,
  });
  expect(String(batches[0]!.messageOf!(1).value)).toBe('{"broken": ');
});

test('only the last batch of a partition says that it is caught up', async () => {
  const broker = brokerWith(20);

  const { batches } = await readOn(broker);

  expect(batches.map(({ isCaughtUp }) => isCaughtUp)).toEqual(
    batches.map((_, index) => index === batches.length - 1),
  );
});

test('whoever goes on where nothing is new hears that all was read', async () => {
  const broker = brokerWith(5);
  const { position } = await readOn(broker);

  const { batches } = await readOn(broker, position);

  expect(batches.map(({ reads, isCaughtUp }) => [reads.length, isCaughtUp])).toEqual([[0, true]]);
});
