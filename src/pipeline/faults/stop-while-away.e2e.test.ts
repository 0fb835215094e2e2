// A consumer that is told to stop while a server is away: it ends within seconds, and what it could not finish is left to the
// next one.
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { createTopic } from '../adapters/kafka-topics.js';
import {
  HOW_TO_ENABLE_POSTGRES,
  isPostgresThere,
  startTestPostgres,
  type TestPostgres,
} from '../adapters/postgres.testkit.js';
import { parseKafkaAddress } from '../kafka/kafka-address.js';
import { kafkaOrSkip, startTestKafka, type TestKafka } from '../kafka-broker/kafka.testkit.js';
import { requireOrSkip } from '../../require.testkit.js';
import { createFaultLog, type FaultLog, oracleOf, writeParts } from './fault-log.testkit.js';
import { expectUndisturbed, openScene, type Scene, until, untilItReads } from './scene.testkit.js';

const RECORDS = 6000;
const RATE = 2000;
const FILE = 'rest.ndjson';
/** Far below the minute that a server is waited for otherwise. */
const STOP_WITHIN_MS = 30_000;
const isOurs = process.env['LOGHORN_TEST_POSTGRES'] === undefined;
const hasPostgres = requireOrSkip('postgres', isPostgresThere(), HOW_TO_ENABLE_POSTGRES);

describe.runIf(await kafkaOrSkip())('told to stop while a server is away', () => {
  let log: FaultLog;
  let oracle: Awaited<ReturnType<typeof oracleOf>>;
  let kafka: TestKafka;
  let postgres: TestPostgres | undefined;
  let scene: Scene | undefined;

  beforeAll(async () => {
    log = createFaultLog(RECORDS);
    oracle = await oracleOf(log, FILE, log.lines);
    kafka = await startTestKafka();
  });
  afterEach(async () => {
    scene?.end();
    await postgres?.stop();
    postgres = undefined;
  });
  afterAll(async () => {
    await kafka?.stop();
    log?.remove();
  });

  const open = async (topic: string, store: string): Promise<Scene> => {
    const address = parseKafkaAddress(`kafka://${kafka.address}/${topic}`);
    await createTopic({ address, security: {}, onWarning: () => {} }, { partitions: 2 });
    scene = openScene({ log, fileName: FILE, brokers: kafka.address, topic, store });
    return scene;
  };
  const first = (): string => writeParts(log, 'half', log.lines, 2)[0]!;

  test('the broker', async () => {
    const { produce, consume, countNewWindows } = await open('no-broker', `sqlite:${log.at('no-broker.db')}`);
    const stored = await countNewWindows();
    const consumer = consume('no-broker');
    await untilItReads(consumer);
    expect(await produce(RATE, first()).ended).toMatchObject({ code: 0 });
    await until(async () => (await stored()) > 0, undefined, [consumer]);

    await kafka.stopNode(1, 'SIGKILL');
    await until(() => consumer.stderr().includes('trying on'), undefined, [consumer]);
    consumer.child.kill('SIGTERM');
    const toldMs = performance.now();
    const ended = await consumer.ended;

    expect(ended).toMatchObject({ code: 0 });
    expect(performance.now() - toldMs).toBeLessThan(STOP_WITHIN_MS);
    await kafka.startNode(1);
    expect(await produce(RATE, 'half.1').ended).toMatchObject({ code: 0 });
    await expectUndisturbed(scene!, oracle);
  });

  test.runIf(hasPostgres && isOurs)('PostgreSQL', async () => {
    postgres = await startTestPostgres();
    const { produce, consume, countNewWindows } = await open('no-store', await postgres.freshDatabase());
    const stored = await countNewWindows();
    const consumer = consume('no-store');
    await untilItReads(consumer);
    const producer = produce(RATE, first());
    await until(async () => (await stored()) > 0, undefined, [consumer]);

    await postgres.server!.kill('SIGKILL');
    await until(() => consumer.stderr().includes('trying again'), undefined, [consumer]);
    consumer.child.kill('SIGTERM');
    const toldMs = performance.now();
    const { stderr } = await consumer.ended;

    expect(stderr).toMatch(/tried for \d+ s/);
    expect(performance.now() - toldMs).toBeLessThan(STOP_WITHIN_MS);
    await postgres.server!.start();
    expect(await producer.ended).toMatchObject({ code: 0 });
    expect(await produce(RATE, 'half.1').ended).toMatchObject({ code: 0 });
    await expectUndisturbed(scene!, oracle);
  });
});
