// Producers and consumers killed at any moment while records come in, on a real broker.
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { openTestTopics, type RunningCli, type TestTopics } from '../adapters/kafka-source.testkit.js';
import { kafkaOrSkip, sharedTestKafka } from '../kafka-broker/kafka.testkit.js';
import {
  HOW_TO_ENABLE_POSTGRES,
  isPostgresThere,
  startTestPostgres,
  type TestPostgres,
} from '../adapters/postgres.testkit.js';
import { isSqliteLocked } from '../adapters/sqlite-lock.testkit.js';
import { requireOrSkip } from '../../require.testkit.js';
import { createFaultLog, type FaultLog, oracleOf, writeParts } from './fault-log.testkit.js';
import { FAULT_ROUNDS, patienceMs, withChance } from './rounds.testkit.js';
import {
  expectUndisturbed,
  isRunning,
  kill,
  openScene,
  type Scene,
  until,
  untilItReads,
} from './scene.testkit.js';

const PARTITIONS = 4;
const RECORDS = 8000 + 1000 * FAULT_ROUNDS;
/** How long a killed process has worked, about, with its start. */
const ROUND_MS = 3000;
const RATE = Math.round(RECORDS / (FAULT_ROUNDS * (ROUND_MS / 1000) + 2));
const FILE = 'rest.ndjson';
const SLEEPS = Math.ceil(FAULT_ROUNDS / 3);
const hasPostgres = requireOrSkip('postgres', isPostgresThere(), HOW_TO_ENABLE_POSTGRES);

describe.runIf(await kafkaOrSkip())('processes killed under load', () => {
  let brokers: string;
  let topics: TestTopics;
  let log: FaultLog;
  let oracle: Awaited<ReturnType<typeof oracleOf>>;
  let scene: Scene;
  let postgres: TestPostgres | undefined;
  const open = async (name: string, store = `sqlite:${log.at(`${name}.db`)}`): Promise<Scene> => {
    const topic = `${name}-${process.pid}`;
    await topics.create(topic, PARTITIONS);
    scene = openScene({ log, fileName: FILE, brokers, topic, store });
    return scene;
  };
  const sentTo = async (name: string): Promise<number> => {
    const ends = await topics.admin.fetchTopicOffsets(`${name}-${process.pid}`);
    return ends.reduce((sum, { high }) => sum + Number(high), 0);
  };

  beforeAll(async () => {
    brokers = await sharedTestKafka();
    topics = await openTestTopics(brokers);
    log = createFaultLog(RECORDS);
    oracle = await oracleOf(log, FILE, log.lines);
  });
  afterEach(async () => {
    scene?.end();
    await postgres?.stop();
    postgres = undefined;
  });
  afterAll(async () => {
    await topics?.close();
    log?.remove();
  });

  test(
    'consumers killed at random moments',
    withChance('consumers', async (random) => {
      const { produce, consume, countNewWindows } = await open('consumers');
      const parts = writeParts(log, 'consumers', log.lines, FAULT_ROUNDS);
      const mostWindows = Math.floor(oracle.windows.length / FAULT_ROUNDS / 2);
      for (const [round, part] of parts.entries()) {
        const stored = await countNewWindows();
        const wanted = 1 + random.below(mostWindows);
        const producer = produce(RATE, part);
        // a group each: the next one need not wait until the dead are given up, and all is delivered to it once more
        const consumer = consume(`consumers-${process.pid}-${round}`);
        await until(async () => (await stored()) >= wanted, undefined, [consumer]);
        await kill(consumer);
        expect((await producer.ended).code).toBe(0);
      }

      await expectUndisturbed(scene, oracle);
    }),
    patienceMs(4 * ROUND_MS),
  );

  test(
    'producers killed at random moments, with a consumer that reads on',
    withChance('producers', async (random) => {
      const { produce, consume } = await open('producers');
      const consumer = consume(`producers-${process.pid}`);
      const mostSent = Math.floor(RECORDS / FAULT_ROUNDS / 2);
      for (let round = 0; round < FAULT_ROUNDS; round++) {
        const wanted = (await sentTo('producers')) + 1 + random.below(mostSent);
        const producer = produce(RATE);
        await until(async () => (await sentTo('producers')) >= wanted, undefined, [producer]);
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

  test.each(['SQLite', ...(hasPostgres ? ['PostgreSQL'] : [])])(
    'consumers asleep for longer than their session, woken beside those that stand in for them, on %s',
    async (kind) =>
      withChance(`asleep on ${kind}`, async (random) => {
        const name = `asleep-${kind}`;
        if (kind === 'PostgreSQL') postgres = await startTestPostgres();
        const { produce, consume, countNewWindows } = await open(name, await postgres?.freshDatabase());
        const parts = writeParts(log, name, log.lines, 2 * SLEEPS);
        const group = `${name}-${process.pid}`;
        let awake = consume(group);
        for (let round = 0; round < SLEEPS; round++) {
          await untilItReads(awake, '0, 1, 2, 3 of');
          const stored = await countNewWindows();
          const [wanted, wantedOfOther] = [1 + random.below(100), 1 + random.below(100)];
          const first = produce(RATE, parts[2 * round]);
          await until(async () => (await stored()) >= wanted, undefined, [awake]);
          await halt(awake, scene.store);
          const other = consume(group);
          await untilItReads(other, '0, 1, 2, 3 of');
          expect((await first.ended).code).toBe(0);
          const storedByOther = await countNewWindows();
          const second = produce(RATE, parts[2 * round + 1]);
          await until(async () => (await storedByOther()) >= wantedOfOther, undefined, [other]);
          awake.child.kill('SIGCONT');
          const woken = awake;
          await until(() => /taken over by another process/.test(woken.stderr()), undefined, [woken, other]);
          woken.child.kill('SIGTERM');
          expect((await woken.ended).code).toBe(0);
          expect((await second.ended).code).toBe(0);
          awake = other;
        }
        awake.child.kill('SIGTERM');
        expect((await awake.ended).code).toBe(0);

        await expectUndisturbed(scene, oracle);
      })(),
    patienceMs(10 * ROUND_MS),
  );
});

/**
 * In the middle of anything but a write to a SQLite file: nobody can take that lock from one that sleeps, so that the others
 * end in a sentence. PostgreSQL ends such a transaction.
 */
async function halt({ child }: RunningCli, store: string): Promise<void> {
  child.kill('SIGSTOP');
  while (store.startsWith('sqlite:') && isSqliteLocked(store.slice('sqlite:'.length))) {
    child.kill('SIGCONT');
    await sleep(5);
    child.kill('SIGSTOP');
  }
}
