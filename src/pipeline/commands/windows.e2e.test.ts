import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { requireOrSkip } from '../../require.testkit.js';
import {
  HOW_TO_ENABLE_POSTGRES,
  isPostgresThere,
  startTestPostgres,
  type TestPostgres,
} from '../adapters/postgres.testkit.js';

const CLI = join(import.meta.dirname, '../../../dist/cli.js');
const folder = mkdtempSync(join(tmpdir(), 'loghorn-windows-'));
const log = join(folder, 'logs.ndjson');
const models = join(folder, 'models');
let model = '';
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const run = (...words: string[]): string =>
  execFileSync(process.execPath, [CLI, ...words], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    maxBuffer: 1 << 28,
  });

beforeAll(() => {
  run('generate', '--out', folder, '--records', '20000', '--span', '4h', '--anomalies-per-hour', '4');
  run('fit', log, '--name', 'e2e', '--models', models, '--budget', '9/day', '--until', '60%');
  model = join(models, 'e2e', readdirSync(join(models, 'e2e'))[0]!);
});

/** By start and source, as the store is asked; `score` prints windows as they close. */
function scored(...words: string[]): string[] {
  const lines = run('score', log, '--model', model, ...words)
    .trimEnd()
    .split('\n');
  const keyed = lines.map((line) => ({ line, row: JSON.parse(line) as { startMs: number; source: string } }));
  keyed.sort((a, b) => a.row.startMs - b.row.startMs || (a.row.source < b.row.source ? -1 : 1));
  return keyed.map(({ line }) => line);
}

/** What `windows` prints of it, beside the lines of `score` that it should print. */
function readOut(store: string): { readonly printed: string[][]; readonly wanted: string[][] } {
  run('consume', '--from', `file:${log}`, '--model', model, '--store', store, '--until-end');
  const windows = (...words: string[]): string[] =>
    run('windows', '--store', store, ...words)
      .trimEnd()
      .split('\n');
  const plain = scored();
  const { startMs, source } = JSON.parse(plain[plain.length >> 1]!) as { startMs: number; source: string };
  const tenMinutes = plain.filter((line) => {
    const row = JSON.parse(line) as { startMs: number; source: string };
    return row.source === source && row.startMs >= startMs && row.startMs < startMs + 600_000;
  });
  const until = new Date(startMs + 600_000).toISOString();
  return {
    printed: [
      windows(),
      windows('--model', 'e2e', '--features', '--explain'),
      windows('--source', source, '--from', `${startMs}`, '--to', until),
      windows('--alerts'),
    ],
    wanted: [
      plain,
      scored('--features', '--explain'),
      tenMinutes,
      plain.filter((line) => line.includes('"alert":true')),
    ],
  };
}

test('what a stream stored in SQLite is, byte for byte, what an offline run prints', () => {
  const { printed, wanted } = readOut(`sqlite:${join(folder, 'results.db')}`);

  expect(printed).toEqual(wanted);
  expect(wanted.map((lines) => lines.length > 5)).toEqual([true, true, true, true]);
});

test('a store that is not there is said, and not made', () => {
  const path = join(folder, 'missing.db');
  const missing = spawnSync(process.execPath, [CLI, 'windows', '--store', `sqlite:${path}`], {
    encoding: 'utf8',
  });
  expect(missing.stderr).toBe(
    `loghorn: there is no store at ${path}: name the one that 'loghorn consume' wrote to\n`,
  );
  expect(missing.status).toBe(1);
  expect(readdirSync(folder)).not.toContain('missing.db');
});

test('a password in a wrong address is not repeated', () => {
  for (const store of [
    'postgres://me:S3CRET@host:port/db',
    'pg://me:S3CRET@host/db',
    'postgres://me:S3CRET@host',
  ]) {
    const { stdout, stderr, status } = spawnSync(process.execPath, [CLI, 'windows', '--store', store], {
      encoding: 'utf8',
    });
    expect(stdout + stderr).not.toContain('S3CRET');
    expect(stderr).toContain('me:***@host');
    expect(status).not.toBe(0);
  }
});

describe.runIf(requireOrSkip('postgres', isPostgresThere(), HOW_TO_ENABLE_POSTGRES))('postgres', () => {
  let postgres: TestPostgres;
  beforeAll(async () => {
    postgres = await startTestPostgres();
  });
  afterAll(async () => {
    await postgres.stop();
  });

  test('what a stream stored in PostgreSQL is, byte for byte, what an offline run prints', async () => {
    const { printed, wanted } = readOut(await postgres.freshDatabase());

    expect(printed).toEqual(wanted);
  });
});
