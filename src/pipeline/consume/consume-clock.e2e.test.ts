// The clock on every stage, as built, on a real broker: live records in, stamps and metrics out.
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  lastLineOf,
  openTestTopics,
  runCli,
  startCli,
  type TestTopics,
} from '../adapters/kafka-source.testkit.js';
import { findFreeRow } from '../kafka-broker/free-ports.js';
import { kafkaOrSkip, sharedTestKafka } from '../kafka-broker/kafka.testkit.js';
import type { LatencyReport } from '../latency/latency.js';

/** The clock of one writer is ahead by so much. */
const AHEAD_MS = 400;
const LIVE_MS = 9000;
const EVERY_MS = 50;

describe.runIf(await kafkaOrSkip())('the clock on every stage', () => {
  const folder = mkdtempSync(join(tmpdir(), 'loghorn-clock-'));
  const topic = `clock-${process.pid}`;
  const store = `sqlite:${join(folder, 'results.db')}`;
  let topics: TestTopics;
  let metrics = '';
  let summary: Record<string, unknown> = {};
  let sent = 0;

  beforeAll(async () => {
    const address = await sharedTestKafka();
    topics = await openTestTopics(address);
    await topics.create(topic, 2);
    runCli('generate', '--out', folder, '--records', '5000', '--span', '20m');
    const short = ['--window', '2s', '--lateness', '1s', '--rolling', '20s', '--detector', 'always-on'];
    runCli('fit', join(folder, 'logs.ndjson'), '--name', 'clock', '--models', folder, ...short);
    const model = join(folder, 'clock', readdirSync(join(folder, 'clock'))[0]!);
    const port = await findFreeRow(1);
    const consumer = startCli(
      'consume',
      '--from',
      `kafka://${address}/${topic}`,
      '--model',
      model,
      '--store',
      store,
      '--json',
      '--health-port',
      String(port),
    );
    const ask = async (path: string): Promise<Response | undefined> =>
      fetch(`http://127.0.0.1:${port}${path}`).catch(() => undefined);
    while ((await ask('/readyz'))?.status !== 200) await sleep(100);
    for (const untilMs = Date.now() + LIVE_MS; Date.now() < untilMs; sent += 2) {
      const nowMs = Date.now();
      await topics.send(topic, [line('api', nowMs), line('ahead', nowMs + AHEAD_MS)]);
      await sleep(EVERY_MS);
    }
    // a live stream without a window to show is stored every few seconds
    for (const untilMs = Date.now() + 12_000; Date.now() < untilMs;) {
      metrics = await (await ask('/metrics'))!.text();
      if (metrics.includes(`loghorn_records_read_total ${sent}\n`)) break;
      await sleep(200);
    }
    consumer.child.kill('SIGTERM');
    summary = lastLineOf((await consumer.ended).stdout);
  });
  afterAll(async () => {
    await topics?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const line = (service: string, timeMs: number): { key: string; value: string } => ({
    key: service,
    value: JSON.stringify({
      ts: new Date(timeMs).toISOString(),
      service,
      level: 'INFO',
      msg: 'request served',
    }),
  });

  test('each window carries its stamps in the order of its way', () => {
    const rows = runCli('windows', '--store', store, '--stamps', '--source', 'api')
      .trimEnd()
      .split('\n')
      .map((text) => (JSON.parse(text) as { stamps: Record<string, number> }).stamps);

    expect(rows.length).toBeGreaterThan(2);
    for (const stamps of rows) {
      const { readTimeMs, startedTimeMs, eligibleTimeMs, scoredTimeMs, commitTimeMs } = stamps;
      const order = [readTimeMs, startedTimeMs, eligibleTimeMs, scoredTimeMs, commitTimeMs];
      expect(order).toEqual([...order].sort((a, b) => a! - b!));
    }
    expect(rows.filter(({ appendTimeMs }) => appendTimeMs !== null).length).toBeGreaterThan(0);
  });

  test('stage times are of live windows, and a writer ahead is skew of about its size', () => {
    const { windows, alertEvents, live } = JSON.parse(
      runCli('latency', '--store', store, '--json'),
    ) as LatencyReport;

    expect(windows.live).toBeGreaterThan(4);
    expect(windows.unstamped).toBe(0);
    expect(alertEvents.live).toBeGreaterThan(0);
    expect(live.emittedToDelivered!.count).toBe(alertEvents.live);
    expect(live.appendToRead!.p50).toBeLessThan(5000);
    const ahead = JSON.parse(
      runCli('latency', '--store', store, '--json', '--source', 'ahead'),
    ) as LatencyReport;
    const { eventToAppend } = ahead.live;
    expect(eventToAppend!.skew!.count).toBeGreaterThan(0);
    expect(eventToAppend!.skew!.max).toBeLessThanOrEqual(AHEAD_MS);
  });

  test('metrics count what was read, how long stages took and how far the group is behind', () => {
    expect(metrics).toContain(`loghorn_records_read_total ${sent}\n`);
    expect(metrics).toMatch(
      new RegExp(`kafka_consumergroup_lag\\{group="loghorn-clock",topic="${topic}",partition="[01]"\\} 0\n`),
    );
    expect(metrics).toMatch(/loghorn_stage_latency_seconds_count\{stage="appendToRead"\} [1-9]/);
    expect(metrics).toMatch(
      /loghorn_clock_skew_seconds_count\{stage="eventToAppend",ahead="writer",behind="broker"\} [1-9]/,
    );
    expect(metrics).toMatch(/loghorn_watermark_lag_seconds\{source="api"\} [\d.]+\n/);
    expect(summary).toMatchObject({ records: { read: sent } });
  });
});
