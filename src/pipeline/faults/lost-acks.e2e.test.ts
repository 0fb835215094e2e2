// Acknowledgements that get lost between the broker and the producer: it has to send again what is written already.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTestTopics, runCli, startCli, type TestTopics } from '../adapters/kafka-source.testkit.js';
import { kafkaOrSkip, sharedTestKafka } from '../kafka-broker/kafka.testkit.js';
import { type AckProxy, startAckProxy } from './ack-proxy.testkit.js';
import { FAULT_ROUNDS, patienceMs, withChance } from './rounds.testkit.js';
import { until } from './scene.testkit.js';

const RECORDS = 6000 + 2000 * FAULT_ROUNDS;
const RATE = 2000;

describe.runIf(await kafkaOrSkip())('acknowledgements that get lost', () => {
  const folder = mkdtempSync(join(tmpdir(), 'loghorn-acks-'));
  let topics: TestTopics;
  let proxy: AckProxy;
  beforeAll(async () => {
    const address = await sharedTestKafka();
    topics = await openTestTopics(address);
    proxy = await startAckProxy(address);
  });
  afterAll(async () => {
    await proxy?.close();
    await topics?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  test(
    'what is sent again is there once, and each source in its order',
    withChance('lost acks', async (random) => {
      const topic = `acks-${process.pid}`;
      runCli('generate', '--out', folder, '--records', String(RECORDS), '--span', '2h');
      await topics.create(topic, 3);
      const from = ['--from', `file:${join(folder, 'logs.ndjson')}`, '--rate', `${RATE}/s`];

      const producer = startCli('produce', '--to', `kafka://${proxy.address}/${topic}`, ...from);
      for (let round = 1; round <= 2 * FAULT_ROUNDS; round++) {
        proxy.loseNextAck();
        await until(() => proxy.lost() === round, undefined, [producer]);
        await sleep(random.below(300));
      }
      const { code, stderr } = await producer.ended;

      expect({ code, said: code === 0 ? '' : stderr }).toEqual({ code: 0, said: '' });
      const lines = readFileSync(join(folder, 'logs.ndjson'), 'utf8').trimEnd().split('\n');
      const sent = (await topics.read(topic)).map(({ value }) => String(value));
      expect(sent.length).toBe(lines.length);
      expect([...sent].sort()).toEqual([...lines].sort());
      for (const source of new Set(lines.map(sourceOf)))
        expect(sent.filter((text) => sourceOf(text) === source)).toEqual(
          lines.filter((text) => sourceOf(text) === source),
        );
    }),
    patienceMs(10_000),
  );
});

function sourceOf(text: string): string {
  return (JSON.parse(text) as { readonly service: string }).service;
}
