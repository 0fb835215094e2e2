// Consumers killed while they read what is written just now: the wall clock closes windows of services that fall silent, and
// what it shows early ends as it would without it.
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { openTestTopics, runCli, type TestTopics } from '../adapters/kafka-source.testkit.js';
import { kafkaOrSkip, sharedTestKafka } from '../kafka-broker/kafka.testkit.js';
import { createFaultLog, type FaultLog, oracleOf } from './fault-log.testkit.js';
import { FAULT_ROUNDS, patienceMs, withChance } from './rounds.testkit.js';
import { kill, openScene, type Scene, until } from './scene.testkit.js';

const PARTITIONS = 3;
const RATE = 400;
const ROUND_MS = 4000;
const RECORDS = (RATE * ROUND_MS * FAULT_ROUNDS) / 1000;
const FILE = 'live.ndjson';
/** Between the first stamp and the start of a producer. */
const AHEAD_MS = 1000;

interface Window {
  readonly source: string;
  readonly startMs: number;
  readonly endMs: number;
}

describe.runIf(await kafkaOrSkip())('live records', () => {
  let brokers: string;
  let topics: TestTopics;
  let log: FaultLog;
  let scene: Scene;

  beforeAll(async () => {
    brokers = await sharedTestKafka();
    topics = await openTestTopics(brokers);
    log = createFaultLog(RECORDS, '--window', '2s', '--lateness', '1s', '--rolling', '20s');
  });
  afterEach(() => scene?.end());
  afterAll(async () => {
    await topics?.close();
    log?.remove();
  });

  test(
    'killed again and again, windows that the wall clock closed end as those of the offline run',
    withChance('live', async (random) => {
      const topic = `live-${process.pid}`;
      const store = `sqlite:${log.at('live.db')}`;
      await topics.create(topic, PARTITIONS);
      scene = openScene({ log, fileName: FILE, brokers, topic, store });
      const { lines, silent, lastMs } = stampFromNow(log.lines);
      const oracle = await oracleOf(log, FILE, lines);
      const producer = scene.produce(RATE);

      for (let round = 0; round < FAULT_ROUNDS; round++) {
        const stored = await scene.countNewWindows();
        const wanted = 1 + random.below(20);
        const consumer = scene.consume(`${topic}-${round}`);
        await until(async () => (await stored()) >= wanted, undefined, [consumer]);
        await kill(consumer);
      }
      expect((await producer.ended).code).toBe(0);
      const last = scene.consume(`${topic}-last`);
      // no record of its own has closed them
      const shownEarly = (): boolean =>
        windowsIn(store, '--source', silent).some(({ startMs }) => startMs > lastMs);
      await until(shownEarly, undefined, [last]);
      await kill(last);
      const summary = await scene.readToTheEnd();

      expect(summary).toMatchObject({ lines: oracle.counts['lines'], deadLetters: {}, lost: 0 });
      const wanted = oracle.windows.map((line) => JSON.parse(line) as Window);
      const endMs = Math.max(...wanted.map((each) => each.endMs));
      const { windows, alerts } = await scene.outcome();
      // behind the last record there are only those that the clock closed
      expect(windows.filter((line) => (JSON.parse(line) as Window).endMs <= endMs)).toEqual(oracle.windows);
      const begun = (all: typeof alerts): string[] =>
        all.filter(({ sinceMs }) => sinceMs < endMs).map(({ source, sinceMs }) => `${source} ${sinceMs}`);
      expect(begun(alerts)).toEqual(begun(oracle.alerts));
    }),
    patienceMs(4 * ROUND_MS),
  );
});

interface Stamped {
  readonly lines: readonly string[];
  /** A service that writes nothing in the second half. */
  readonly silent: string;
  /** Its last record. */
  readonly lastMs: number;
}

/** The same records as if they were written from now on, at the producer's rate. */
function stampFromNow(lines: readonly string[]): Stamped {
  const firstMs = Date.now() + AHEAD_MS;
  const records = lines.map((line, index) => {
    const record = JSON.parse(line) as { ts: string; service: string };
    return { ...record, ts: new Date(firstMs + Math.floor((index * 1000) / RATE)).toISOString() };
  });
  const silent = records[0]!.service;
  const kept = records.filter(({ service }, index) => service !== silent || index < records.length / 2);
  const last = kept.filter(({ service }) => service === silent).at(-1)!;
  return { lines: kept.map((each) => JSON.stringify(each)), silent, lastMs: Date.parse(last.ts) };
}

function windowsIn(store: string, ...words: string[]): Window[] {
  return runCli('windows', '--store', store, ...words)
    .split('\n')
    .flatMap((line) => (line === '' ? [] : [JSON.parse(line) as Window]));
}
