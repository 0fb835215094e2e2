// What is done to a topic while it is written and read: records deleted before they were read, the topic itself deleted
// and made anew.
import { setTimeout as sleep } from 'node:timers/promises';
import { writeFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { lastLineOf, openTestTopics, type TestTopics } from '../adapters/kafka-source.testkit.js';
import { kafkaOrSkip, sharedTestKafka } from '../kafka-broker/kafka.testkit.js';
import { createFaultLog, type FaultLog, oracleOf } from './fault-log.testkit.js';
import { patienceMs, withChance } from './rounds.testkit.js';
import { kill, openScene, type Scene, until } from './scene.testkit.js';

const RECORDS = 9000;

describe.runIf(await kafkaOrSkip())('topics changed under load', () => {
  let brokers: string;
  let topics: TestTopics;
  let log: FaultLog;
  let scene: Scene;

  beforeAll(async () => {
    brokers = await sharedTestKafka();
    topics = await openTestTopics(brokers);
    log = createFaultLog(RECORDS);
  });
  afterEach(() => scene?.end());
  afterAll(async () => {
    await topics?.close();
    log?.remove();
  });

  const open = (name: string, fileName: string): Scene => {
    const store = `sqlite:${log.at(`${name}.db`)}`;
    scene = openScene({ log, fileName, brokers, topic: `${name}-${process.pid}`, store });
    return scene;
  };
  const endOf = async (topic: string): Promise<number> => {
    const ends = await topics.admin.fetchTopicOffsets(topic);
    return ends.reduce((sum, { high }) => sum + Number(high), 0);
  };

  test(
    'what retention deleted before it was read is lost and counted; all else is as if it had never been written',
    withChance('retention', async (random) => {
      const topic = `retention-${process.pid}`;
      writeFileSync(log.at('all.ndjson'), `${log.lines.join('\n')}\n`);
      open('retention', 'all.ndjson');
      await topics.create(topic, 1);
      const producer = scene.produce(1500);
      const first = scene.consume(topic);
      await until(() => /reading partitions/.test(first.stderr()));
      await sleep(500 + random.below(1000));
      first.child.kill('SIGTERM');
      const { lines } = lastLineOf((await first.ended).stdout) as { lines: { read: number } };
      const lost = 200 + random.below(800);
      await until(async () => (await endOf(topic)) > lines.read + lost);
      const second = scene.consume(`${topic}-2`);
      await topics.deleteBefore(topic, 0, lines.read + lost);
      await kill(second);
      expect((await producer.ended).code).toBe(0);

      const summary = await scene.readToTheEnd();

      // the second one may have been there before
      const counted = summary['lost'] as number;
      const read = RECORDS - counted;
      expect(summary['lines']).toMatchObject({ read, scored: read });
      expect(counted).toBeLessThanOrEqual(lost);
      const kept = [
        ...log.lines.slice(0, lines.read + lost - counted),
        ...log.lines.slice(lines.read + lost),
      ];
      const oracle = await oracleOf(log, 'kept.ndjson', kept);
      const { windows, alerts } = await scene.outcome();
      expect(windows).toEqual(oracle.windows);
      expect(alerts).toEqual(oracle.alerts);
    }),
    patienceMs(0),
  );

  test(
    'a topic deleted and made anew under a consumer that reads on: the new one goes on where the old one ended',
    withChance('anew', async () => {
      const topic = `anew-${process.pid}`;
      const half = Math.floor(RECORDS / 2);
      const oracle = await oracleOf(log, 'whole.ndjson', log.lines);
      writeFileSync(log.at('first.ndjson'), `${log.lines.slice(0, half).join('\n')}\n`);
      writeFileSync(log.at('second.ndjson'), `${log.lines.slice(half).join('\n')}\n`);
      const first = open('anew', 'first.ndjson');
      await topics.create(topic, 1);
      expect((await first.produce(20_000).ended).code).toBe(0);
      const consumer = first.consume(topic);
      await until(() => /reading partitions/.test(consumer.stderr()));
      await until(async () => {
        const [offset] = await topics.admin.fetchOffsets({ groupId: topic, topics: [topic] });
        return Number(offset!.partitions[0]?.offset ?? -1) === half;
      });

      await topics.admin.deleteTopics({ topics: [topic] });
      await sleep(1000);
      await topics.create(topic, 1);
      const second = open('anew', 'second.ndjson');
      expect((await second.produce(20_000).ended).code).toBe(0);
      await kill(consumer);
      const summary = await second.readToTheEnd();

      expect(summary).toMatchObject({ recreated: 1, lost: 0, lines: { read: RECORDS, scored: RECORDS } });
      const { windows, alerts } = await second.outcome();
      expect(windows).toEqual(oracle.windows);
      expect(alerts).toEqual(oracle.alerts);
    }),
    patienceMs(0),
  );
});
