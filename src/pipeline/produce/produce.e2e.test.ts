import { type ChildProcess, spawn } from 'node:child_process';
import { appendFileSync, mkdtempSync, renameSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createRandom } from '../../core/random.js';
import type { KafkaClientOptions } from '../adapters/kafka-client.js';
import { COMPRESSIONS } from '../adapters/kafka-codecs.js';
import { readTail } from '../adapters/kafka-tail.js';
import { describeTopic } from '../adapters/kafka-topics.js';
import { kafkaOrSkip, sharedTestKafka, startTestKafka } from '../kafka-broker/kafka.testkit.js';
import { parseKafkaAddress } from '../kafka/kafka-address.js';

const CLI = join(import.meta.dirname, '../../../dist/cli.js');
const RECORDS = 40_000;
const SERVICES = ['api', 'cart', 'db', 'mail', 'search'];
/** Sent while brokers die: enough that most of them are still to come. */
const UNDER_LOAD = 20_000;
/** Of the producer, each behind some progress. */
const KILLS = 3;

let folder = '';
let logPath = '';
let lines: string[] = [];

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'loghorn-produce-'));
  const random = createRandom('produce');
  lines = Array.from({ length: RECORDS }, (_, n) =>
    JSON.stringify({
      time: new Date(1_772_000_000_000 + n * 10).toISOString(),
      level: 'info',
      service: SERVICES[random.below(SERVICES.length)],
      // few different ones: what is there must not be taken for what comes again
      msg: `request ${random.below(3)} served in ${random.below(10)} ms`,
    }),
  );
  logPath = join(folder, 'app.ndjson');
  writeFileSync(logPath, `${lines.join('\n')}\n`);
});
const children: ChildProcess[] = [];
afterAll(() => {
  // those of a test that failed
  for (const child of children) child.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

interface Finished {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function start(
  words: readonly string[],
  env: Record<string, string> = {},
): ChildProcess & { finished: Promise<Finished> } {
  const child = spawn(process.execPath, [CLI, ...words], { env: { ...process.env, ...env } });
  children.push(child);
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  const finished = new Promise<Finished>((resolve) => {
    child.on('close', (exitCode) => resolve({ exitCode, stdout, stderr }));
  });
  return Object.assign(child, { finished });
}

async function run(words: readonly string[], env: Record<string, string> = {}): Promise<Finished> {
  return start(words, env).finished;
}

function clientOf(to: string): KafkaClientOptions {
  return { address: parseKafkaAddress(to), security: {}, onWarning: () => {} };
}

/** All messages of a topic, by source. */
async function textsBySource(to: string): Promise<Map<string, string[]>> {
  const topic = await describeTopic(clientOf(to));
  const low = new Map(topic!.partitions.map(({ partition, low }) => [partition, low]));
  const high = new Map(topic!.partitions.map(({ partition, high }) => [partition, high]));
  const texts = new Map<string, string[]>();
  for (const messages of (await readTail(clientOf(to), low, high)).values())
    for (const { key, value } of messages) {
      const source = Buffer.from(key!).toString();
      const own = texts.get(source) ?? [];
      own.push(Buffer.from(value!).toString());
      texts.set(source, own);
    }
  return texts;
}

async function countOf(to: string): Promise<number> {
  const topic = await describeTopic(clientOf(to)).catch(() => undefined);
  return topic?.partitions.reduce((sum, { low, high }) => sum + high - low, 0) ?? 0;
}

async function isLedWithout(to: string, dead: number): Promise<boolean> {
  // the client asks the dead one, too, as long as it does not know
  const topic = await describeTopic(clientOf(to)).catch(() => undefined);
  return topic?.partitions.every(({ leader }) => leader > 0 && leader !== dead) ?? false;
}

async function expectAllOnce(to: string, wanted: readonly string[]): Promise<void> {
  const texts = await textsBySource(to);
  const bySource = new Map<string, string[]>();
  for (const line of wanted) {
    const { service } = JSON.parse(line) as { service: string };
    const known = bySource.get(service);
    if (known === undefined) bySource.set(service, [line]);
    else known.push(line);
  }
  const countsOf = (each: ReadonlyMap<string, readonly string[]>): Record<string, number> =>
    Object.fromEntries([...each].map(([source, own]) => [source, own.length]));
  expect(countsOf(texts)).toEqual(countsOf(bySource));
  for (const [source, own] of bySource) expect(texts.get(source)!.join('\n') === own.join('\n')).toBe(true);
}

async function until(what: () => Promise<boolean> | boolean, withinMs = 120_000): Promise<void> {
  const deadlineMs = Date.now() + withinMs;
  while (!(await what())) {
    if (Date.now() > deadlineMs) throw new Error(`not within ${withinMs} ms: ${what.toString()}`);
    await sleep(50);
  }
}

describe.runIf(await kafkaOrSkip())('produce to a real broker', () => {
  let broker = '';
  let topics = 0;
  const newTopic = (): string => `kafka://${broker}/produce-${process.pid}-${topics++}`;
  beforeAll(async () => {
    broker = await sharedTestKafka();
  });

  test('a file is in the topic, each record once and each source in order; a second run adds nothing', async () => {
    const to = newTopic();
    const words = ['produce', '--to', to, '--from', `file:${logPath}`, '--state', join(folder, 'once.json')];

    const first = await run([...words, '--partitions', '3']);
    const second = await run(words);

    expect(first).toMatchObject({ exitCode: 0 });
    expect(JSON.parse(first.stdout)).toMatchObject({ records: RECORDS, acknowledged: RECORDS, failed: 0 });
    expect(JSON.parse(second.stdout)).toMatchObject({ records: 0, sent: 0 });
    await expectAllOnce(to, lines);
  });

  test('killed again and again, it is taken up and every record is there once', async () => {
    const to = newTopic();
    const statePath = join(folder, 'killed.json');
    const words = ['produce', '--to', to, '--from', `file:${logPath}`, '--state', statePath];
    // slow enough that there is something left for each of them, also where they are seen late
    const slowWords = [...words, '--rate', '2000/s'];
    await run(['topic', 'create', to, '--partitions', '3']);
    const random = createRandom('kills');

    for (let kill = 0; kill < KILLS; kill++) {
      const before = await countOf(to);
      const producer = start(slowWords);
      await until(async () => (await countOf(to)) > before);
      await sleep(random.below(400));
      producer.kill('SIGKILL');
      await producer.finished;
    }
    const { stdout, stderr } = await run(words);

    const { alreadyThere, maybeDoubled } = JSON.parse(stdout) as {
      alreadyThere: number;
      maybeDoubled: number;
    };
    expect(maybeDoubled).toBe(0);
    expect(stderr).toContain('had arrived behind the noted place');
    expect(alreadyThere).toBeGreaterThan(0);
    await expectAllOnce(to, lines);
  });

  test('a followed file is sent through rotation and truncation', async () => {
    const to = newTopic();
    const path = join(folder, 'live.log');
    writeFileSync(path, `${lines.slice(0, 10).join('\n')}\n`);
    const producer = start([
      'produce',
      '--to',
      to,
      '--partitions',
      '2',
      '--from',
      `file:${path}`,
      '--follow',
    ]);
    await until(async () => (await countOf(to)) === 10);

    appendFileSync(path, `${lines.slice(10, 20).join('\n')}\n`);
    renameSync(path, `${path}.1`);
    writeFileSync(path, `${lines.slice(20, 30).join('\n')}\n`);
    await until(async () => (await countOf(to)) === 30);
    truncateSync(path);
    await sleep(300);
    appendFileSync(path, `${lines.slice(30, 35).join('\n')}\n`);
    await until(async () => (await countOf(to)) === 35);
    producer.kill('SIGTERM');

    expect(JSON.parse((await producer.finished).stdout)).toMatchObject({ records: 35, failed: 0 });
    await expectAllOnce(to, lines.slice(0, 35));
  });

  test('standard input: a stack trace is one message, broken lines are sent for the consumer to set aside', async () => {
    const to = newTopic();
    const trace = `${lines[0]}\n    at run (app.js:1:2)\n    at main (app.js:9:9)`;
    const producer = start([
      'produce',
      '--to',
      to,
      '--partitions',
      '1',
      '--from',
      'stdin',
      '--format',
      'json',
    ]);

    producer.stdin!.end(`${trace}\n\n{"broken":\n${lines[1]}\n`);

    expect(JSON.parse((await producer.finished).stdout)).toMatchObject({
      lines: 6,
      blankLines: 1,
      records: 3,
      unreadable: 1,
      acknowledged: 3,
    });
    const texts = [...(await textsBySource(to)).values()].flat();
    expect(texts.sort()).toEqual([trace, '{"broken":', lines[1]!].sort());
  });

  test('synthetic traffic comes at the rate of its hour, with its truth beside and its delays measured', async () => {
    const to = newTopic();

    const { stdout, stderr } = await run([
      'produce',
      '--to',
      to,
      '--partitions',
      '2',
      '--rate',
      '500/s',
      '--for',
      '6s',
      '--anomalies-per-hour',
      '120',
    ]);

    const report = JSON.parse(stdout) as Record<string, number> & { latencyMs: { p50: number } };
    expect(report['failed']).toBe(0);
    expect(report['acknowledged']).toBe(await countOf(to));
    const expected = Number(/about ([\d.,]+)\/s at this hour/.exec(stderr)?.[1]?.replaceAll(',', ''));
    expect(report['ratePerSecond']).toBeGreaterThan(0.5 * expected);
    expect(report['ratePerSecond']).toBeLessThan(1.7 * expected);
    expect(report.latencyMs.p50).toBeGreaterThan(0);
    expect(await countOf(`${to}.labels`)).toBeGreaterThanOrEqual(report['labels']!);
  });

  test.each(COMPRESSIONS)('compressed with %s, records come back as they were', async (compression) => {
    const to = newTopic();
    const few = join(folder, 'few.ndjson');
    writeFileSync(few, lines.slice(0, 3000).join('\n'));

    const { exitCode, stderr } = await run([
      'produce',
      '--to',
      to,
      '--partitions',
      '2',
      '--from',
      `file:${few}`,
      '--compression',
      compression,
    ]);

    expect({ exitCode, stderr }).toMatchObject({ exitCode: 0 });
    await expectAllOnce(to, lines.slice(0, 3000));
  });

  test('a topic that is not there is not made by a slip: a sentence says how to make it', async () => {
    const { exitCode, stderr } = await run(['produce', '--to', newTopic(), '--from', `file:${logPath}`]);

    expect(exitCode).toBe(1);
    expect(stderr).toContain('loghorn topic create');
  });
});

describe.runIf(await kafkaOrSkip())('what may happen to brokers', () => {
  let beginPath = '';
  beforeAll(() => {
    beginPath = join(folder, 'begin.ndjson');
    writeFileSync(beginPath, `${lines.slice(0, UNDER_LOAD).join('\n')}\n`);
  });
  const underLoad = (to: string): string[] => ['produce', '--to', to, '--from', `file:${beginPath}`];

  test('nobody at the address: a sentence within seconds', async () => {
    const startedAtMs = Date.now();

    const { exitCode, stderr } = await run([
      'produce',
      '--to',
      'kafka://127.0.0.1:1/logs',
      '--from',
      `file:${logPath}`,
    ]);

    expect(exitCode).toBe(1);
    expect(stderr).toContain('no Kafka broker answers at 127.0.0.1:1');
    expect(Date.now() - startedAtMs).toBeLessThan(20_000);
  });

  test('a broker killed under load and started again: every record once', async () => {
    const kafka = await startTestKafka();
    try {
      const to = `kafka://${kafka.address}/logs`;
      const producer = start([...underLoad(to), '--partitions', '3', '--rate', '2500/s']);
      await until(async () => (await countOf(to)) > 0);
      await kafka.stopNode(1, 'SIGKILL');
      await kafka.startNode(1);

      const { stdout } = await producer.finished;

      expect(JSON.parse(stdout)).toMatchObject({ acknowledged: UNDER_LOAD, failed: 0, maybeDoubled: 0 });
      await expectAllOnce(to, lines.slice(0, UNDER_LOAD));
    } finally {
      await kafka.stop();
    }
  });

  test('one broker of three killed under load: every record once', async () => {
    const kafka = await startTestKafka({ brokers: 3 });
    try {
      const to = `kafka://${kafka.addresses.join(',')}/logs`;
      const producer = start([...underLoad(to), '--partitions', '6', '--rate', '1500/s']);
      await until(async () => (await countOf(to)) > 0);
      await kafka.stopNode(2, 'SIGKILL');
      await until(() => isLedWithout(to, 2));
      const before = await countOf(to);
      await until(async () => (await countOf(to)) > before || before === UNDER_LOAD);
      await kafka.startNode(2);

      const { stdout } = await producer.finished;

      expect(JSON.parse(stdout)).toMatchObject({ acknowledged: UNDER_LOAD, failed: 0, maybeDoubled: 0 });
      await expectAllOnce(to, lines.slice(0, UNDER_LOAD));
    } finally {
      await kafka.stop();
    }
  });

  test('login by PLAIN and SCRAM; a wrong password is told without being shown', async () => {
    const kafka = await startTestKafka({ users: [{ name: 'alice', password: 'right-secret' }] });
    const few = join(folder, 'login.ndjson');
    writeFileSync(few, lines.slice(0, 100).join('\n'));
    try {
      const to = `kafka://${kafka.guardedAddresses[0]!}/logs`;
      const words = ['produce', '--to', to, '--partitions', '1', '--from', `file:${few}`];
      const login = (mechanism: string, password: string): Record<string, string> => ({
        LOGHORN_KAFKA_SASL_MECHANISM: mechanism,
        LOGHORN_KAFKA_SASL_USERNAME: 'alice',
        LOGHORN_KAFKA_SASL_PASSWORD: password,
      });

      for (const mechanism of ['PLAIN', 'SCRAM-SHA-256', 'SCRAM-SHA-512']) {
        const good = await run(words, login(mechanism, 'right-secret'));
        const bad = await run(words, { ...login(mechanism, 'wrong-secret'), LOGHORN_DEBUG: '1' });

        expect(good).toMatchObject({ exitCode: 0 });
        expect(bad.exitCode).toBe(1);
        expect(bad.stderr).toContain("refused the login of user 'alice'");
        expect(`${good.stdout}${good.stderr}${bad.stdout}${bad.stderr}`).not.toContain('-secret');
      }
      const none = await run(words);
      expect(none.stderr).toContain('LOGHORN_KAFKA_SASL_');
      expect(await countOf(`kafka://${kafka.address}/logs`)).toBe(300);
    } finally {
      await kafka.stop();
    }
  });
});
