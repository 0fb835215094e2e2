// A topic of two partitions that two consumers share is given another artifact while one of them is killed: each partition
// switches at a window of its own, and all windows are those of the offline `score` of whichever artifact they are of.
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTestTopics, runCli, startCli, type TestTopics } from '../adapters/kafka-source.testkit.js';
import { createSqliteStore } from '../adapters/sqlite-store.js';
import { kafkaOrSkip, sharedTestKafka } from '../kafka-broker/kafka.testkit.js';
import type { PromotionHistory } from './promote.js';

const FITTED = 14_000;
const PARTS = 10;
const canRun = await kafkaOrSkip();

describe.runIf(canRun)('promote on Kafka', () => {
  let folder = '';
  let address = '';
  let topics: TestTopics;
  let lines: string[] = [];
  const at = (name: string): string => join(folder, name);
  const fit = (name: string, ...more: string[]): string => {
    runCli('fit', at('clean.ndjson'), '--name', name, '--models', at('models'), ...more);
    return join(at('models'), name, readdirSync(join(at('models'), name))[0]!);
  };

  beforeAll(async () => {
    address = await sharedTestKafka();
    topics = await openTestTopics(address);
    folder = mkdtempSync(join(tmpdir(), 'loghorn-promote-topic-'));
    const counts = ['--records', '30000', '--span', '6h', '--anomalies-per-hour', '6', '--clean', '0.5'];
    runCli('generate', '--out', folder, ...counts);
    lines = readFileSync(at('logs.ndjson'), 'utf8').trimEnd().split('\n');
    writeFileSync(at('clean.ndjson'), `${lines.slice(0, FITTED).join('\n')}\n`);
  });
  afterAll(async () => {
    await topics.close();
    rmSync(folder, { recursive: true, force: true });
  });

  test('every partition switches once, and each window is of one artifact, whoever is killed', async () => {
    const topic = `promote-${process.pid}`;
    const first = fit('first', '--budget', '20/day');
    const second = fit('second', '--budget', '40/day', '--rolling', '2m', '--hold', '1m');
    const store = `sqlite:${at('topic.db')}`;
    const from = ['--from', `kafka://${address}/${topic}`, '--store', store];
    const words = ['consume', ...from, '--model', first, '--group', topic, '--session-timeout', '6s'];
    const rest = lines.slice(FITTED);
    const size = Math.ceil(rest.length / PARTS);
    await topics.create(topic, 2);
    const opened = createSqliteStore(at('topic.db'));

    /** Until rows of some source of the part are stored, of whichever artifact. */
    const scored = async (part: number): Promise<void> => {
      const line = rest[part * size + (size >> 2)]!;
      const fromMs = Date.parse((JSON.parse(line) as { readonly ts: string }).ts);
      for (;;) {
        for (const { artifact } of await opened.lanes())
          if ((await opened.windows({ artifact, fromMs, limit: 1 })).length > 0) return;
        await sleep(100);
      }
    };

    const consumers = [startCli(...words), startCli(...words)];
    for (let part = 0; part < PARTS; part++) {
      const messages = rest.slice(part * size, (part + 1) * size).map((value) => ({
        key: (JSON.parse(value) as { service: string }).service,
        value,
      }));
      await topics.send(topic, messages);
      await scored(part);
      if (part === 2) runCli('promote', second, ...from);
      if (part === 3) consumers[0]!.child.kill('SIGKILL');
      if (part === 6) consumers[0] = startCli(...words);
    }
    for (const { child } of consumers) child.kill('SIGTERM');
    await Promise.all(consumers.map(({ ended }) => ended));
    await readToTheEnd(words);

    const [history] = runCli('promote', '--list', '--store', store)
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as PromotionHistory);
    expect(history!.switches.map(({ streamId }) => streamId)).toEqual([
      `kafka:${topic}/0`,
      `kafka:${topic}/1`,
    ]);
    writeFileSync(at('rest.ndjson'), `${rest.join('\n')}\n`);
    for (const { streamId, atMs, effectTimeMs } of history!.switches) {
      expect(effectTimeMs).not.toBeNull();
      for (const [model, isWanted] of [
        [first, (startMs: number) => startMs < atMs!],
        [second, (startMs: number) => startMs >= atMs!],
      ] as const) {
        const [version, name] = model.split('/').reverse() as [string, string];
        const rows = await opened.windows({ artifact: { name, version }, streamId });
        const sources = new Set(rows.map(({ source }) => source));
        const stored = rows
          .filter(({ startMs }) => isWanted(startMs))
          .map(({ source, startMs, records, score, alert }) => ({ source, startMs, records, score, alert }));
        const wanted = runCli('score', at('rest.ndjson'), '--model', model)
          .trimEnd()
          .split('\n')
          .map((line) => JSON.parse(line) as (typeof stored)[0])
          .filter(({ source, startMs }) => sources.has(source) && isWanted(startMs))
          .map(({ source, startMs, records, score, alert }) => ({ source, startMs, records, score, alert }))
          .sort((a, b) => (a.source < b.source ? -1 : a.source > b.source ? 1 : a.startMs - b.startMs));
        expect(wanted.length).toBeGreaterThan(20);
        expect(stored).toEqual(wanted);
      }
    }
    await opened.close();
  });
});

/** Killed consumers stay in the group until their session is over, and who reads to the end must be alone in it. */
async function readToTheEnd(words: readonly string[]): Promise<void> {
  for (;;) {
    const { code, stderr } = await startCli(...words, '--until-end').ended;
    if (code === 0) return;
    if (!stderr.includes('must be alone in its group')) throw new Error(stderr);
    await sleep(500);
  }
}
