import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { brokerProperties, portsOf } from './broker-properties.js';
import { claimFolder, writeNote } from './cluster-folder.js';
import { javaMajorOf } from './java.js';
import { majorOf } from './kafka-jars.js';

const folder = mkdtempSync(join(tmpdir(), 'loghorn-cluster-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('three brokers keep every record three times and take it only with two in sync', () => {
  const text = brokerProperties({ brokers: 3, port: 100, users: [] }, 2, '/data');

  expect(text).toContain('node.id=2\n');
  expect(text).toContain('listeners=PLAINTEXT://127.0.0.1:101,CONTROLLER://127.0.0.1:104\n');
  expect(text).toContain('controller.quorum.voters=1@127.0.0.1:103,2@127.0.0.1:104,3@127.0.0.1:105\n');
  for (const line of [
    'default.replication.factor=3',
    'offsets.topic.replication.factor=3',
    'min.insync.replicas=2',
  ])
    expect(text).toContain(`${line}\n`);
});

test('no two listeners share a port', () => {
  const shape = { brokers: 3, port: 100, users: [{ name: 'alice', password: 'x' }] };
  const used = [1, 2, 3].flatMap((node) =>
    [...brokerProperties(shape, node, '/data').matchAll(/^listeners=(.*)$/gm)].flatMap(([, list]) =>
      list!.split(',').map((listener) => Number(listener.split(':').at(-1))),
    ),
  );

  expect(used.sort((a, b) => a - b)).toEqual(portsOf(shape));
});

test('a folder is claimed once, and refused to another shape and to an older Kafka', async () => {
  const own = join(folder, 'own');
  const wanted = { kafkaVersion: '4.1.2', brokers: 1 };
  const { note, isNew } = await claimFolder(own, wanted);
  await writeNote(own, note);

  expect(isNew).toBe(true);
  expect(await claimFolder(own, wanted)).toEqual({ note, isNew: false });
  await expect(claimFolder(own, { ...wanted, brokers: 3 })).rejects.toThrow('add --brokers 1');
  await expect(claimFolder(own, { ...wanted, kafkaVersion: '3.9.1' })).rejects.toThrow(
    'add --kafka-version 4.1.2',
  );
});

test("a folder with somebody's files is not made a cluster", async () => {
  writeFileSync(join(folder, 'thesis.txt'), '');

  await expect(claimFolder(folder, { kafkaVersion: '4.1.2', brokers: 1 })).rejects.toThrow(
    'LOGHORN_KAFKA_DIR',
  );
});

test('the version of Java is read from what it prints, old and new', () => {
  expect(javaMajorOf('openjdk version "17.0.15" 2025-04-15')).toBe(17);
  expect(javaMajorOf('java version "1.8.0_392"')).toBe(8);
  expect(javaMajorOf('no java here')).toBeUndefined();
});

test('what is no version of Kafka with KRaft is refused', () => {
  expect(majorOf('3.9.1')).toBe(3);
  for (const text of ['4', '4.1', 'latest', '2.8.0']) expect(() => majorOf(text)).toThrow(RangeError);
});
