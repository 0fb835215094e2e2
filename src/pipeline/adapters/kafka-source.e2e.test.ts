// The consumer on a real broker, as built, held to an undisturbed offline `score` of the same records.
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createRandom } from '../../core/random.js';
import { kafkaOrSkip, sharedTestKafka } from '../kafka-broker/kafka.testkit.js';
import {
  lastLineOf,
  openTestTopics,
  outcomeOf,
  runCli,
  startCli,
  type TestMessage,
  type TestTopics,
} from './kafka-source.testkit.js';

const PARTITIONS = 3;
const RECORDS = 30_000;
const FITTED = 14_000;
/** Of two consumers that are killed. */
const ROUNDS = 2;
const run = `${process.pid}`;

const canRun = await kafkaOrSkip();

describe.runIf(canRun)('consume from Kafka', () => {
  let folder: string;
  let address: string;
  let topics: TestTopics;
  let modelFolder: string;
  let artifact: { name: string; version: string };
  let lines: string[] = [];
  let scored: string[] = [];

  const messagesOf = (from: readonly string[]): TestMessage[] =>
    from.map((value) => ({ key: (JSON.parse(value) as { service: string }).service, value }));
  const at = (file: string): string => join(folder, file);
  const consumeWords = (topic: string, store: string, ...more: string[]): string[] => [
    'consume',
    '--from',
    `kafka://${address}/${topic}`,
    '--model',
    modelFolder,
    '--store',
    `sqlite:${at(store)}`,
    '--json',
    '--session-timeout',
    '6s',
    ...more,
  ];
  /** The windows in the store as `score` prints them, sorted as text. */
  const windowsIn = (store: string): string[] =>
    sortedLines(runCli('windows', '--store', `sqlite:${at(store)}`));
  const toTheEnd = (topic: string, store: string, ...more: string[]): Record<string, unknown> =>
    lastLineOf(runCli(...consumeWords(topic, store, '--until-end', ...more)));

  beforeAll(async () => {
    address = await sharedTestKafka();
    topics = await openTestTopics(address);
    folder = mkdtempSync(join(tmpdir(), 'loghorn-topic-'));
    runCli(
      'generate',
      '--out',
      folder,
      '--records',
      String(RECORDS),
      '--span',
      '6h',
      '--anomalies-per-hour',
      '4',
      '--clean',
      '0.5',
    );
    lines = readFileSync(at('logs.ndjson'), 'utf8').trimEnd().split('\n');
    writeFileSync(at('clean.ndjson'), `${lines.slice(0, FITTED).join('\n')}\n`);
    runCli('fit', at('clean.ndjson'), '--name', 'topic', '--models', at('models'), '--budget', '5/day');
    modelFolder = join(folder, 'models', 'topic');
    artifact = { name: 'topic', version: readdirSync(modelFolder)[0]! };
    lines = lines.slice(FITTED);
    writeFileSync(at('rest.ndjson'), `${lines.join('\n')}\n`);
    scored = sortedLines(runCli('score', at('rest.ndjson'), '--model', modelFolder));
  });
  afterAll(async () => {
    await topics?.close();
    if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
  });

  test('read to its end, a topic has the windows that score gives for the same records', async () => {
    const topic = `equal-${run}`;
    await topics.create(topic, PARTITIONS);
    await topics.send(topic, messagesOf(lines.slice(0, 9000)));
    // a marker follows in each partition, and is what the partitions end with
    await topics.sendAtomically(topic, messagesOf(lines.slice(9000)));

    const summary = toTheEnd(topic, 'equal.db');

    expect(summary).toMatchObject({ isOver: true, partitions: [0, 1, 2], lost: 0, splitSources: 0 });
    expect(summary['lines']).toMatchObject({ read: lines.length, scored: lines.length });
    expect(windowsIn('equal.db')).toEqual(scored);
    // once more there is nothing left to do
    expect(toTheEnd(topic, 'equal.db')['lines']).toMatchObject({ read: lines.length });
    expect(windowsIn('equal.db')).toEqual(scored);
  });

  test('with consumers killed at random moments, windows, alerts and counts are those of an undisturbed run', async () => {
    const topic = `killed-${run}`;
    await topics.create(topic, PARTITIONS);
    const random = createRandom('kills of two');
    const words = consumeWords(topic, 'killed.db', '--commit-every', '10ms', '--group', 'killed');
    const portion = Math.ceil(lines.length / ROUNDS);
    let kills = 0;
    for (let round = 0; round < ROUNDS; round++) {
      const pair = [startCli(...words), startCli(...words)];
      await until(() => pair.every((each) => /reading partitions|no partition/.test(each.stderr())));
      const sending = topics.send(topic, messagesOf(lines.slice(round * portion, (round + 1) * portion)));
      await sleep(random.below(600));
      const victim = pair[random.below(2)]!;
      victim.child.kill('SIGKILL');
      kills++;
      // the other one has the partitions after the session of the first is over, or never
      await sleep(random.below(9000));
      for (const { child, ended } of pair) {
        if (child !== victim.child && random.below(2) === 0) child.kill('SIGTERM');
        else {
          kills += child === victim.child ? 0 : 1;
          child.kill('SIGKILL');
        }
        await ended;
      }
      await sending;
    }

    const summary = toTheEnd(topic, 'killed.db', '--group', `after-${run}`);

    expect(kills).toBeGreaterThanOrEqual(ROUNDS);
    expect(summary['lines']).toMatchObject({ read: lines.length, scored: lines.length });
    expect(windowsIn('killed.db')).toEqual(scored);
    const [killed, undisturbed] = [
      await outcomeOf(at('killed.db'), artifact),
      await outcomeOf(at('equal.db'), artifact),
    ];
    expect(killed.windows).toEqual(undisturbed.windows);
    expect(killed.alerts).toEqual(undisturbed.alerts);
  });

  test('more consumers than partitions: the spare one says so, waits, and steps in', async () => {
    const topic = `spare-${run}`;
    await topics.create(topic, 1);
    await topics.send(topic, messagesOf(lines.slice(0, 2000)));
    const words = consumeWords(topic, 'spare.db', '--group', 'spare');
    const first = startCli(...words);
    await until(() => /reading partitions 0 of/.test(first.stderr()));
    const second = startCli(...words);
    await until(() => /no partition of topic/.test(first.stderr() + second.stderr()));
    const isSecondSpare = /no partition of topic/.test(second.stderr());
    const [spare, busy] = isSecondSpare ? [second, first] : [first, second];

    busy.child.kill('SIGTERM');
    await busy.ended;
    await until(() => /reading partitions 0 of/.test(spare.stderr()));
    spare.child.kill('SIGTERM');

    expect((await spare.ended).code).toBe(0);
  });

  test('what cannot be read is kept with its bytes and origin, and counted once', async () => {
    const topic = `poison-${run}`;
    await topics.create(topic, PARTITIONS);
    const broken = Buffer.from('{"broken": \xff\xfe', 'latin1');
    await topics.send(topic, [
      ...messagesOf(lines.slice(0, 500)),
      { key: 'api', value: broken, headers: { trace: 'abc' } },
      { key: null, value: null },
      ...messagesOf(lines.slice(500, 1000)),
    ]);

    const summary = toTheEnd(topic, 'poison.db', '--group', 'readers');

    expect(summary).toMatchObject({
      deadLetters: { 'not-json': 1, blank: 1 },
      deadLetterTopic: `${topic}.readers.dlq`,
      lines: { read: 1002, scored: 1000, setAside: 2 },
    });
    const letters = await topics.read(`${topic}.readers.dlq`);
    expect(letters.map(({ value }) => value)).toEqual([broken]);
    expect(String(letters[0]!.key)).toBe('api');
    const headers = Object.fromEntries(
      Object.entries(letters[0]!.headers!).map(([name, value]) => [name, String(value)]),
    );
    expect(headers).toMatchObject({
      trace: 'abc',
      'loghorn.dlq.topic': topic,
      'loghorn.dlq.reason': 'not-json',
    });

    const dlq = `kafka://${address}/${topic}.readers.dlq`;
    const [listed, ...others] = runCli('dlq', 'list', dlq).trim().split('\n');
    expect(others).toEqual([]);
    expect(JSON.parse(listed!)).toMatchObject({
      topic,
      reason: 'not-json',
      key: 'api',
      bytes: 13,
      replays: 0,
    });
    expect(JSON.parse(runCli('dlq', 'replay', dlq))).toEqual({ replayed: 1, skipped: 0 });
    expect(JSON.parse(runCli('dlq', 'replay', dlq))).toEqual({ replayed: 0, skipped: 0 });
    // it still cannot be read, and comes back with a count
    const again = toTheEnd(topic, 'poison.db', '--group', 'readers');
    expect(again['lines']).toMatchObject({ read: 1003, setAside: 3 });
    const came = runCli('dlq', 'list', dlq).trim().split('\n');
    expect(came.map((line) => (JSON.parse(line) as { replays: number }).replays)).toEqual([0, 1]);
  });

  test('what retention deleted before it was read is counted as lost, and said', async () => {
    const topic = `gap-${run}`;
    await topics.create(topic, 1);
    await topics.send(topic, messagesOf(lines.slice(0, 1000)));
    toTheEnd(topic, 'gap.db');
    await topics.send(topic, messagesOf(lines.slice(1000, 3000)));
    await topics.deleteBefore(topic, 0, 1600);

    const again = startCli(...consumeWords(topic, 'gap.db', '--until-end'));
    const { stdout, stderr } = await again.ended;

    expect(lastLineOf(stdout)).toMatchObject({ lost: 600, lines: { read: 2400 } });
    expect(stderr).toMatch(/600 messages of partition 0 .* were deleted by retention/);
  });

  test('a topic that was deleted and made anew is told from the one that was read', async () => {
    const topic = `anew-${run}`;
    await topics.create(topic, 1);
    await topics.send(topic, messagesOf(lines.slice(0, 1000)));
    toTheEnd(topic, 'anew.db');
    await topics.admin.deleteTopics({ topics: [topic] });
    await sleep(1000);
    await topics.create(topic, 1);
    await topics.send(topic, messagesOf(lines.slice(1000, 2500)));

    const again = startCli(...consumeWords(topic, 'anew.db', '--until-end'));
    const { stdout, stderr } = await again.ended;

    expect(lastLineOf(stdout)).toMatchObject({ recreated: 1, lines: { read: 2500 } });
    expect(stderr).toMatch(/was deleted and made anew/);
  });

  test('a topic that is not there, and a second reader until the end, are refused in a sentence', async () => {
    const missing = await startCli(...consumeWords(`missing-${run}`, 'missing.db', '--until-end')).ended;
    expect(missing.code).toBe(1);
    expect(missing.stderr).toMatch(/there is no topic 'missing-\d+' at /);

    const topic = `shared-${run}`;
    await topics.create(topic, PARTITIONS);
    await topics.send(topic, messagesOf(lines.slice(0, 100)));
    const live = startCli(...consumeWords(topic, 'shared.db'));
    await until(() => /reading partitions 0, 1, 2/.test(live.stderr()));
    const second = await startCli(...consumeWords(topic, 'shared.db', '--until-end')).ended;
    live.child.kill('SIGTERM');

    expect(second.code).toBe(1);
    expect(second.stderr).toMatch(/must be alone in its group/);
    expect((await live.ended).code).toBe(0);
  });

  test('windows over everything: all partitions as one stream, for one consumer alone', async () => {
    const topic = `all-${run}`;
    await topics.create(topic, PARTITIONS);
    await topics.send(topic, messagesOf(lines));
    runCli('fit', at('clean.ndjson'), '--name', 'all', '--models', at('models'), '--group-by', 'all');
    const words = consumeWords(topic, 'all.db', '--model', at('models/all'), '--group', 'all');
    const first = startCli(...words);
    await until(() => /reading all 3 partitions/.test(first.stderr()));

    const second = await startCli(...words).ended;
    first.child.kill('SIGTERM');
    const { code } = await first.ended;
    const summary = lastLineOf(runCli(...words, '--until-end'));

    expect([code, second.code]).toEqual([0, 1]);
    expect(second.stderr).toMatch(/one consumer must read all of topic/);
    expect(summary['lines']).toMatchObject({ read: lines.length, scored: lines.length });
    const wanted = sortedLines(runCli('score', at('rest.ndjson'), '--model', at('models/all')));
    expect(windowsIn('all.db')).toEqual(wanted);
  });
});

function sortedLines(text: string): string[] {
  return text.trim().split('\n').sort();
}

async function until(isTrue: () => boolean, withinMs = 60_000): Promise<void> {
  const deadlineMs = performance.now() + withinMs;
  while (!isTrue()) {
    if (performance.now() > deadlineMs) throw new Error(`it did not come within ${withinMs / 1000} s`);
    await sleep(50);
  }
}
