// The canary through a real broker, as built, by a clock that the test moves: a producer sends it beside a log and the consumer
// tells it. The producer dies, one without a canary goes on: that is told. In all other figures the canary leaves no trace.
import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type CanaryAnomaly, canaryAnomalies, LEAST_CANARY_EVERY_MS } from '../../core/canary/canary-plan.js';
import { CANARY_SOURCE, DETECTION_SOURCE } from '../../core/canary/canary-source.js';
import {
  lastLineOf,
  openTestTopics,
  runCli,
  type RunningCli,
  startCli,
  type TestTopics,
} from '../adapters/kafka-source.testkit.js';
import { findFreeRow } from '../kafka-broker/free-ports.js';
import { kafkaOrSkip, sharedTestKafka } from '../kafka-broker/kafka.testkit.js';
import { type HttpPeer, startHttpPeer } from '../sinks/http-peer.testkit.js';
import { figuresOf } from './figures.testkit.js';
import { startSteeredClock, type SteeredClock } from './steered-clock.testkit.js';

/** Two anomalies of the plan are hardly a quarter of an hour apart here. */
const START_MS = Date.UTC(2026, 2, 4, 18, 10);
const LEARNED_HOURS = 8;
/** Troubles of three services, over before the end. */
const LOG = ['--seed', 'a', '--records', '18500', '--anomalies-per-hour', '8'];
const [LONG_STEP_MS, STEP_MS] = [90_000, 20_000];
/** Around each anomaly the clock goes in small steps: behind it until the deadline is over. */
const [BEFORE_MS, BEHIND_MS] = [30_000, 150_000];
const WITHIN_MS = 60_000;
/** A score is held for minutes, and so long an anomaly may still be told. */
const SETTLED_MS = 600_000;
const WINDOW_MS = 30_000;
/** On a quiet machine: a producer's pause, and the way through the topic. */
const READ_WITHIN_MS = 120;
/** Until the last line is known to be whole, and until what was read is stored. */
const LITTLE_MS = [1000, 5000];
const EVERY_MS = LEAST_CANARY_EVERY_MS;
const CANARY = ['--canary', `${EVERY_MS / 60_000}m`];
const anomalies = canaryAnomalies(EVERY_MS, START_MS, START_MS + EVERY_MS) as [CanaryAnomaly, CanaryAnomaly];

describe.runIf(await kafkaOrSkip())('the canary on Kafka', () => {
  const folder = mkdtempSync(join(tmpdir(), 'loghorn-canary-topic-'));
  const at = (name: string): string => join(folder, name);
  const topic = `canary-${process.pid}`;
  const live = at('live.ndjson');
  let topics: TestTopics;
  let clock: SteeredClock;
  let peer: HttpPeer;
  let producer: RunningCli;
  let consumer: RunningCli;
  let model = '';
  let metricsUrl = '';
  let produce: (...more: readonly string[]) => RunningCli;
  let [writtenMs, written] = [START_MS, 0];
  let lines: readonly { readonly ts: string; readonly text: string }[] = [];

  beforeAll(async () => {
    const brokers = await sharedTestKafka();
    topics = await openTestTopics(brokers);
    await topics.create(topic, 2);
    const learnsFromMs = START_MS - LEARNED_HOURS * 3_600_000;
    const span = ['--start', new Date(learnsFromMs).toISOString(), '--span', `${LEARNED_HOURS + 1}h`];
    const clean = ['--clean', String(LEARNED_HOURS / (LEARNED_HOURS + 1))];
    runCli('generate', '--out', folder, ...LOG, ...span, ...clean);
    const texts = readFileSync(at('logs.ndjson'), 'utf8').trimEnd().split('\n');
    lines = texts.map((text) => ({ ts: (JSON.parse(text) as { ts: string }).ts, text }));
    writeFileSync(at('healthy.ndjson'), servicesLines(learnsFromMs, START_MS));
    runCli('fit', at('healthy.ndjson'), '--name', 'shop', '--models', at('models'), '--canary');
    model = join(at('models'), 'shop', readdirSync(at(join('models', 'shop')))[0]!);
    clock = startSteeredClock(START_MS);
    for (const [name, value] of Object.entries(clock.env)) vi.stubEnv(name, value);
    peer = await startHttpPeer();
    writeFileSync(at('sinks.json'), JSON.stringify({ sinks: [{ type: 'webhook', url: peer.url.href }] }));
    writeFileSync(live, '');
    const address = `kafka://${brokers}/${topic}`;
    const port = String(await findFreeRow(1));
    metricsUrl = `http://127.0.0.1:${port}/metrics`;
    const read = ['--from', address, '--group', topic, '--model', model];
    const kept = ['--store', `sqlite:${at('results.db')}`, '--sinks', at('sinks.json'), '--json'];
    consumer = startCli('consume', ...read, ...kept, ...CANARY, '--health-port', port);
    await until('partitions', () => consumer.stderr().includes('reading partitions 0, 1'));
    const sent = ['--from', `file:${live}`, '--follow', '--state', at('produce.json')];
    produce = (...more) => startCli('produce', '--to', address, ...sent, ...more);
    producer = produce(...CANARY);
  });
  afterAll(async () => {
    for (const each of [consumer, producer]) each?.child.kill('SIGKILL');
    await peer?.close();
    await topics?.close();
    vi.unstubAllEnvs();
    clock?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  test('one that is sent is told to nobody but the figures; one that nobody sends any more is an alert', async () => {
    const [first, second] = anomalies;
    await pass(first);
    await until('word of the first', () => consumer.stderr().includes(`canary: ${first.kind} told`));
    expect(told()).toEqual([]);

    producer.child.kill('SIGKILL');
    await producer.ended;
    producer = produce();
    await pass(second);
    await until('the alert about the second', () => told().length > 0);

    expect(told()).toEqual([`opened ${DETECTION_SOURCE} warning`]);
    const text = await metrics();
    expect(['injected', 'caught', 'missed'].map((of) => numberIn(text, `canary_${of}`))).toEqual([2, 1, 1]);
  });

  test('what is known of services is what a run knows that never saw the canary', async () => {
    consumer.child.kill('SIGTERM');
    const ended = await consumer.ended;
    expect(ended.code).toBe(0);
    // until it is clear what was missed
    clock.advance(SETTLED_MS);
    const beside = lastLineOf(ended.stdout);
    const plain = ['--model', model, '--store', `sqlite:${at('plain.db')}`, '--until-end', '--json'];
    const alone = lastLineOf(runCli('consume', '--from', `file:${live}`, ...plain));
    // windows that were still open when the consumer stopped are in the other run alone
    const toMs = Math.floor(writtenMs / WINDOW_MS - 1) * WINDOW_MS;

    const { canary, ...figures } = await figuresOf(at('results.db'), model, { fromMs: START_MS, toMs });

    const { canary: none, ...wanted } = await figuresOf(at('plain.db'), model, { fromMs: START_MS, toMs });
    expect(figures).toEqual(wanted);
    expect(countsIn(beside)).toEqual(countsIn(alone));
    expect(figures.windows.length).toBeGreaterThan(500);
    expect(figures.feedback).toHaveLength(3);
    expect(none).toBeNull();
    expect(canary).toMatchObject({ injected: 2, caught: 1, missed: 1, undecided: 0 });
    const { read } = beside['canary'] as { readonly read: number };
    expect(read).toBeGreaterThan(300);
  });

  /** What the webhook was told of canaries so far. */
  const told = (): readonly string[] =>
    peer.requests
      .map(({ body }) => JSON.parse(body) as Record<'type' | 'source' | 'severity', string>)
      .filter(({ source }) => source === CANARY_SOURCE || source === DETECTION_SOURCE)
      .map(({ type, source, severity }) => `${type} ${source} ${severity}`);

  /** To behind an anomaly and its deadline. */
  const pass = async ({ startMs: fromMs, endMs }: CanaryAnomaly): Promise<void> => {
    await stepTo(fromMs - BEFORE_MS, LONG_STEP_MS);
    await stepTo(endMs + BEHIND_MS, STEP_MS);
  };

  /** Lines come, windows of them are stored, and the clock goes on to where they are. */
  const stepTo = async (toMs: number, stepMs: number): Promise<void> => {
    while (clock.nowMs() < toMs) {
      const nowMs = Math.floor(Math.min(clock.nowMs() + stepMs, toMs));
      const text = servicesLines(writtenMs, nowMs);
      appendFileSync(live, text);
      written += text.split('\n').length - 1;
      writtenMs = nowMs;
      // what is not read when the clock is there would be silence
      for (const littleMs of LITTLE_MS) {
        await sleep(READ_WITHIN_MS);
        clock.advance(littleMs);
      }
      await until(`what was written to ${new Date(nowMs).toISOString()}`, isAllRead);
      clock.advance(Math.max(0, nowMs - clock.nowMs()));
    }
  };

  /** Of services. */
  const isAllRead = async (): Promise<boolean> => numberIn(await metrics(), 'records_read') >= written;
  const metrics = async (): Promise<string> => (await fetch(metricsUrl)).text();

  /** Those of the services with `fromMs <= time < toMs`. */
  const servicesLines = (fromMs: number, toMs: number): string => {
    const [first, end] = [new Date(fromMs).toISOString(), new Date(toMs).toISOString()];
    return lines
      .filter(({ ts }) => ts >= first && ts < end)
      .map(({ text }) => `${text}\n`)
      .join('');
  };

  const until = async (what: string, isSo: () => boolean | Promise<boolean>): Promise<void> => {
    const deadlineMs = performance.now() + WITHIN_MS;
    while (!(await isSo())) {
      if (performance.now() > deadlineMs)
        throw new Error(
          `within ${WITHIN_MS / 1000} s it did not come: ${what}\n${consumer.stderr()}\n${producer?.stderr()}`,
        );
      await sleep(20);
    }
  };
});

function numberIn(metrics: string, of: string): number {
  return Number(new RegExp(`^loghorn_${of}_total (\\d+)$`, 'm').exec(metrics)?.[1]);
}

/** Of the summary; windows are compared one by one. */
function countsIn(summary: Record<string, unknown>): Record<string, unknown> {
  const { lines, records, deadLetters, alerts, resolved } = summary;
  return { lines, records, deadLetters, alerts, resolved };
}
