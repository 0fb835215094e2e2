// Brokers and the database killed under load: one broker alone on its data, one of three, and PostgreSQL.
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import {
  HOW_TO_ENABLE_POSTGRES,
  isPostgresThere,
  startTestPostgres,
  type TestPostgres,
} from '../adapters/postgres.testkit.js';
import { createTopic } from '../adapters/kafka-topics.js';
import { parseKafkaAddress } from '../kafka/kafka-address.js';
import { kafkaOrSkip, startTestKafka, type TestKafka } from '../kafka-broker/kafka.testkit.js';
import { requireOrSkip } from '../../require.testkit.js';
import { createFaultLog, type FaultLog, oracleOf } from './fault-log.testkit.js';
import { FAULT_ROUNDS, patienceMs, withChance } from './rounds.testkit.js';
import { expectUndisturbed, isRunning, openScene, type Scene, until } from './scene.testkit.js';

const PARTITIONS = 4;
const RECORDS = 8000 + 1000 * FAULT_ROUNDS;
/** What a broker needs to come back, and to be killed again. */
const ROUND_MS = 6000;
const RATE = Math.round(RECORDS / (FAULT_ROUNDS * (ROUND_MS / 1000)));
const FILE = 'rest.ndjson';
/** Both have lived through it. */
const FINE = 'produce 0, consume 0';
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

  const open = async (name: string, brokers: 1 | 3, store: string): Promise<Scene> => {
    kafka = await startTestKafka({ brokers });
    const address = kafka.addresses.join(',');
    const to = parseKafkaAddress(`kafka://${address}/${name}`);
    await createTopic({ address: to, security: {}, onWarning: () => {} }, { partitions: PARTITIONS });
    scene = openScene({ log, fileName: FILE, brokers: address, topic: name, store });
    return scene;
  };

  /** @returns what became of the two processes: the producer's end, and the consumer's when it was told to stop */
  const loadWhile = async (name: string, harm: () => Promise<void>): Promise<string> => {
    const producer = scene!.produce(RATE);
    const consumer = scene!.consume(`${name}-readers`);
    await until(() => /reading partitions/.test(consumer.stderr()));
    await harm();
    const produced = await producer.ended;
    const died = isRunning(consumer) ? '' : 'before it was told, ';
    consumer.child.kill('SIGTERM');
    const consumed = await consumer.ended;
    const said = [produced, consumed].map(({ code, stderr }) => (code === 0 ? '' : `: ${stderr}`));
    return `produce ${produced.code}${said[0]}, consume ${died}${consumed.code}${said[1]}`;
  };

  test(
    'the only broker, started again on the same data',
    withChance('broker', async (random) => {
      await open('broker', 1, `sqlite:${log.at('broker.db')}`);

      const ends = await loadWhile('broker', async () => {
        for (let round = 0; round < FAULT_ROUNDS; round++) {
          await sleep(random.below(2000));
          await kafka!.stopNode(1, 'SIGKILL');
          await sleep(random.below(1000));
          await kafka!.startNode(1);
        }
      });

      expect(ends).toBe(FINE);
      await expectUndisturbed(scene!, oracle);
    }),
    patienceMs(5 * ROUND_MS),
  );

  test(
    'one broker of three, any of them',
    withChance('cluster', async (random) => {
      await open('cluster', 3, `sqlite:${log.at('cluster.db')}`);

      const ends = await loadWhile('cluster', async () => {
        for (let round = 0; round < Math.ceil(FAULT_ROUNDS / 3); round++) {
          const node = 1 + random.below(3);
          await sleep(random.below(2000));
          await kafka!.stopNode(node, 'SIGKILL');
          // long enough for its partitions to be led by the others
          await sleep(7000 + random.below(1000));
          await kafka!.startNode(node);
        }
      });

      expect(ends).toBe(FINE);
      await expectUndisturbed(scene!, oracle);
    }),
    patienceMs(5 * ROUND_MS),
  );

  // a server that is not ours is not killed
  test.runIf(hasPostgres && process.env['LOGHORN_TEST_POSTGRES'] === undefined)(
    'PostgreSQL, by a power cut or by its administrator, and each connection to it',
    withChance('postgres', async (random) => {
      postgres = await startTestPostgres();
      await open('postgres', 1, await postgres.freshDatabase());

      const ends = await loadWhile('postgres', async () => {
        for (let round = 0; round < FAULT_ROUNDS; round++) {
          await sleep(500 + random.below(2000));
          await postgres!.server!.kill(random.below(3) === 0 ? 'SIGINT' : 'SIGKILL');
          await sleep(random.below(1500));
          await postgres!.server!.start();
        }
      });

      expect(ends).toBe(FINE);
      await expectUndisturbed(scene!, oracle);
    }),
    patienceMs(5 * ROUND_MS),
  );
});
