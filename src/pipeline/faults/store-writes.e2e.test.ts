// A store that takes no more: a file that may not grow, a disk that is full or may only be read, a database without
// room. The consumer ends in a sentence, and goes on once it may write again.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { openTestTopics, type RunningCli, type TestTopics } from '../adapters/kafka-source.testkit.js';
import { setDiskFull } from '../adapters/postgres-full-disk.testkit.js';
import {
  HOW_TO_ENABLE_POSTGRES,
  isPostgresThere,
  startTestPostgres,
  type TestPostgres,
} from '../adapters/postgres.testkit.js';
import { kafkaOrSkip, sharedTestKafka } from '../kafka-broker/kafka.testkit.js';
import { requireOrSkip } from '../../require.testkit.js';
import { createFaultLog, type FaultLog, oracleOf } from './fault-log.testkit.js';
import { expectUndisturbed, isRunning, openScene, type Scene, until } from './scene.testkit.js';

const CLI = join(import.meta.dirname, '../../../dist/cli.js');
const PARTITIONS = 3;
const RECORDS = 10_000;
/** Slow enough for something to be done while it comes. */
const RATE = 1500;
const FILE = 'rest.ndjson';
const isRoot = process.getuid?.() === 0;
const hasPostgres = requireOrSkip('postgres', isPostgresThere(), HOW_TO_ENABLE_POSTGRES);

describe.runIf(await kafkaOrSkip())('a store that takes no more', () => {
  let brokers: string;
  let topics: TestTopics;
  let log: FaultLog;
  let oracle: Awaited<ReturnType<typeof oracleOf>>;
  let scene: Scene;
  let mounted: string | undefined;
  let postgres: TestPostgres | undefined;

  beforeAll(async () => {
    brokers = await sharedTestKafka();
    topics = await openTestTopics(brokers);
    log = createFaultLog(RECORDS);
    oracle = await oracleOf(log, FILE, log.lines);
  });
  afterEach(async () => {
    scene?.end();
    if (mounted !== undefined) mount('umount', '--lazy', mounted);
    mounted = undefined;
    await postgres?.stop();
    postgres = undefined;
  });
  afterAll(async () => {
    await topics?.close();
    log?.remove();
  });

  const open = async (name: string, store: string, ratePerSecond = 100_000): Promise<RunningCli> => {
    const topic = `${name}-${process.pid}`;
    await topics.create(topic, PARTITIONS);
    scene = openScene({ log, fileName: FILE, brokers, topic, store });
    return scene.produce(ratePerSecond);
  };

  test('a file that may not grow', async () => {
    const store = `sqlite:${log.at('limited.db')}`;
    await (
      await open('limited', store)
    ).ended;
    const words = [CLI, ...scene.consumeWords('limited', '--until-end')];

    // in blocks of 512 bytes
    const script = 'ulimit -f 2000; exec "$0" "$@"';
    const limited = spawnSync('sh', ['-c', script, process.execPath, ...words], { encoding: 'utf8' });

    expect(limited.status).toBe(1);
    expect(limited.stderr).toMatch(/cannot write to the store .*limited\.db.*takes no more/);
    expect((await scene.outcome()).windows.length).toBeLessThan(oracle.windows.length);
    await expectUndisturbed(scene, oracle);
  });

  test.runIf(isRoot && canMount())('a disk that is full, or may only be read', async () => {
    mounted = log.at('disk');
    mkdirSync(mounted);
    mount('mount', '-t', 'tmpfs', '-o', 'size=1500k', 'tmpfs', mounted);
    const store = `sqlite:${join(mounted, 'full.db')}`;
    await (
      await open('full', store)
    ).ended;

    const full = await scene.consume('full', '--until-end').ended;
    mount('mount', '-o', 'remount,ro', mounted);
    const readOnly = await scene.consume('read-only', '--until-end').ended;
    mount('mount', '-o', 'remount,rw,size=100m', mounted);

    expect([full.code, readOnly.code]).toEqual([1, 1]);
    expect(full.stderr).toMatch(/cannot write to the store .*full\.db.*make room/);
    expect(readOnly.stderr).toMatch(/full\.db.*may only be read/);
    expect((await scene.outcome()).windows.length).toBeLessThan(oracle.windows.length);
    await expectUndisturbed(scene, oracle);
  });

  test.runIf(hasPostgres)('a database without room', async () => {
    postgres = await startTestPostgres();
    const store = await postgres.freshDatabase();
    const producer = await open('no-room', store, RATE);

    const consumer = scene.consume('no-room');
    await until(() => consumer.stderr().includes('ALERT'));
    await setDiskFull(store, true);
    await until(() => !isRunning(consumer));
    const { code, stderr } = await consumer.ended;
    await setDiskFull(store, false);
    await producer.ended;

    expect({ code, stderr }).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/the server's disk is full: make room/),
    });
    await expectUndisturbed(scene, oracle);
  });
});

function mount(...words: readonly [string, ...string[]]): void {
  const [program, ...rest] = words;
  execFileSync(program, rest, { stdio: 'pipe' });
}

/** In some containers root may not. */
function canMount(): boolean {
  return spawnSync('unshare', ['--mount', 'mount', '-t', 'tmpfs', 'tmpfs', '/mnt']).status === 0;
}
