// A day of the generated shop as its dashboard would show it while a cascade goes on: the real commands made its logs, its two
// models, its scores and its alerts; people have looked at some, and the consumer was away for a while.
import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Injected } from '../alerts/judge-alerts.js';
import type { Desk } from '../desk/desk.js';
import { openDesk } from '../store/open-desk.js';
import { openReader } from '../store/open-reader.js';
import type { DashboardReader } from './reader.js';

export interface Shop {
  /** Of its SQLite file. */
  readonly path: string;
  /** Of the alert that was told first in the cascade which goes on. */
  readonly alertId: string;
  /** The consumer says that it lives. */
  beat(): Promise<void>;
  close(): Promise<void>;
}

const CLI = join(import.meta.dirname, '../../../dist/cli.js');
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const SPAN_MS = 16 * HOUR_MS;
const RECORDS = 160_000;
/** How far the cascade has come. */
const INTO_CASCADE_MS = 4 * MINUTE_MS;
const BEATS_MS = 6 * HOUR_MS;
const AWAY_FROM_MS = 3 * HOUR_MS;
const AWAY_MS = 25 * MINUTE_MS;
const WHO = 'Ada';

export async function openShop(folder: string, nowMs: number): Promise<Shop> {
  const path = join(folder, 'shop.db');
  const store = `sqlite:${path}`;
  const logs = join(folder, 'logs');
  const file = join(logs, 'logs.ndjson');
  // the same seed gives the same day: once to see when its strongest cascade of the last hours comes, once to have it now
  const first = await generate(logs, nowMs - SPAN_MS);
  const [cascade] = first
    .filter(({ kind, onsetMs }) => kind === 'cascade' && onsetMs > nowMs - BEATS_MS)
    .sort((a, b) => b.strength - a.strength);
  const labels = await generate(logs, nowMs - SPAN_MS + (nowMs - INTO_CASCADE_MS - cascade!.onsetMs));
  keepBefore(file, nowMs);
  const models = join(folder, 'models');
  const champion = await fit(file, models, 'combined');
  const shadow = await fit(file, models, 'robust-z');
  await run(['consume', '--from', `file:${file}`, '--model', champion, '--shadow', shadow, '--store', store]);
  const deployMs = nowMs - INTO_CASCADE_MS - 3 * MINUTE_MS;
  await run(['deploy', 'payment 2.14.0', '--store', store, '--at', new Date(deployMs).toISOString()]);

  const opening = {
    clock: { nowMs: () => nowMs, sleep: async () => undefined },
    create: false,
    onWarning: () => undefined,
  };
  const address = { kind: 'sqlite', path } as const;
  const reader = await openReader(address, opening);
  const desk = await openDesk(address, opening);
  const past = labels.filter(({ onsetMs }) => onsetMs < nowMs);
  await reader.addLabels(past.map((label) => ({ ...label, isCanary: false })));
  for (let agoMs = BEATS_MS; agoMs >= 0; agoMs -= MINUTE_MS)
    if (agoMs > AWAY_FROM_MS || agoMs < AWAY_FROM_MS - AWAY_MS)
      await beatAt(reader, nowMs - agoMs, nowMs, champion);
  const alertId = await lookAtAlerts(reader, desk, nowMs);
  return {
    path,
    alertId,
    beat: () => beatAt(reader, Date.now(), nowMs, champion),
    close: async () => {
      await reader.close();
      await desk.close();
    },
  };
}

async function run(words: readonly string[]): Promise<Record<string, unknown>> {
  const { stdout } = await promisify(execFile)(process.execPath, [CLI, ...words], { maxBuffer: 2 ** 26 });
  const last = stdout.trimEnd().split('\n').at(-1) ?? '';
  return last.startsWith('{') ? (JSON.parse(last) as Record<string, unknown>) : {};
}

async function generate(out: string, startMs: number): Promise<readonly Injected[]> {
  const start = new Date(Math.floor(startMs / 1000) * 1000).toISOString();
  await run([
    'generate',
    '--out',
    out,
    '--records',
    String(RECORDS),
    '--span',
    `${SPAN_MS / HOUR_MS}h`,
    '--start',
    start,
    '--seed',
    'pictures',
    '--clean',
    '0.5',
    '--anomalies-per-hour',
    '2',
    '--kinds',
    'cascade,error-spike,new-exception',
  ]);
  const told = JSON.parse(readFileSync(join(out, 'labels.json'), 'utf8')) as
    | readonly Injected[]
    | { readonly labels: readonly Injected[] };
  return 'labels' in told ? told.labels : told;
}

function keepBefore(file: string, nowMs: number): void {
  const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
  const timeOf = (line: string): number => {
    const [, text] = /(\d{4}-\d\d-\d\dT[\d:.]+Z)/.exec(line) ?? [];
    const [, epoch] = /"time":(\d{13})/.exec(line) ?? [];
    return text === undefined ? Number(epoch ?? 0) : Date.parse(text);
  };
  const end = lines.findIndex((line) => timeOf(line) > nowMs);
  writeFileSync(file, `${lines.slice(0, end < 0 ? lines.length : end).join('\n')}\n`);
}

async function fit(file: string, models: string, detector: string): Promise<string> {
  const answer = await run([
    'fit',
    file,
    '--until',
    '50%',
    '--name',
    'shop',
    '--models',
    models,
    '--detector',
    detector,
    '--budget',
    '2/day',
  ]);
  return answer['model'] as string;
}

async function beatAt(reader: DashboardReader, atMs: number, endMs: number, model: string): Promise<void> {
  const startedMs = endMs - BEATS_MS - HOUR_MS;
  const seconds = (atMs - startedMs) / 1000;
  // as traffic is: more at one time than at another
  const read = Math.round(seconds * 800 + 900_000 * Math.sin(seconds / 3000));
  const wave = 1 + 0.4 * Math.sin(seconds / 700);
  const stage = (p50: number): { p50: number; p95: number; p99: number; count: number } => ({
    p50: p50 * wave,
    p95: p50 * 2.4 * wave,
    p99: p50 * 5.1 * wave,
    count: 900,
  });
  const [name, version] = model.split('/').slice(-2) as [string, string];
  const sources = await reader.sources({ name, version });
  await reader.beat({
    consumerId: '5e1f0c9a77b2',
    atMs,
    startedMs,
    state: 'running',
    streams: ['kafka://broker-1:9092/shop-logs'],
    artifact: { name, version },
    read,
    scored: read - 31,
    late: Math.round(seconds / 900),
    setAside: 31,
    lag: Math.round(40 * wave),
    watermarkMs: atMs - 34_000 - Math.round(6000 * wave),
    residentBytes: 212 * 2 ** 20,
    stages: { eventToRead: stage(6), readToScored: stage(1.4), commitToStored: stage(3.1) },
    broker: { address: 'broker-1:9092', isReachable: true },
    sources: Object.fromEntries(sources.map((source) => [source, atMs])),
  });
}

/** @returns the alert of the newest incident that was told first */
async function lookAtAlerts(reader: DashboardReader, desk: Desk, nowMs: number): Promise<string> {
  const alerts = await reader.alerts({ fromMs: nowMs - SPAN_MS, toMs: nowMs + HOUR_MS });
  const fresh = alerts.filter(({ alert }) => alert.untilMs > nowMs - INTO_CASCADE_MS);
  const older = alerts.filter((each) => !fresh.includes(each));
  const say = async (at: number, action: Parameters<Desk['note']>[0]['action']): Promise<void> => {
    const record = older[at];
    if (record)
      await desk.note({
        alertId: record.alert.alertId,
        action,
        who: WHO,
        atMs: Date.now(),
      });
  };
  await say(0, { type: 'acknowledged' });
  await say(0, { type: 'judged', verdict: 'real' });
  await say(0, { type: 'commented', text: 'the retry storm came from the new client, rolled back' });
  await say(2, { type: 'judged', verdict: 'false', text: 'a load test' });
  const silence = { reason: '', who: WHO, atMs: nowMs - HOUR_MS, cause: 'silence' as const };
  await desk.addSilence({
    ...silence,
    match: { source: 'search' },
    fromMs: nowMs - HOUR_MS,
    untilMs: nowMs + 2 * HOUR_MS,
    reason: 'the index is rebuilt',
  });
  await desk.addSilence({
    ...silence,
    cause: 'maintenance',
    match: { source: 'inventory' },
    fromMs: nowMs + 8 * HOUR_MS,
    untilMs: nowMs + 10 * HOUR_MS,
    reason: 'database upgrade',
    who: 'Grace',
  });
  const told = [...fresh].sort((a, b) => a.alert.sinceMs - b.alert.sinceMs);
  return (told[0] ?? alerts[0]!).alert.alertId;
}
