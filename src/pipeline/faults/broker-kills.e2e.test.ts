// Brokers and the database killed under load: one broker alone on its data, one of three, and PostgreSQL.
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import {
  HOW_TO_ENABLE_POSTGRES,
  isPostgresThere,
  startTestPostgres,
  type TestPostgres,
} from '../adapters/postgres.testkit.js';
import type { KafkaClientOptions } from '../adapters/kafka-client.js';
import { createTopic, describeTopic } from '../adapters/kafka-topics.js';
import { endConnections } from '../adapters/postgres-connections.testkit.js';
import { parseKafkaAddress } from '../kafka/kafka-address.js';
import { kafkaOrSkip, startTestKafka, type TestKafka } from '../kafka-broker/kafka.testkit.js';
import { requireOrSkip } from '../../require.testkit.js';
import type { Ended } from '../adapters/kafka-source.testkit.js';
import { createFaultLog, type FaultLog, oracleOf, writeParts } from './fault-log.testkit.js';
import type { Random } from '../../core/random.js';
import { FAULT_ROUNDS, patienceMs, withChance } from './rounds.testkit.js';
import { expectUndisturbed, isRunning, openScene, type Scene, until, untilItReads } from './scene.testkit.js';

const PARTITIONS = 4;
const RECORDS = 8000 + 1000 * FAULT_ROUNDS;
/** What a server needs to come back, and to be killed again. */
const ROUND_MS = 6000;
/** So that requests are under way at any moment. */
const RATE = 3000;
/** Each with both halts below. */
const CLUSTER_ROUNDS = Math.ceil(FAULT_ROUNDS / 3);
const MORE_TOPICS = 5;
const FILE = 'rest.ndjson';
const hasPostgres = requireOrSkip('postgres', isPostgresThere(), HOW_TO_ENABLE_POSTGRES);

describe.runIf(await kafkaOrSkip())('servers killed under load', () => {
  let log: FaultLog;
  let oracle: Awaited<ReturnType<typeof oracleOf>>;
  let scene: Scene | undefined;
  let kafka: TestKafka | undefined;
  let postgres: TestPostgres | undefined;

  beforeAll(async () => {
    log = createFaultLog(RECORDS);
    oracle = await oracleOf(log, FILE, log.lines);
  });
  afterEach(async () => {
    scene?.end();
    await kafka?.stop();
    await postgres?.stop();
    [scene, kafka, postgres] = [undefined, undefined, undefined];
  });
  afterAll(() => log?.remove());

  let client: KafkaClientOptions;
  const topicOf = (name: string): KafkaClientOptions => {
    const address = parseKafkaAddress(`kafka://${kafka!.addresses.join(',')}/${name}`);
    return { address, security: {}, onWarning: () => {} };
  };
  const open = async (name: string, brokers: 1 | 3, store: string): Promise<void> => {
    kafka = await startTestKafka({ brokers });
    const address = kafka.addresses.join(',');
    client = topicOf(name);
    await createTopic(client, { partitions: PARTITIONS });
    scene = openScene({ log, fileName: FILE, brokers: address, topic: name, store });
  };

  /**
   * Each harm comes once some of its part of the log is stored, and while some of it is still to be sent, however slow the
   * consumer is. A producer for each part; one consumer lives through all.
   *
   * @returns how it ended when it was told to
   */
  const harmUnderLoad = async (
    name: string,
    random: Random,
    harms: readonly (() => Promise<void>)[],
  ): Promise<Ended> => {
    const { produce, consume, countNewWindows } = scene!;
    const consumer = consume(`${name}-readers`);
    await untilItReads(consumer);
    const parts = writeParts(log, name, log.lines, harms.length);
    const mostSent = log.lines.length / harms.length / 2;
    for (const [index, harm] of harms.entries()) {
      const stored = await countNewWindows();
      const wanted = 1 + random.below(200);
      const sentBefore = await recordsIn(client);
      const producer = produce(RATE, parts[index]);
      // windows of what came before may close by themselves: a producer that finds no broker at its start gives up
      await until(async () => (await recordsIn(client)) > sentBefore, undefined, [consumer, producer]);
      const isTime = async (): Promise<boolean> =>
        (await stored()) >= wanted || (await recordsIn(client)) - sentBefore > mostSent;
      await until(isTime, undefined, [consumer]);
      await harm();
      const { code, stderr } = await producer.ended;
      expect({ code, said: code === 0 ? '' : stderr }).toEqual({ code: 0, said: '' });
    }
    expect(isRunning(consumer)).toBe(true);
    consumer.child.kill('SIGTERM');
    return consumer.ended;
  };

  test(
    'the only broker, started again on the same data',
    withChance('broker', async (random) => {
      await open('broker', 1, `sqlite:${log.at('broker.db')}`);
      const killAndStart = async (): Promise<void> => {
        await kafka!.stopNode(1, 'SIGKILL');
        await sleep(random.below(1000));
        await kafka!.startNode(1);
      };

      const ended = await harmUnderLoad('broker', random, times(FAULT_ROUNDS, killAndStart));

      expect(ended).toMatchObject({ code: 0 });
      await expectUndisturbed(scene!, oracle);
    }),
    patienceMs(5 * ROUND_MS),
  );

  test(
    'one broker of three, while copies lag behind it',
    withChance('cluster', async (random) => {
      await open('cluster', 3, `sqlite:${log.at('cluster.db')}`);
      // one that is made is there for all, whichever broker has not heard of it yet
      for (let n = 0; n < MORE_TOPICS; n++)
        await createTopic(topicOf(`cluster-${n}`), { partitions: PARTITIONS });
      /** @param halted how many of the other brokers sleep before it dies and wake up then */
      const killLeader = async (halted: 1 | 2): Promise<void> => {
        const [leader, ...copies] = await brokersOfMost(client);
        const others = copies.slice(-halted);
        for (const node of others) process.kill(kafka!.pidOf(node)!, 'SIGSTOP');
        await sleep(500 + random.below(500));
        await kafka!.stopNode(leader, 'SIGKILL');
        for (const node of others) process.kill(kafka!.pidOf(node)!, 'SIGCONT');
        await until(() => isLedByOthers(client, leader));
        await kafka!.startNode(leader);
      };

      const ended = await harmUnderLoad(
        'cluster',
        random,
        times(CLUSTER_ROUNDS, [
          // what it has and acknowledges too soon is lost with it
          () => killLeader(2),
          // what one of the others has, and nobody has acknowledged, is sent again
          () => killLeader(1),
        ]).flat(),
      );

      expect(ended).toMatchObject({ code: 0 });
      await expectUndisturbed(scene!, oracle);
    }),
    patienceMs(15 * ROUND_MS),
  );

  // a server that is not ours is not killed
  test.runIf(hasPostgres && process.env['LOGHORN_TEST_POSTGRES'] === undefined)(
    'PostgreSQL, killed or shut down and started again, its connections ended before',
    withChance('postgres', async (random) => {
      postgres = await startTestPostgres();
      const address = await postgres.freshDatabase();
      await open('postgres', 1, address);
      const endAndKill = async (): Promise<void> => {
        expect(await endConnections(address)).toBeGreaterThan(0);
        await sleep(random.below(300));
        await postgres!.server!.kill(random.below(3) === 0 ? 'SIGINT' : 'SIGKILL');
        await sleep(random.below(1500));
        await postgres!.server!.start();
      };

      const ended = await harmUnderLoad('postgres', random, times(FAULT_ROUNDS, endAndKill));

      expect(ended).toMatchObject({ code: 0 });
      await expectUndisturbed(scene!, oracle);
    }),
    patienceMs(5 * ROUND_MS),
  );
});

function times<T>(count: number, harm: T): T[] {
  return Array.from({ length: count }, () => harm);
}

/** Of the partition with most records: the node that leads it, then those with its copies, the next leader first. */
async function brokersOfMost(client: KafkaClientOptions): Promise<[number, ...number[]]> {
  const { partitions } = (await describeTopic(client))!;
  const { leader, replicas } = partitions.reduce((most, each) => (each.high > most.high ? each : most));
  return [leader, ...replicas.filter((node) => node !== leader)];
}

async function recordsIn(client: KafkaClientOptions): Promise<number> {
  const topic = await describeTopic(client);
  return topic!.partitions.reduce((sum, { high }) => sum + high, 0);
}

async function isLedByOthers(client: KafkaClientOptions, dead: number): Promise<boolean> {
  // the client asks the dead one, too, as long as it does not know
  const topic = await describeTopic(client).catch(() => undefined);
  return topic?.partitions.every(({ leader }) => leader > 0 && leader !== dead) ?? false;
}
