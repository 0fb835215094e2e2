// Real brokers for tests: one for all test files of a run, and clusters of a test's own that it may kill.
// LOGHORN_TEST_KAFKA=host:port takes a broker that is there instead; LOGHORN_TEST_KAFKA_VERSION another version.
import { spawn } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
  openSync,
  closeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { areReady } from '../adapters/kafka-ready.js';
import { requireOrSkip } from '../../require.testkit.js';
import type { KafkaUser } from './broker-properties.js';
import { findFreeRow } from './free-ports.js';
import { checkJava } from './java.js';
import { DEFAULT_KAFKA_VERSION, fetchKafkaJars } from './kafka-jars.js';
import { isAlive } from './parent.js';
import { type RunningKafka, startKafka } from './start-kafka.js';

export interface TestKafka extends RunningKafka {
  /** Of its only or first broker. */
  readonly address: string;
}

const CLI = join(import.meta.dirname, '../../../dist/cli.js');
const SHARED_PREFIX = 'loghorn-test-kafka-';
const READY = 'ready.json';
const START_WITHIN_MS = 120_000;

const kafkaVersion = process.env['LOGHORN_TEST_KAFKA_VERSION'] ?? DEFAULT_KAFKA_VERSION;

/** For `describe.runIf(await kafkaOrSkip())`. */
export async function kafkaOrSkip(): Promise<boolean> {
  const how = 'install Java 17 and Maven, or name a broker with LOGHORN_TEST_KAFKA=host:port';
  if (process.env['LOGHORN_TEST_KAFKA'] !== undefined) return requireOrSkip('kafka', true, how);
  const reason = await checkJava(kafkaVersion)
    .then(() => fetchKafkaJars(kafkaVersion, () => {}))
    .then(() => undefined)
    .catch((error: unknown) => (error as Error).message);
  return requireOrSkip('kafka', reason === undefined, reason ?? how);
}

/** @returns address of the broker that all test files of this run share; give topics names of their own */
export async function sharedTestKafka(): Promise<string> {
  const given = process.env['LOGHORN_TEST_KAFKA'];
  if (given !== undefined) return given;
  // test files run in children of the runner: the broker is the runner's, and goes with it
  const runnerPid = process.ppid;
  const folder = join(tmpdir(), `${SHARED_PREFIX}${runnerPid}`);
  removeLeftOvers();
  mkdirSync(folder, { recursive: true });
  // several files run at a time: the first one starts it, the others wait
  for (const deadlineMs = performance.now() + START_WITHIN_MS; performance.now() < deadlineMs;) {
    const known = await readyAddress(folder);
    if (known !== undefined) return known;
    if (claims(folder)) return startShared(folder, runnerPid);
    await sleep(100);
  }
  throw new Error(`the broker of another test file did not answer within ${START_WITHIN_MS / 1000} s`);
}

/** @returns address of the broker, which ends with the runner */
async function startShared(folder: string, runnerPid: number): Promise<string> {
  const words = [CLI, 'kafka', '--port', String(await findFreeRow(2)), '--kafka-version', kafkaVersion];
  const logPath = join(folder, 'start.log');
  const log = openSync(logPath, 'a');
  const child = spawn(process.execPath, [...words, '--stop-with', String(runnerPid)], {
    env: { ...process.env, LOGHORN_KAFKA_DIR: join(folder, 'data') },
    // none of the runner's own pipes: it would wait for them at its end
    stdio: ['ignore', 'pipe', log],
    detached: true,
  });
  const line = await new Promise<string>((resolve, reject) => {
    child.stdout!.once('data', (chunk: Buffer) => resolve(chunk.toString('utf8')));
    child.once('exit', (code) =>
      reject(new Error(`loghorn kafka ended (${code}): ${readFileSync(logPath, 'utf8')}`)),
    );
  });
  closeSync(log);
  child.removeAllListeners('exit');
  child.stdout!.destroy();
  child.unref();
  // appears whole
  writeFileSync(join(folder, `${READY}.tmp`), line);
  renameSync(join(folder, `${READY}.tmp`), join(folder, READY));
  return (JSON.parse(line) as { brokers: string[] }).brokers[0]!;
}

/** A cluster of the test's own, in a temporary folder on free ports; `stop` removes the folder, too. */
export async function startTestKafka(
  options: {
    readonly brokers?: 1 | 3;
    readonly users?: readonly KafkaUser[];
    readonly keyStorePath?: string;
  } = {},
): Promise<TestKafka> {
  const { brokers = 1, users = [], keyStorePath } = options;
  const folder = mkdtempSync(join(tmpdir(), 'loghorn-kafka-'));
  const kafka = await startKafka({
    folder: join(folder, 'data'),
    kafkaVersion,
    brokers,
    port: await findFreeRow(3 * brokers),
    users,
    keyStorePath,
  });
  return {
    ...kafka,
    address: kafka.addresses[0]!,
    stop: async () => {
      await kafka.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Of the broker that a test file has started; undefined while there is none. */
async function readyAddress(folder: string): Promise<string | undefined> {
  const path = join(folder, READY);
  if (!existsSync(path)) return undefined;
  const { brokers } = JSON.parse(readFileSync(path, 'utf8')) as { brokers: string[] };
  return (await areReady(brokers)) ? brokers[0]! : undefined;
}

/** Whether this process is the one to start the broker. A claim ends with its process. */
function claims(folder: string): boolean {
  const path = join(folder, 'claim');
  try {
    writeFileSync(path, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    if (!isAlive(Number(readFileSync(path, 'utf8')))) rmSync(path, { force: true });
    return false;
  }
}

/** Data of runs that are over. */
function removeLeftOvers(): void {
  for (const name of readdirSync(tmpdir())) {
    if (!name.startsWith(SHARED_PREFIX)) continue;
    if (!isAlive(Number(name.slice(SHARED_PREFIX.length))))
      rmSync(join(tmpdir(), name), { recursive: true, force: true });
  }
}
