// The log of the pictures' shop: what the generator writes for a day of which a strong cascade comes now, two troubles that began
// before it and last, and the canary beside it; and the models that learned from its healthy half.
import { execFile } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Artifact } from '../../core/artifact.js';
import { canaryAnomalies } from '../../core/canary/canary-plan.js';
import { canaryRecords } from '../../core/canary/canary-trouble.js';
import { loadArtifact } from '../../core/load-artifact.js';
import { createRandom } from '../../core/random.js';
import type { LogRecord, Read } from '../../core/record.js';
import { createFileSource } from '../adapters/file-source.js';
import type { Injected } from '../alerts/judge-alerts.js';
import { labelOf } from '../canary/canary-outcome.js';
import { createWallClock } from '../clock.js';
import type { StoredLabel } from './reader.js';

const CLI = join(import.meta.dirname, '../../../dist/cli.js');
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
export const SPAN_MS = 16 * HOUR_MS;
const RECORDS = 160_000;
/** How far the cascade has come. */
export const INTO_CASCADE_MS = 4 * MINUTE_MS;
/** The log goes on for as long as pictures may take. */
const AFTER_MS = 20 * MINUTE_MS;
/** The cascade is one of this last stretch of the generated day. */
const LATE_MS = 6 * HOUR_MS;

/** Troubles of one service each, still going on: known by the line that comes again and again. */
export const LASTING = [
  {
    source: 'catalog',
    sinceMs: 14 * MINUTE_MS,
    everyMs: 5000,
    words: (n: number) => `price feed refused batch ${n}: 503 upstream maintenance`,
  },
  {
    source: 'auth',
    sinceMs: 26 * MINUTE_MS,
    everyMs: 6000,
    words: (n: number) => `session replica cannot catch up, ${4000 + n * 37} entries behind`,
  },
] as const;

export interface ShopLogs {
  readonly file: string;
  /** Whatever began before now, of the canary as well. */
  readonly labels: readonly StoredLabel[];
  /** Where the cascade began that goes on. */
  readonly rootService: string;
}

export async function makeShopLogs(folder: string, nowMs: number): Promise<ShopLogs> {
  // the same seed gives the same day: once to see when its strongest late cascade comes, once to have it now
  const first = await generate(folder, nowMs - SPAN_MS);
  const [cascade] = first
    .filter(({ kind, onsetMs }) => kind === 'cascade' && onsetMs > nowMs - LATE_MS)
    .sort((a, b) => b.strength - a.strength);
  const injected = await generate(folder, nowMs - SPAN_MS + (nowMs - INTO_CASCADE_MS - cascade!.onsetMs));
  const file = join(folder, 'logs.ndjson');
  keepBefore(file, nowMs + AFTER_MS);
  const labels = [
    ...injected.map((label) => ({ ...label, isCanary: false })),
    ...LASTING.map((each) => lastingLabel(each, nowMs)),
    ...canaryAnomalies(HOUR_MS, nowMs - SPAN_MS, nowMs).map(labelOf),
  ];
  return {
    file,
    labels: labels.filter(({ onsetMs }) => onsetMs < nowMs),
    rootService: cascade!.rootService,
  };
}

export async function fitShop(file: string, models: string, until: string): Promise<Artifact> {
  const words = ['--until', until, '--name', 'shop', '--models', models, '--budget', '2/day', '--canary'];
  const answer = await runCommand(['fit', file, ...words]);
  const folder = answer['model'] as string;
  return loadArtifact((name) =>
    existsSync(join(folder, name)) ? readFileSync(join(folder, name)) : undefined,
  );
}

/** Of the file, of the lasting troubles and of the canary, by their times. */
export async function readShop(file: string, artifact: Artifact, nowMs: number): Promise<readonly Read[]> {
  const source = createFileSource(
    {
      path: file,
      input: artifact.input,
      defaultSource: 'shop',
      referenceYear: new Date(nowMs).getUTCFullYear(),
      onWarning: () => undefined,
    },
    createWallClock(),
  );
  const reads: Read[] = [];
  for await (const batch of source.batches(undefined, new AbortController().signal))
    reads.push(...batch.reads);
  const added = [
    ...LASTING.flatMap((each) => lastingRecords(each, nowMs)),
    ...canaryRecords(HOUR_MS, nowMs - SPAN_MS, nowMs + AFTER_MS),
  ];
  reads.push(...added.map((record): Read => ({ ok: true, record, line: 1, lines: 1 })));
  return reads.filter((read) => read.ok).sort((a, b) => a.record.eventTimeMs - b.record.eventTimeMs);
}

/** @returns its last line, where that is JSON */
export async function runCommand(words: readonly string[]): Promise<Record<string, unknown>> {
  const { stdout } = await promisify(execFile)(process.execPath, [CLI, ...words], { maxBuffer: 2 ** 26 });
  const last = stdout.trimEnd().split('\n').at(-1) ?? '';
  return last.startsWith('{') ? (JSON.parse(last) as Record<string, unknown>) : {};
}

async function generate(out: string, startMs: number): Promise<readonly Injected[]> {
  const start = new Date(Math.floor(startMs / 1000) * 1000).toISOString();
  const amount = ['--records', String(RECORDS), '--span', `${SPAN_MS / HOUR_MS}h`, '--start', start];
  const troubles = ['--clean', '0.5', '--anomalies-per-hour', '2'];
  const kinds = ['--kinds', 'cascade,error-spike,new-exception'];
  await runCommand(['generate', '--out', out, ...amount, '--seed', 'pictures', ...troubles, ...kinds]);
  const told = JSON.parse(readFileSync(join(out, 'labels.json'), 'utf8')) as {
    readonly labels: readonly Injected[];
  };
  return told.labels;
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

function lastingRecords(
  { source, sinceMs, everyMs, words }: (typeof LASTING)[number],
  nowMs: number,
): readonly LogRecord[] {
  const random = createRandom(source);
  return Array.from({ length: Math.floor((sinceMs + AFTER_MS) / everyMs) }, (_, index) => ({
    eventTimeMs: Math.floor(nowMs - sinceMs + (index + random.next()) * everyMs),
    source,
    severity: 17,
    body: words(index),
  }));
}

function lastingLabel({ source, sinceMs }: (typeof LASTING)[number], nowMs: number): StoredLabel {
  return {
    id: `lasting-${source}`,
    kind: 'new-exception',
    startMs: nowMs - sinceMs,
    endMs: nowMs + AFTER_MS,
    onsetMs: nowMs - sinceMs,
    services: [source],
    rootService: source,
    strength: 0.7,
    isCanary: false,
  };
}
