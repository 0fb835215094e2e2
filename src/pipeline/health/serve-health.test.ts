import { afterEach, expect, test } from 'vitest';
import { LOG_START_MS, plainLog } from '../../core/log-like.testkit.js';
import { createRandom } from '../../core/random.js';
import { fitSmall } from '../../core/scorer.testkit.js';
import { createMemoryStore } from '../adapters/memory-store.js';
import { consume } from '../consume/consume.js';
import { createListSource, createTestClock } from '../consume/consume.testkit.js';
import type { Read } from '../../core/record.js';
import { type Health, serveHealth } from './serve-health.js';

let health: Health | undefined;
afterEach(async () => health?.close());

const ask = async (path: string): Promise<{ status: number; text: string }> => {
  const response = await fetch(`http://127.0.0.1:${health!.port}${path}`);
  return { status: response.status, text: await response.text() };
};

test('metrics tell what was consumed, and readiness that it stops', async () => {
  const clock = createTestClock(LOG_START_MS);
  const stop = new AbortController();
  health = await serveHealth(0, clock, stop.signal);
  expect(await ask('/readyz')).toEqual({ status: 503, text: 'it has not taken over its stream yet\n' });
  const reads = plainLog(300, createRandom('metrics')).map((record): Read => ({
    ok: true,
    record: { ...record, source: 'a"b\\c\nd' },
    line: 1,
    lines: 1,
  }));
  const { signal } = stop;
  const running = consume({
    artifact: fitSmall(),
    source: createListSource([reads], clock, { isEndless: true }),
    store: createMemoryStore(),
    sinks: [],
    clock: { ...clock, sleep: async () => new Promise((resolve) => setTimeout(resolve, 1)) },
    signal,
    ticks: false,
    commitEveryMs: 0,
    telemetry: health.telemetry,
    observer: health.observer,
  });
  await expect.poll(async () => (await ask('/metrics')).text).toContain('loghorn_records_read_total 300\n');

  const { text } = await ask('/metrics');

  expect(text).toContain('loghorn_watermark_lag_seconds{source="a\\"b\\\\c\\nd"} ');
  expect(text).toContain('# TYPE loghorn_stage_latency_seconds histogram\n');
  expect(text).not.toContain('kafka_consumergroup_lag');
  expect(await ask('/readyz')).toEqual({ status: 200, text: 'ready\n' });
  expect((await ask('/livez')).status).toBe(200);
  stop.abort();
  expect(await ask('/readyz')).toEqual({ status: 503, text: 'it is stopping\n' });
  await running;
});

test('sinks are told with what waits, since when, and what became of the rest', async () => {
  health = await serveHealth(0, createTestClock(90_000), new AbortController().signal);
  const summary = { sink: 'smtp', sent: 7, givenUp: 1, lastSentMs: 5, lastError: null };
  health.watchSinks(async () => [{ ...summary, waiting: 2, oldestWaitingMs: 30_000 }]);

  const { text } = await ask('/metrics');

  expect(text).toContain('loghorn_sink_deliveries{sink="smtp",state="waiting"} 2\n');
  expect(text).toContain('loghorn_sink_deliveries{sink="smtp",state="sent"} 7\n');
  expect(text).toContain('loghorn_sink_deliveries{sink="smtp",state="given-up"} 1\n');
  expect(text).toContain('loghorn_sink_oldest_waiting_seconds{sink="smtp"} 60\n');
});

test('lag is what the topic has and the store does not; a broker that fails costs only the lag', async () => {
  health = await serveHealth(0, createTestClock(0), new AbortController().signal);
  let isDown = false;
  const offsets = async () => {
    if (isDown) throw new Error('no broker');
    return new Map([0, 1, 2].map((partition) => [partition, { lowOffset: 5, highOffset: 100 }] as const));
  };
  health.watchGroup('loghorn-"shop"', { topic: 'logs', offsets });
  const { observer } = health;
  observer.onAssigned([0, 1]);
  observer.onTakeOver('kafka:logs/0', { position: { offset: 90 }, counts: undefined, sources: [] });
  observer.onTakeOver('kafka:logs/1', { position: undefined, counts: undefined, sources: [] });

  const { text } = await ask('/metrics');
  isDown = true;
  const without = (await ask('/metrics')).text;

  expect(text.match(/^kafka_consumergroup_lag.*$/gm)).toEqual([
    'kafka_consumergroup_lag{group="loghorn-\\"shop\\"",topic="logs",partition="0"} 10',
    'kafka_consumergroup_lag{group="loghorn-\\"shop\\"",topic="logs",partition="1"} 95',
  ]);
  expect(without).not.toContain('kafka_consumergroup_lag');
  expect(without).toContain('loghorn_streams_owned 2\n');
});

test('anything else is refused, and a taken port is said', async () => {
  health = await serveHealth(0, createTestClock(0), new AbortController().signal);

  expect((await ask('/')).status).toBe(404);
  const post = await fetch(`http://127.0.0.1:${health.port}/metrics`, { method: 'POST' });
  expect(post.status).toBe(405);
  await expect(serveHealth(health.port, createTestClock(0), new AbortController().signal)).rejects.toThrow(
    /health port \d+ is taken: choose another with --health-port/,
  );
});
