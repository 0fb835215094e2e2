// A topic whose results are kept for a day, read by two consumers that are killed in the middle of deleting, so that their
// partitions move: into either database, PostgreSQL killed as well, and while another artifact takes over and goes again.
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
import { oracleOf } from '../faults/fault-log.testkit.js';
import { FAULT_ROUNDS, patienceMs, withChance } from '../faults/rounds.testkit.js';
import { kill, openScene, type Scene, until } from '../faults/scene.testkit.js';
import { kafkaOrSkip, sharedTestKafka } from '../kafka-broker/kafka.testkit.js';
import { createLongLog, lookInto, type LongLog, windowsDeleted } from './long-log.testkit.js';
import { DAY_MS, HOUR_MS } from './sweep.testkit.js';

const PARTITIONS = 3;
const FILE = 'long.ndjson';
const KEEP = ['--keep', '1d'];
/** Windows that a sweep deletes before somebody is killed in its middle. */
const SOME_WINDOWS = 300;
const WINDOW_MS = 120_000;
const hasPostgres = requireOrSkip('postgres', isPostgresThere(), HOW_TO_ENABLE_POSTGRES);
/** A server that is not ours is not killed. */
const isOurs = process.env['LOGHORN_TEST_POSTGRES'] === undefined;

interface Line {
  readonly source: string;
  readonly startMs: number;
}

describe.runIf(await kafkaOrSkip())('results of a topic that are kept for a day', () => {
  let brokers: string;
  let topics: TestTopics;
  let log: LongLog;
  let oracle: Awaited<ReturnType<typeof oracleOf>>;
  let scene: Scene | undefined;
  let postgres: TestPostgres | undefined;

  beforeAll(async () => {
    brokers = await sharedTestKafka();
    topics = await openTestTopics(brokers);
    log = createLongLog();
    oracle = await oracleOf(log, FILE, log.lines);
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

  const open = async (name: string, store: string): Promise<Scene> => {
    const topic = `${name}-${process.pid}`;
    await topics.create(topic, PARTITIONS);
    return (scene = openScene({ log, fileName: FILE, brokers, topic, store }));
  };
  const deletedMore = async (store: string): Promise<() => Promise<boolean>> => {
    const before = await windowsDeleted(store);
    return async () => (await windowsDeleted(store)) >= before + SOME_WINDOWS;
  };
  const newestMs = (): number =>
    oracle.windows.reduce((newest, line) => Math.max(newest, (JSON.parse(line) as Line).startMs), 0);
  /** Whether hardly anything is left that is older than a day, but for what stays. */
  const swept = (address: string, staying: (line: Line) => boolean) => (): Promise<boolean> =>
    lookInto(address, async ({ store }) => {
      const toMs = newestMs() - DAY_MS - 2 * HOUR_MS;
      for (const artifact of await store.artifacts())
        if (!(await store.windows({ artifact, toMs })).every(staying)) return false;
      return true;
    });

  test.each(['SQLite', ...(hasPostgres && isOurs ? ['PostgreSQL'] : [])])(
    'on %s, whoever is killed while deleting: what is younger is as in a run that keeps everything, and alerts with what they need',
    async (kind) =>
      withChance(`kept on ${kind}`, async (random) => {
        const name = `kept-${kind}`;
        if (kind === 'PostgreSQL') postgres = await startTestPostgres();
        const store = (await postgres?.freshDatabase()) ?? `sqlite:${log.at('kept.db')}`;
        const { consume } = await open(name, store);
        const topic = `${name}-${process.pid}`;
        const consumers = [consume(topic, ...KEEP), consume(topic, ...KEEP)];

        await log.send(topics, topic, 0, 0.375);
        await until(async () => (await countAlerts(store)) >= 3, undefined, consumers);
        const judged = await judgeOldest(store);
        const rounds = Math.max(1, FAULT_ROUNDS - 1);
        for (let round = 0; round < rounds; round++) {
          const hasDeleted = await deletedMore(store);
          const shareOf = (part: number): number => 0.375 + (0.625 * part) / rounds;
          await log.send(topics, topic, shareOf(round), shareOf(round + 1));
          await until(hasDeleted, undefined, consumers);
          const victim = random.below(2);
          await kill(consumers[victim]!);
          if (round === 0) await postgres?.server!.kill('SIGKILL');
          if (round === 0) await postgres?.server!.start();
          consumers[victim] = consume(topic, ...KEEP);
        }
        const stays = ({ source, startMs }: Line): boolean =>
          source === judged.source && startMs < judged.untilMs + 3 * HOUR_MS;
        await until(swept(store, stays), undefined, consumers);
        for (const { child } of consumers) child.kill('SIGTERM');
        for (const { ended } of consumers) expect((await ended).code).toBe(0);
        const summary = await scene!.readToTheEnd();

        expect(summary).toMatchObject({ isOver: true, lost: 0, splitSources: 0, unsentAlerts: 0 });
        const { windows, alerts } = await scene!.outcome();
        const { beforeMs, oldestKeptMs } = await cutoffOf(store);
        const wanted = oracle.windows.map((line) => JSON.parse(line) as Line);
        const known = new Set(oracle.windows);
        expect(windows.filter((line) => !known.has(line))).toEqual([]);
        const there = new Set(windows.map((line) => placeOf(JSON.parse(line) as Line)));
        const isGone = (line: Line): boolean => !there.has(placeOf(line));
        expect(wanted.filter((line) => isGone(line) && line.startMs >= beforeMs)).toEqual([]);
        expect(beforeMs).toBeLessThanOrEqual(newestMs() + WINDOW_MS - DAY_MS);
        expect(beforeMs).toBeGreaterThan(judged.untilMs + HOUR_MS);
        expect(oldestKeptMs).toBeGreaterThan(0);
        const around = wanted.filter(
          ({ source, startMs }) =>
            source === judged.source &&
            startMs >= judged.sinceMs - HOUR_MS &&
            startMs < judged.untilMs + HOUR_MS,
        );
        expect(around.filter(isGone)).toEqual([]);
        expect(windows.length).toBeLessThan(oracle.windows.length * 0.7);
        expect(alerts).toEqual(oracle.alerts);
      })(),
    patienceMs(20_000),
  );

  test(
    'while another artifact takes over, and the first again: each window that is young enough is there once, of whoever it is',
    withChance('kept and promoted', async (random) => {
      const name = 'kept-promoted';
      const next = log.fitAnother('next', '--rolling', '4m', '--hold', '4m');
      const store = `sqlite:${log.at('promoted.db')}`;
      const { consume, topicAddress } = await open(name, store);
      const topic = `${name}-${process.pid}`;
      const consumers = [consume(topic, ...KEEP), consume(topic, ...KEEP)];
      const killOne = async (): Promise<void> => {
        const victim = random.below(2);
        await kill(consumers[victim]!);
        consumers[victim] = consume(topic, ...KEEP);
      };
      /** How many switches there are when nobody is killed. */
      const spared = FAULT_ROUNDS > 2 ? undefined : (1 + random.below(2)) * PARTITIONS;
      /** Behind the plans that follow from a request, to when they have taken effect. */
      const goOn = async (count: number, fromShare: number, toShare: number): Promise<void> => {
        await until(async () => (await switches()).length >= count, undefined, consumers);
        const hasDeleted = await deletedMore(store);
        await log.send(topics, topic, fromShare, toShare);
        await until(hasDeleted, undefined, consumers);
        if (count !== spared) await killOne();
        const isInEffect = async (): Promise<boolean> =>
          (await switches()).filter(({ effectTimeMs }) => effectTimeMs !== null).length >= count;
        await until(isInEffect, undefined, consumers);
      };
      const switches = () => lookInto(store, (opened) => opened.store.modelSwitches());

      await log.send(topics, topic, 0, 0.65);
      await until(async () => (await windowsDeleted(store)) > 0, undefined, consumers);
      runCli('promote', next, '--from', topicAddress, '--store', store);
      await goOn(PARTITIONS, 0.65, 0.82);
      runCli('promote', '--rollback', '--store', store);
      await goOn(2 * PARTITIONS, 0.82, 1);
      await until(
        swept(store, () => false),
        undefined,
        consumers,
      );
      for (const { child } of consumers) child.kill('SIGTERM');
      for (const { ended } of consumers) expect((await ended).code).toBe(0);
      const summary = await scene!.readToTheEnd();

      expect(summary).toMatchObject({ isOver: true, lost: 0, splitSources: 0, unsentAlerts: 0 });
      const offline = new Map<string, Line>();
      for (const model of [join(log.modelFolder), next])
        for (const line of linesOf(runCli('score', log.at(FILE), '--model', model)))
          offline.set(`${basename(model)} ${placeOf(line)}`, line);
      const stored = linesOf(runCli('windows', '--store', store)) as readonly (Line & { model: string })[];
      const { beforeMs } = await cutoffOf(store);
      const young = (lines: Iterable<Line>): string[] =>
        [...lines].filter(({ startMs }) => startMs >= beforeMs).map(placeOf);
      expect(young(stored).sort()).toEqual([...new Set(young(offline.values()))].sort());
      const versions = new Set<string>();
      for (const { model, ...line } of stored) {
        const version = model.split('@')[1]!;
        versions.add(version);
        expect(line).toEqual(offline.get(`${version} ${placeOf(line)}`));
      }
      expect(versions.size).toBe(2);
    }),
    patienceMs(20_000),
  );

  const countAlerts = (store: string): Promise<number> =>
    lookInto(store, async (opened) => (await opened.store.alerts({ artifact: log.artifact })).length).catch(
      () => 0,
    );
  /** Says that the alert that was over first was right. */
  const judgeOldest = (address: string): Promise<{ source: string; sinceMs: number; untilMs: number }> =>
    lookInto(address, async ({ store, desk }) => {
      const over = (await store.alerts({ artifact: log.artifact })).filter(({ isOpen }) => !isOpen);
      const oldest = over.reduce((a, b) => (a.untilMs < b.untilMs ? a : b));
      const action = { type: 'judged', verdict: 'real' } as const;
      await desk.note({ alertId: oldest.alertId, action, who: 'kim', atMs: Date.now() });
      return oldest;
    });
  const cutoffOf = (address: string): Promise<{ beforeMs: number; oldestKeptMs: number }> =>
    lookInto(address, async ({ store }) => {
      const retained = await Promise.all((await store.artifacts()).map((each) => store.retained(each)));
      const cutoffs = retained.flatMap((each) => (each === undefined ? [] : [each.beforeMs]));
      return { beforeMs: Math.max(...cutoffs), oldestKeptMs: Math.min(...cutoffs) };
    });
});

function linesOf(text: string): readonly Line[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Line);
}

function placeOf({ source, startMs }: Line): string {
  return `${source} ${startMs}`;
}
