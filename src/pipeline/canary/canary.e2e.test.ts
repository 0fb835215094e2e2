// The canary end to end, as built, by a clock that the test moves: a model that cannot see it is told of to a webhook, one
// that is promoted in its place ends that alert, and what the dashboard says of both is what happened.
import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { canaryLine } from '../../core/canary/canary-line.js';
import { type CanaryAnomaly, canaryAnomalies, LEAST_CANARY_EVERY_MS } from '../../core/canary/canary-plan.js';
import { CANARY_SOURCE, DETECTION_SOURCE } from '../../core/canary/canary-source.js';
import { canaryRecords } from '../../core/canary/canary-trouble.js';
import { type RunningCli, runCli, startCli } from '../adapters/kafka-source.testkit.js';
import { createSqliteStore } from '../adapters/sqlite-store.js';
import type { Quality } from '../dashboard/api-reports.js';
import { findFreeRow } from '../kafka-broker/free-ports.js';
import type { ResultStore } from '../ports.js';
import { type HttpPeer, startHttpPeer } from '../sinks/http-peer.testkit.js';
import { startSteeredClock, type SteeredClock } from './steered-clock.testkit.js';

const START_MS = Date.UTC(2026, 2, 2);
const LEARNED_MS = 10 * 3_600_000;
const EVERY_MS = LEAST_CANARY_EVERY_MS;
/** In quiet times, and where something is to be told in time. */
const [LONG_STEP_MS, STEP_MS] = [150_000, 15_000];
/** Around each anomaly the clock goes in small steps: behind it until the deadline is over. */
const [BEFORE_MS, BEHIND_MS] = [60_000, 150_000];
const WITHIN_MS = 60_000;
const LOOK_EVERY_MS = 10;
/** A window's length, and what is out of order has had its time. */
const STORED_WITHIN_MS = 60_000;
const anomalies = canaryAnomalies(EVERY_MS, START_MS, START_MS + 4 * EVERY_MS);

const folder = mkdtempSync(join(tmpdir(), 'loghorn-canary-'));
const at = (name: string): string => join(folder, name);
const store = `sqlite:${at('results.db')}`;
const live = at('live.ndjson');
let clock: SteeredClock;
let peer: HttpPeer;
let consumer: RunningCli;
let dashboard: RunningCli;
let results: ResultStore;
let url = '';
let writtenMs = START_MS;
let lines: readonly { readonly ts: string; readonly text: string }[] = [];

beforeAll(async () => {
  const much = ['--records', '30000', '--span', '13h', '--clean', '1'];
  runCli('generate', '--out', folder, '--start', new Date(START_MS - LEARNED_MS).toISOString(), ...much);
  const texts = readFileSync(at('logs.ndjson'), 'utf8').trimEnd().split('\n');
  lines = texts.map((text) => ({ ts: (JSON.parse(text) as { ts: string }).ts, text }));
  writeFileSync(at('healthy.ndjson'), servicesLines(START_MS - LEARNED_MS, START_MS));
  const blind = fit('blind', '--detector', 'null');
  clock = startSteeredClock(START_MS);
  for (const [name, value] of Object.entries(clock.env)) vi.stubEnv(name, value);
  peer = await startHttpPeer();
  writeFileSync(at('sinks.json'), JSON.stringify({ sinks: [{ type: 'webhook', url: peer.url.href }] }));
  writeFileSync(live, '');
  const from = ['--from', `file:${live}`, '--follow', '--model', blind, '--store', store];
  consumer = startCli('consume', ...from, '--canary', '30m', '--sinks', at('sinks.json'));
  await stepTo(START_MS + 2 * STORED_WITHIN_MS, STEP_MS);
  const port = await findFreeRow(1);
  dashboard = startCli('dashboard', '--store', store, '--port', String(port));
  url = `http://127.0.0.1:${port}`;
});
afterAll(async () => {
  for (const each of [consumer, dashboard]) each?.child.kill('SIGKILL');
  await results?.close();
  await peer?.close();
  vi.unstubAllEnvs();
  clock?.close();
  rmSync(folder, { recursive: true, force: true });
});

test('two that a blind model misses are one alert, over with the first that the model promoted instead tells', async () => {
  for (const [index, anomaly] of anomalies.slice(0, 2).entries()) {
    await pass(anomaly);
    await until('the alert about it', () => told().length > index);
  }
  expect(told()).toEqual([`opened ${DETECTION_SOURCE} warning`, `updated ${DETECTION_SOURCE} critical`]);
  const good = fit('good');
  runCli('promote', good, '--from', `file:${live}`, '--store', store);

  for (const anomaly of anomalies.slice(2)) {
    await pass(anomaly);
    await until('word of it', () => consumer.stderr().includes(`canary: ${anomaly.kind} told`));
  }

  await until('its end', () => told().length > 2);
  expect(told().slice(2)).toEqual([expect.stringMatching(`^resolved ${DETECTION_SOURCE}`)]);
});

test('the dashboard has the same figures', async () => {
  const range = `from=${START_MS}&to=${Math.floor(clock.nowMs())}`;
  let canary: Quality['canary'] = null;
  await until('the figures', async () => {
    const response = await fetch(`${url}/api/quality?${range}`).catch(() => undefined);
    canary = response === undefined ? null : ((await response.json()) as Quality).canary;
    return canary !== null;
  });

  expect(canary!).toMatchObject({ injected: 4, caught: 2, missed: 2, undecided: 0, recall: { value: 0.5 } });
  const { timeToDetectMs, anomalies: each } = canary!;
  expect(each.map(({ kind, outcome }) => `${kind} ${outcome}`).reverse()).toEqual([
    'error-burst missed',
    'new-lines missed',
    'volume-burst caught',
    'silence caught',
  ]);
  expect(timeToDetectMs!.p50).toBeGreaterThan(1000);
  expect(timeToDetectMs!.p95).toBeLessThan(420_000);
  process.stdout.write(`canaries told after ${JSON.stringify(timeToDetectMs)} ms\n`);
});

function fit(name: string, ...more: readonly string[]): string {
  runCli('fit', at('healthy.ndjson'), '--name', name, '--models', at('models'), '--canary', ...more);
  return join(at('models'), name, readdirSync(join(at('models'), name))[0]!);
}

/** What the webhook was told of canaries so far. */
function told(): readonly string[] {
  return peer.requests
    .map(({ body }) => JSON.parse(body) as Record<'type' | 'source' | 'severity', string>)
    .filter(({ source }) => source === CANARY_SOURCE || source === DETECTION_SOURCE)
    .map(({ type, source, severity }) => `${type} ${source} ${severity}`);
}

/** To behind an anomaly and its deadline. */
async function pass({ startMs, endMs }: CanaryAnomaly): Promise<void> {
  await stepTo(startMs - BEFORE_MS, LONG_STEP_MS);
  await stepTo(endMs + BEHIND_MS, STEP_MS);
}

/** Lines come, their windows are stored, and the clock goes on to where they are. */
async function stepTo(toMs: number, stepMs: number): Promise<void> {
  while (clock.nowMs() < toMs) {
    const nowMs = Math.floor(Math.min(clock.nowMs() + stepMs, toMs));
    const canary = canaryRecords(EVERY_MS, writtenMs, nowMs).map((record) => `${canaryLine(record)}\n`);
    appendFileSync(live, servicesLines(writtenMs, nowMs) + canary.join(''));
    writtenMs = nowMs;
    await until(`the windows of ${new Date(nowMs).toISOString()}`, () =>
      isStoredTo(nowMs - STORED_WITHIN_MS),
    );
    // behind them: whatever is not read when it should have been is silence
    clock.advance(Math.max(0, nowMs - clock.nowMs()));
  }
}

async function isStoredTo(timeMs: number): Promise<boolean> {
  if (timeMs < START_MS + STORED_WITHIN_MS) return true;
  results ??= createSqliteStore(at('results.db'));
  for (const artifact of await results.artifacts())
    if ((await results.windows({ artifact, fromMs: timeMs - 30_000 })).length > 0) return true;
  return false;
}

/** Those of the services with `fromMs <= time < toMs`. */
function servicesLines(fromMs: number, toMs: number): string {
  const [from, to] = [new Date(fromMs).toISOString(), new Date(toMs).toISOString()];
  return lines
    .filter(({ ts }) => ts >= from && ts < to)
    .map(({ text }) => `${text}\n`)
    .join('');
}

async function until(what: string, isSo: () => boolean | Promise<boolean>): Promise<void> {
  const deadlineMs = performance.now() + WITHIN_MS;
  while (!(await isSo())) {
    if (performance.now() > deadlineMs)
      throw new Error(`within ${WITHIN_MS / 1000} s it did not come: ${what}\n${consumer.stderr()}`);
    await sleep(LOOK_EVERY_MS);
  }
}
