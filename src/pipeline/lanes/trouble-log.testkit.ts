// A healthy log with trouble that comes and goes, written as the test pleases, and a pager that it is told to.
import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCli, startCli } from '../adapters/kafka-source.testkit.js';
import { startHttpPeer } from '../sinks/http-peer.testkit.js';

const RECORDS = 24_000;
const FITTED = 10_000;
const MINUTE_MS = 60_000;
const ERROR_EVERY_MS = 3000;

/** Errors of one service; minutes since the first record that is read live. */
export interface Trouble {
  readonly source: string;
  readonly text: string;
  readonly fromMinute: number;
  readonly toMinute: number;
}

/** What came to the pager, but for when it was sent. */
export interface Told {
  readonly deliveryId: string;
  readonly alertId: string;
  readonly type: string;
  readonly source: string;
  /** Of the alert, ISO. */
  readonly since: string;
  readonly reason?: string;
}

export interface TroubleLog {
  /** Of the first record that is read live, ms. */
  readonly startMs: number;
  /** Up to where it is written, ms. */
  writtenMs(): number;
  at(name: string): string;
  /** Fits a model on the healthy part. @returns its folder */
  fit(name: string, ...more: string[]): Promise<string>;
  /** Appends what was to be written until then. */
  write(untilMs: number): void;
  isIn(trouble: Trouble, source: string, sinceMs: number): boolean;
  /** In the order it came; doubles too. */
  delivered(): readonly Told[];
  close(): Promise<void>;
}

/** The log is `live.ndjson` and empty yet; `sinks.json` names the pager. */
export async function createTroubleLog(troubles: readonly Trouble[]): Promise<TroubleLog> {
  const folder = mkdtempSync(join(tmpdir(), 'loghorn-trouble-'));
  const at = (name: string): string => join(folder, name);
  const much = ['--records', String(RECORDS), '--span', '6h', '--anomalies-per-hour', '0'];
  runCli('generate', '--out', folder, ...much);
  const healthy = readFileSync(at('logs.ndjson'), 'utf8').trimEnd().split('\n');
  writeFileSync(at('clean.ndjson'), `${healthy.slice(0, FITTED).join('\n')}\n`);
  const startMs = timeOf(healthy[FITTED]!);
  const calm = healthy.slice(FITTED).map((text) => ({ atMs: timeOf(text), text }));
  const errors = troubles.flatMap((trouble) => errorsOf(trouble, startMs));
  const lines = [...calm, ...errors].sort((a, b) => a.atMs - b.atMs);
  const pager = await startHttpPeer();
  const sink = { type: 'webhook', name: 'pager', url: pager.url.href, timeout: '5s' };
  writeFileSync(at('sinks.json'), JSON.stringify({ notifyHistory: true, sinks: [sink] }));
  writeFileSync(at('live.ndjson'), '');
  let writtenMs = -Infinity;
  return {
    startMs,
    at,
    writtenMs: () => writtenMs,
    fit: async (name, ...more) => {
      const models = at('models');
      const fitted = startCli('fit', at('clean.ndjson'), '--name', name, '--models', models, ...more);
      const { code, stderr } = await fitted.ended;
      if (code !== 0) throw new Error(stderr);
      return join(models, name, readdirSync(join(models, name))[0]!);
    },
    write: (untilMs) => {
      const due = lines.filter(({ atMs }) => atMs >= writtenMs && atMs < untilMs);
      writtenMs = untilMs;
      appendFileSync(at('live.ndjson'), `${due.map(({ text }) => text).join('\n')}\n`);
    },
    isIn: (trouble, source, sinceMs) =>
      source === trouble.source &&
      sinceMs >= startMs + (trouble.fromMinute - 1) * MINUTE_MS &&
      sinceMs < startMs + trouble.toMinute * MINUTE_MS,
    delivered: () =>
      pager.requests.map(({ headers, body }) => {
        const { sent: _, ...rest } = JSON.parse(body) as Omit<Told, 'deliveryId'> & { readonly sent: string };
        return { deliveryId: headers['idempotency-key'] as string, ...rest };
      }),
    close: async () => {
      await pager.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function timeOf(text: string): number {
  return Date.parse((JSON.parse(text) as { readonly ts: string }).ts);
}

function errorsOf(
  { source, text, fromMinute, toMinute }: Trouble,
  startMs: number,
): { readonly atMs: number; readonly text: string }[] {
  const count = ((toMinute - fromMinute) * MINUTE_MS) / ERROR_EVERY_MS;
  return Array.from({ length: count }, (_, n) => {
    const atMs = startMs + fromMinute * MINUTE_MS + n * ERROR_EVERY_MS;
    const record = { ts: new Date(atMs).toISOString(), service: source, level: 'ERROR', msg: text };
    return { atMs, text: JSON.stringify(record) };
  });
}
