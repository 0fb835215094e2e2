// A topic that gets more partitions while it is read: by consumers that are killed, into PostgreSQL that is killed too, and
// while another artifact takes over.
import { readdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { requireOrSkip } from '../../require.testkit.js';
import { openTestTopics, runCli, type TestTopics } from '../adapters/kafka-source.testkit.js';
import {
  HOW_TO_ENABLE_POSTGRES,
  isPostgresThere,
  startTestPostgres,
  type TestPostgres,
} from '../adapters/postgres.testkit.js';
import { createWallClock } from '../clock.js';
import { kafkaOrSkip, sharedTestKafka } from '../kafka-broker/kafka.testkit.js';
import type { ResultStore } from '../ports.js';
import { openStore } from '../store/open-store.js';
import { parseStoreAddress } from '../store/store-address.js';
import { createFaultLog, type FaultLog, oracleOf } from './fault-log.testkit.js';
import { FAULT_ROUNDS, patienceMs, withChance } from './rounds.testkit.js';
import { expectUndisturbed, kill, openScene, type Scene, until, untilItReads } from './scene.testkit.js';

const RECORDS = 8000;
const RATE = 2000;
const [BEFORE, NOW] = [2, 5];
const hasPostgres = requireOrSkip('postgres', isPostgresThere(), HOW_TO_ENABLE_POSTGRES);
/** A server that is not ours is not killed. */
const isOurs = process.env['LOGHORN_TEST_POSTGRES'] === undefined;

describe.runIf(await kafkaOrSkip())('a topic that grows under load', () => {
  let brokers: string;
  let topics: TestTopics;
  let log: FaultLog;
  let scene: Scene | undefined;
  let postgres: TestPostgres | undefined;

  beforeAll(async () => {
    brokers = await sharedTestKafka();
    topics = await openTestTopics(brokers);
    log = createFaultLog(RECORDS);
  });
  afterEach(async () => {
    scene?.end();
    await postgres?.stop();
    [scene, postgres] = [undefined, undefined];
  });
  afterAll(async () => {
    await topics?.close();
    log?.remove();
  });

  const open = async (name: string, store: string, half: number): Promise<Scene> => {
    const topic = `${name}-${process.pid}`;
    writeFileSync(log.at('before.ndjson'), `${log.lines.slice(0, half).join('\n')}\n`);
    writeFileSync(log.at('behind.ndjson'), `${log.lines.slice(half).join('\n')}\n`);
    await topics.create(topic, BEFORE);
    scene = openScene({ log, fileName: 'before.ndjson', brokers, topic, store });
    return scene;
  };
  const grow = async (name: string): Promise<void> => {
    const topic = `${name}-${process.pid}`;
    await topics.admin.createPartitions({ topicPartitions: [{ topic, count: NOW }] });
    // a producer asks how many there are once
    await until(async () => {
      const { topics: described } = await topics.admin.fetchTopicMetadata({ topics: [topic] });
      return described[0]!.partitions.length === NOW;
    });
  };

  test.each(['SQLite', ...(hasPostgres && isOurs ? ['PostgreSQL'] : [])])(
    'consumers and store killed meanwhile, on %s: as if it had always had them',
    async (kind) =>
      withChance(`grown on ${kind}`, async (random) => {
        const name = `grown-${kind}`;
        const oracle = await oracleOf(log, 'long.ndjson', log.lines);
        if (kind === 'PostgreSQL') postgres = await startTestPostgres();
        const store = (await postgres?.freshDatabase()) ?? `sqlite:${log.at('grown.db')}`;
        const { produce, consume, countNewWindows } = await open(name, store, 3000 + random.below(3000));
        const group = `${name}-${process.pid}`;
        const storedBefore = await countNewWindows();
        const consumers = [consume(group), consume(group)];
        expect((await produce(RATE).ended).code).toBe(0);
        await until(async () => (await storedBefore()) > 0, undefined, consumers);

        await grow(name);
        const storedBehind = await countNewWindows();
        const producer = produce(RATE, 'behind.ndjson');
        await until(() =>
          consumers.some((each) => each.stderr().includes(`had ${BEFORE} when its results began`)),
        );
        for (let round = 0; round < FAULT_ROUNDS; round++) {
          const victim = random.below(2);
          await kill(consumers[victim]!);
          if (round === 1) await postgres?.server!.kill('SIGKILL');
          if (round === 1) await postgres?.server!.start();
          const next = consume(group);
          consumers[victim] = next;
          await untilItReads(next);
        }
        expect((await producer.ended).code).toBe(0);
        await until(async () => (await storedBehind()) > 0, undefined, consumers);
        await Promise.all(consumers.map(kill));

        await expectUndisturbed(scene!, oracle);
        await expectWhole(store);
      })(),
    patienceMs(30_000),
  );

  test(
    'another artifact is promoted meanwhile, and a consumer killed: each window is there once, of whoever it is',
    withChance('grown and promoted', async (random) => {
      const name = 'grown-promoted';
      const more = ['--models', log.at('models'), '--budget', '20/day', '--rolling', '2m', '--hold', '1m'];
      runCli('fit', log.at('clean.ndjson'), '--name', 'next', ...more);
      const folder = join(log.at('models'), 'next');
      const next = join(folder, readdirSync(folder)[0]!);
      const store = `sqlite:${log.at('promoted.db')}`;
      const { produce, consume, countNewWindows, topicAddress } = await open(name, store, 4000);
      const group = `${name}-${process.pid}`;
      const storedBefore = await countNewWindows();
      const consumers = [consume(group), consume(group)];
      expect((await produce(RATE).ended).code).toBe(0);
      await until(async () => (await storedBefore()) > 0, undefined, consumers);

      runCli('promote', next, '--from', topicAddress, '--store', store);
      await grow(name);
      const producer = produce(RATE / 2, 'behind.ndjson');
      await until(() =>
        consumers.some((each) => each.stderr().includes(`had ${BEFORE} when its results began`)),
      );
      await kill(consumers[random.below(2)]!);
      expect((await producer.ended).code).toBe(0);
      await Promise.all(consumers.map(kill));
      const summary = await scene!.readToTheEnd();

      expect(summary).toMatchObject({ isOver: true, lost: 0, splitSources: 0, lines: { read: RECORDS } });
      await expectWhole(store);
      writeFileSync(log.at('long.ndjson'), `${log.lines.join('\n')}\n`);
      const offline = new Map<string, Line>();
      for (const model of [join(log.modelFolder, log.artifact.version), next])
        for (const line of linesOf(runCli('score', log.at('long.ndjson'), '--model', model)))
          offline.set(`${basename(model)} ${placeOf(line)}`, line);
      const stored = linesOf(runCli('windows', '--store', store));
      const places = [...offline.values()].map(placeOf);
      expect(stored.map(placeOf).sort()).toEqual([...new Set(places)].sort());
      const versions = new Set<string>();
      for (const { model, ...line } of stored) {
        const version = String(model).split('@')[1]!;
        versions.add(version);
        expect(line).toEqual(offline.get(`${version} ${placeOf(line)}`));
      }
      expect(versions.size).toBe(2);
    }),
    patienceMs(30_000),
  );

  const withStore = async <T>(store: string, work: (opened: ResultStore) => Promise<T>): Promise<T> => {
    const options = { clock: createWallClock(), create: false, onWarning: () => {} };
    const opened = await openStore(parseStoreAddress(store), options);
    try {
      return await work(opened);
    } finally {
      await opened.close();
    }
  };
  /** No source is in two partitions, and nobody waits for one. */
  const expectWhole = (store: string): Promise<void> =>
    withStore(store, async (opened) => {
      expect(await opened.sharedSources(log.artifact)).toEqual([]);
      expect(await opened.sourceWishes()).toEqual([]);
    });
});

type Line = Readonly<Record<string, unknown>>;

function linesOf(text: string): readonly Line[] {
  return text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Line);
}

function placeOf({ source, startMs }: Line): string {
  return `${String(source)} ${String(startMs)}`;
}
