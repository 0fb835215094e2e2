// Records as careless producers send them, to more partitions than there are services, while consumers are killed.
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { createRandom } from '../../core/random.js';
import { openTestTopics, type TestTopics } from '../adapters/kafka-source.testkit.js';
import { kafkaOrSkip, sharedTestKafka } from '../kafka-broker/kafka.testkit.js';
import { createFaultLog, type FaultLog, oracleOf, writeParts } from './fault-log.testkit.js';
import { makeMessy } from './messy-log.testkit.js';
import { FAULT_ROUNDS, patienceMs, withChance } from './rounds.testkit.js';
import { expectUndisturbed, kill, openScene, type Scene, until } from './scene.testkit.js';

const PARTITIONS = 16;
const RECORDS = 8000 + 1000 * FAULT_ROUNDS;
const ROUND_MS = 3000;
const RATE = Math.round(RECORDS / (FAULT_ROUNDS * (ROUND_MS / 1000) + 2));
const FILE = 'messy.ndjson';
/** Of the artifact, as fitted by default. */
const TIMES = { latenessMs: 5000, correctionMs: 300_000 };

describe.runIf(await kafkaOrSkip())('messy records', () => {
  let brokers: string;
  let topics: TestTopics;
  let log: FaultLog;
  let oracle: Awaited<ReturnType<typeof oracleOf>>;
  let lines: readonly string[];
  let scene: Scene;

  beforeAll(async () => {
    brokers = await sharedTestKafka();
    topics = await openTestTopics(brokers);
    log = createFaultLog(RECORDS);
    lines = makeMessy(log.lines, TIMES, createRandom('messy'));
    oracle = await oracleOf(log, FILE, lines);
  });
  afterEach(() => scene?.end());
  afterAll(async () => {
    await topics?.close();
    log?.remove();
  });

  test(
    'late, from the future, twice, out of order, broken, by clocks that differ: what an undisturbed run makes of them',
    withChance('messy', async (random) => {
      const topic = `messy-${process.pid}`;
      await topics.create(topic, PARTITIONS);
      scene = openScene({ log, fileName: FILE, brokers, topic, store: `sqlite:${log.at('messy.db')}` });
      const mostWindows = Math.floor(oracle.windows.length / FAULT_ROUNDS / 2);
      for (const [round, part] of writeParts(log, 'messy', lines, FAULT_ROUNDS).entries()) {
        const stored = await scene.countNewWindows();
        const wanted = 1 + random.below(mostWindows);
        const producer = scene.produce(RATE, part);
        const consumer = scene.consume(`${topic}-${round}`);
        await until(async () => (await stored()) >= wanted, undefined, [consumer]);
        await kill(consumer);
        expect((await producer.ended).code).toBe(0);
      }

      const summary = await expectUndisturbed(scene, oracle);

      const letters = summary['deadLetters'] as Record<string, number>;
      for (const reason of ['late', 'implausible-time', 'not-json'])
        expect(letters[reason]).toBeGreaterThan(5);
      expect(summary['corrections']).toBeGreaterThan(20);
    }),
    patienceMs(4 * ROUND_MS),
  );
});
