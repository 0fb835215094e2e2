import { once } from 'node:events';
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createRandom } from '../../core/random.js';
import { createSqliteStore } from '../adapters/sqlite-store.js';
import type { StoredWindow } from '../ports.js';
import type { ArtifactKey } from '../stream-key.js';
import { DAY_MS, HOUR_MS } from './sweep.testkit.js';

const CLI = join(import.meta.dirname, '../../../dist/cli.js');
const RECORDS = 100_000;
const FITTED = 33_000;
const KILLS = 2;
let folder = '';
let modelFolder = '';
let artifact: ArtifactKey;

function run(...words: string[]): string {
  const stdio: ['ignore', 'pipe', 'pipe'] = ['ignore', 'pipe', 'pipe'];
  return execFileSync(process.execPath, [CLI, ...words], { encoding: 'utf8', stdio });
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'loghorn-keep-'));
  const shape = ['--records', String(RECORDS), '--span', '60h', '--anomalies-per-hour', '1'];
  run('generate', '--out', folder, ...shape, '--clean', String(FITTED / RECORDS));
  const lines = readFileSync(join(folder, 'logs.ndjson'), 'utf8').trimEnd().split('\n');
  writeFileSync(join(folder, 'clean.ndjson'), `${lines.slice(0, FITTED).join('\n')}\n`);
  run(
    'fit',
    join(folder, 'clean.ndjson'),
    '--name',
    'keep',
    '--models',
    join(folder, 'models'),
    '--window',
    '60s',
  );
  const models = join(folder, 'models', 'keep');
  artifact = { name: 'keep', version: readdirSync(models)[0]! };
  modelFolder = join(models, artifact.version);
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const wordsFor = (store: string, ...more: string[]): string[] => {
  const from = `file:${join(folder, 'logs.ndjson')}`;
  return ['consume', '--from', from, '--model', modelFolder, '--store', `sqlite:${store}`, ...more];
};

async function look(path: string) {
  const store = createSqliteStore(path);
  const rows = (await store.windows({ artifact })).map((row): StoredWindow => ({
    ...row,
    eligibleTimeMs: 0,
    scoredTimeMs: 0,
  }));
  const found = { rows, alerts: await store.alerts({ artifact }), retained: await store.retained(artifact) };
  await store.close();
  return found;
}

async function windowsDeleted(path: string): Promise<number> {
  const store = createSqliteStore(path);
  const retained = await store.retained(artifact);
  await store.close();
  return retained?.pruned.windows ?? 0;
}

async function windowsBefore(path: string, toMs: number): Promise<number> {
  const store = createSqliteStore(path);
  const rows = await store.windows({ artifact, toMs });
  await store.close();
  return rows.length;
}

test('killed in the middle of deleting, again and again: what is younger is as a run that keeps everything has it', async () => {
  const [whole, kept] = [join(folder, 'whole.db'), join(folder, 'kept.db')];
  run(...wordsFor(whole));
  const random = createRandom('kills while deleting');
  const follow = wordsFor(kept, '--follow', '--keep', '1d', '--json');

  for (let kill = 0; kill < KILLS; kill++) {
    const child = spawn(process.execPath, [CLI, ...follow], { stdio: 'ignore' });
    const exited = once(child, 'exit');
    const before = kill === 0 ? 0 : await windowsDeleted(kept);
    for (let n = 0; n < 600; n++) {
      await sleep(20 + random.below(200));
      const now = await windowsDeleted(kept).catch(() => 0);
      if (now > before + 500) break;
    }
    child.kill('SIGKILL');
    await exited;
    expect(await windowsDeleted(kept)).toBeGreaterThan(before);
  }
  const wanted = await look(whole);
  const atMostMs = Math.max(...wanted.rows.map(({ startMs }) => startMs)) - DAY_MS;
  const inTime = Date.now() + 120_000;
  const last = spawn(process.execPath, [CLI, ...follow], { stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  last.stderr.on('data', (chunk) => (said += String(chunk)));
  while ((await windowsBefore(kept, atMostMs - HOUR_MS)) > 0 && Date.now() < inTime) await sleep(500);
  const ended = once(last, 'exit');
  last.kill('SIGTERM');
  await ended;
  run(...wordsFor(kept));

  const found = await look(kept);
  const { beforeMs } = found.retained!;
  expect(found.rows).toEqual(wanted.rows.filter(({ startMs }) => startMs >= beforeMs));
  expect(found.rows.length).toBeLessThan(wanted.rows.length / 2);
  expect(found.alerts).toEqual(wanted.alerts);
  expect(said).toMatch(
    /deleted what is older than 1d: windows [\d,]+.*; windows are complete from \d{4}-\d\d-\d\d \d\d:00Z on/,
  );
}, 300_000);
