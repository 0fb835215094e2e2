// Producers and consumers killed at any moment while records come in, on a real broker.
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { openTestTopics, type TestTopics } from '../adapters/kafka-source.testkit.js';
import { kafkaOrSkip, sharedTestKafka } from '../kafka-broker/kafka.testkit.js';
import { createFaultLog, type FaultLog, oracleOf } from './fault-log.testkit.js';
import { FAULT_ROUNDS, patienceMs, withChance } from './rounds.testkit.js';
import { expectUndisturbed, isRunning, kill, openScene, type Scene, until } from './scene.testkit.js';

const PARTITIONS = 4;
const RECORDS = 8000 + 1000 * FAULT_ROUNDS;
/** How long a killed process has worked, about, with its start. */
const ROUND_MS = 3000;
const RATE = Math.round(RECORDS / (FAULT_ROUNDS * (ROUND_MS / 1000) + 2));
const FILE = 'rest.ndjson';

describe.runIf(await kafkaOrSkip())('processes killed under load', () => {
  let brokers: string;
  let topics: TestTopics;
  let log: FaultLog;
  let oracle: Awaited<ReturnType<typeof oracleOf>>;
  let scene: Scene;
  const open = async (name: string): Promise<Scene> => {
    const topic = `${name}-${process.pid}`;
    await topics.create(topic, PARTITIONS);
    scene = openScene({ log, fileName: FILE, brokers, topic, store: `sqlite:${log.at(`${name}.db`)}` });
    return scene;
  };

  beforeAll(async () => {
    brokers = await sharedTestKafka();
    topics = await openTestTopics(brokers);
    log = createFaultLog(RECORDS);
    oracle = await oracleOf(log, FILE, log.lines);
  });
  afterEach(() => scene?.end());
  afterAll(async () => {
    await topics?.close();
    log?.remove();
  });

  test(
    'consumers killed at random moments',
    withChance('consumers', async (random) => {
      const { produce, consume } = await open('consumers');
      const producer = produce(RATE);
      let withProgress = 0;
      let stored = 0;
      for (let round = 0; round < FAULT_ROUNDS; round++) {
        // a group each: the next one need not wait until the dead are given up
        const consumer = consume(`consumers-${process.pid}-${round}`);
        await until(() => /reading partitions/.test(consumer.stderr()));
        await sleep(random.below(ROUND_MS / 2));
        await kill(consumer);
        const { windows } = await scene.outcome();
        if (windows.length > stored) withProgress++;
        stored = windows.length;
      }

      expect((await producer.ended).code).toBe(0);
      // on a busy machine some are killed before they have begun
      expect(withProgress).toBeGreaterThan(0);
      await expectUndisturbed(scene, oracle);
    }),
    patienceMs(4 * ROUND_MS),
  );

  test(
    'producers killed at random moments, with a consumer that reads on',
    withChance('producers', async (random) => {
      const { produce, consume } = await open('producers');
      const consumer = consume(`producers-${process.pid}`);
      for (let round = 0; round < FAULT_ROUNDS; round++) {
        const producer = produce(RATE);
        await sleep(1000 + random.below(ROUND_MS / 2));
        await kill(producer);
      }
      expect((await produce(10 * RATE).ended).code).toBe(0);
      expect(isRunning(consumer)).toBe(true);
      consumer.child.kill('SIGTERM');
      expect((await consumer.ended).code).toBe(0);

      await expectUndisturbed(scene, oracle);
    }),
    patienceMs(4 * ROUND_MS),
  );

  test(
    'a rebalance storm: consumers of one group come and go, some politely, some killed',
    withChance('storm', async (random) => {
      const { produce, consume } = await open('storm');
      const producer = produce(RATE);
      const group = `storm-${process.pid}`;
      const members = [consume(group)];
      for (let round = 0; round < 2 * FAULT_ROUNDS; round++) {
        members.push(consume(group));
        await sleep(500 + random.below(ROUND_MS / 2));
        if (members.length > 1 + random.below(3)) {
          const [leaver] = members.splice(random.below(members.length), 1);
          leaver!.child.kill(random.below(3) === 0 ? 'SIGKILL' : 'SIGTERM');
        }
      }
      expect((await producer.ended).code).toBe(0);
      expect(members.filter(isRunning)).toHaveLength(members.length);
      for (const { child } of members) child.kill('SIGTERM');
      for (const { ended } of members) expect((await ended).code).toBe(0);

      await expectUndisturbed(scene, oracle);
    }),
    patienceMs(6 * ROUND_MS),
  );

  test(
    'consumers asleep for longer than their session, woken beside those that stand in for them',
    withChance('asleep', async (random) => {
      const { produce, consume } = await open('asleep');
      const producer = produce(RATE);
      const group = `asleep-${process.pid}`;
      let awake = consume(group);
      let fenced = 0;
      for (let round = 0; round < Math.ceil(FAULT_ROUNDS / 3); round++) {
        await until(() => /reading partitions 0, 1, 2, 3 of/.test(awake.stderr()));
        await sleep(500 + random.below(1000));
        awake.child.kill('SIGSTOP');
        const other = consume(group);
        await until(() => /reading partitions 0, 1, 2, 3 of/.test(other.stderr()));
        await sleep(random.below(1000));
        awake.child.kill('SIGCONT');
        await until(() => /taken over by another process/.test(awake.stderr()));
        fenced++;
        awake.child.kill('SIGTERM');
        expect((await awake.ended).code).toBe(0);
        awake = other;
      }
      expect((await producer.ended).code).toBe(0);
      awake.child.kill('SIGTERM');
      await awake.ended;

      expect(fenced).toBeGreaterThan(0);
      await expectUndisturbed(scene, oracle);
    }),
    patienceMs(10 * ROUND_MS),
  );
});
