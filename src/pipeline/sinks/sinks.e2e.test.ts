// Alerts of the built consumer to webhooks that come and go, while it is killed: which events arrive, and how often.
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createRandom } from '../../core/random.js';
import { startCli } from '../adapters/kafka-source.testkit.js';
import { type HttpPeer, startHttpPeer } from './http-peer.testkit.js';
import { createSinksLog, isAllSent, type SinksLog, until } from './sinks-log.testkit.js';

const KILLS = 6;
const ANSWER_AFTER_MS = 15;

let log: SinksLog;
/** That the log gives; the first test counts them. */
let events = 0;

beforeAll(() => {
  log = createSinksLog(40_000);
});
afterAll(() => log.remove());

function writeSinks(name: string, sinks: Readonly<Record<string, URL>>): string {
  const each = Object.entries(sinks).map(([sink, url]) => ({
    type: 'webhook',
    name: sink,
    url: url.href,
    timeout: '1s',
  }));
  return log.writeSinks(name, { notifyHistory: true, sinks: each });
}

const slowAnswer: Parameters<typeof startHttpPeer>[0] = (response) =>
  void setTimeout(() => response.end('ok'), ANSWER_AFTER_MS);

const idsOf = (peers: readonly HttpPeer[]): string[] =>
  peers.flatMap(({ requests }) => requests.map(({ headers }) => headers['idempotency-key'] as string));

test('killed again and again, with the sink up and down: each event arrives, in order, under one id', async () => {
  const random = createRandom('kills of a consumer with sinks');
  let peer = await startHttpPeer(slowAnswer);
  const { url } = peer;
  const gone = new URL('http://127.0.0.1:9/');
  const sinks = writeSinks('sinks.json', { pager: url, gone });
  const peers = [peer];
  const words = [...log.wordsOf('kills.db', sinks), '--follow'];
  for (let kill = 0; kill < KILLS; kill++) {
    const isUp = kill % 2 === 0;
    if (!isUp) await peer.close();
    const consumer = startCli(...words);
    const wantedCount = peer.requests.length + 1 + random.below(12);
    await (isUp
      ? until('another request', () => peer.requests.length >= wantedCount)
      : until('an outage', () => consumer.stderr().includes('sink pager takes no alerts')));
    if (!isUp) await sleep(random.below(300));
    consumer.child.kill('SIGKILL');
    await consumer.ended;
    if (isUp) continue;
    peer = await startHttpPeer(slowAnswer, Number(url.port));
    peers.push(peer);
  }

  const last = startCli(...words);
  await until('the rest', async () => isAllSent(await log.deliveriesTo('pager', 'kills.db')));
  last.child.kill('SIGTERM');
  await last.ended;
  await peer.close();

  const wanted = await log.deliveriesTo('pager', 'kills.db');
  const got = idsOf(peers);
  const first = [...new Set(got)];
  events = wanted.length;
  expect(wanted.length).toBeGreaterThan(50);
  expect(first.sort()).toEqual(wanted.map(({ eventId }) => eventId).sort());
  expect(got.length - first.length).toBeLessThanOrEqual(KILLS);
  const alerts = new Map<string, string[]>();
  for (const id of new Set(got)) {
    const alertId = id.replace(/-\d+-\d+$/, '');
    alerts.set(alertId, [...(alerts.get(alertId) ?? []), id]);
  }
  for (const ids of alerts.values())
    expect(ids).toEqual(wanted.map(({ eventId }) => eventId).filter((id) => ids.includes(id)));
  const undeliverable = await log.deliveriesTo('gone', 'kills.db');
  expect(undeliverable.length).toBe(wanted.length);
  expect(undeliverable.every(({ state }) => state === 'waiting')).toBe(true);
});

test('a sink that hangs for good delays neither another one nor the end of the consumer by much', async () => {
  const timed = async (store: string, more: Readonly<Record<string, URL>>) => {
    const peer = await startHttpPeer();
    const sinks = writeSinks(`${store}.json`, { pager: peer.url, ...more });
    const consumer = startCli(...log.wordsOf(store, sinks), '--follow');
    await until('all of it', async () => {
      const all = await log.deliveriesTo('pager', store);
      return all.length >= events && isAllSent(all);
    });
    const stopMs = performance.now();
    consumer.child.kill('SIGTERM');
    await consumer.ended;
    await peer.close();
    const all = await log.deliveriesTo('pager', store);
    return {
      endedWithinMs: performance.now() - stopMs,
      worstMs: Math.max(...all.map(({ sentTimeMs, commitTimeMs }) => sentTimeMs! - commitTimeMs)),
    };
  };
  const hanging = await startHttpPeer(() => {});

  const alone = await timed('alone.db', {});
  const beside = await timed('beside.db', { stuck: hanging.url });
  await hanging.close();

  // waiting for the other's time-outs and pauses would take minutes
  expect(beside.worstMs).toBeLessThan(4 * alone.worstMs + 5000);
  expect(beside.endedWithinMs).toBeLessThan(4 * alone.endedWithinMs + 5000 + 5000);
});

test('sinks test tells who took a notice, and fails when one did not', async () => {
  const peer = await startHttpPeer();
  const good = writeSinks('good.json', { pager: peer.url });
  const bad = writeSinks('bad.json', { pager: peer.url, gone: new URL('http://127.0.0.1:9/S3CRET') });

  const passed = await startCli('sinks', 'test', '--sinks', good).ended;
  const failed = await startCli('sinks', 'test', '--sinks', bad, '--json').ended;
  await peer.close();

  expect([passed.code, passed.stdout]).toEqual([0, expect.stringMatching(/^pager: taken in \d+ ms\n$/)]);
  expect(failed.code).toBe(1);
  expect(
    failed.stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as unknown),
  ).toMatchObject([
    { sink: 'pager', isTaken: true },
    { sink: 'gone', isTaken: false, error: expect.stringMatching(/^127\.0\.0\.1:9: /) },
  ]);
  expect(failed.stdout + failed.stderr).not.toContain('S3CRET');
  expect(JSON.parse(peer.requests[0]!.body)).toMatchObject({ source: 'loghorn-test', type: 'opened' });
});
