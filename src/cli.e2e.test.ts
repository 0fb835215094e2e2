// The built command as a user runs it: words in, files and streams out, exit codes.
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';

const CLI = new URL('../dist/cli.js', import.meta.url).pathname;
const RECORDS = 30_000;
let folder = '';
let model = '';

interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

function loghorn(words: readonly string[], input?: string | Buffer): Ran {
  const { status, stdout, stderr } = spawnSync(process.execPath, [CLI, ...words], {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    ...(input === undefined ? {} : { input }),
  });
  return { code: status, out: stdout, err: stderr };
}

const linesOf = (text: string): string[] => text.split('\n').filter((line) => line !== '');

function filesOf(path: string): Record<string, string> {
  return Object.fromEntries(readdirSync(path).map((name) => [name, readFileSync(join(path, name), 'utf8')]));
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'loghorn-cli-'));
  loghorn(['generate', '--out', 'shop', '--records', String(RECORDS), '--span', '8h']);
  const fitted = loghorn([
    'fit',
    'shop/logs.ndjson',
    '--labels',
    'shop/labels.json',
    '--name',
    'shop',
    '--models',
    'a',
  ]);
  model = (JSON.parse(linesOf(fitted.out).at(-1)!) as { model: string }).model;
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('generate, fit, score and evaluate hand over to each other, and every line is accounted for', () => {
  const scored = loghorn(['score', 'shop/logs.ndjson', '--model', model]);
  writeFileSync(join(folder, 'scores.ndjson'), scored.out);
  const evaluated = loghorn(['evaluate', '--scores', 'scores.ndjson', '--labels', 'shop/labels.json']);

  const rows = linesOf(scored.out).map((line) => JSON.parse(line) as { records: number; score: number });
  expect(rows.reduce((sum, { records }) => sum + records, 0)).toBe(RECORDS);
  expect(rows.every(({ score }) => score >= 0 && score <= 1)).toBe(true);
  expect(scored.err).toContain('30,000 lines read: 30,000 scored, 0 late, 0 set aside');
  const { windows, baselines } = JSON.parse(evaluated.out) as {
    windows: { rocAuc: number };
    baselines: Record<string, unknown>;
  };
  expect(windows.rocAuc).toBeGreaterThan(0.55);
  expect(Object.keys(baselines)).toEqual(['null', 'random', 'alwaysOn']);
});

test('the same data and seed give the same artifact and the same scores, byte for byte', () => {
  const again = loghorn([
    'fit',
    'shop/logs.ndjson',
    '--labels',
    'shop/labels.json',
    '--name',
    'shop',
    '--models',
    'b',
  ]);
  const folderOfAgain = (JSON.parse(linesOf(again.out).at(-1)!) as { model: string }).model;

  expect(filesOf(join(folder, folderOfAgain))).toEqual(filesOf(join(folder, model)));
  expect(loghorn(['score', 'shop/logs.ndjson', '--model', folderOfAgain]).out).toBe(
    loghorn(['score', 'shop/logs.ndjson', '--model', model]).out,
  );
});

test('a changed byte in any file of the artifact stops score, and the sentence names the file', () => {
  for (const [name, text] of Object.entries(filesOf(join(folder, model)))) {
    const path = join(folder, model, name);
    const at = Math.floor(text.length / 2);
    writeFileSync(path, text.slice(0, at) + (text[at] === '1' ? '2' : '1') + text.slice(at + 1));
    const { code, out, err } = loghorn(['score', 'shop/logs.ndjson', '--model', model]);
    writeFileSync(path, text);

    expect({ name, code, out }).toEqual({ name, code: 1, out: '' });
    expect(err).toContain(name);
  }
});

test('features are named, and each file by itself when asked', () => {
  const two = loghorn([
    'score',
    'shop/logs.ndjson',
    'shop/logs.ndjson',
    '--model',
    model,
    '--features',
    '--per-file',
  ]);

  const row = JSON.parse(linesOf(two.out)[0]!) as { file: string; features: Record<string, number> };
  expect(row.file).toBe('shop/logs.ndjson');
  expect(Object.keys(row.features)).toContain('error_rate_p95_5m');
  expect(Object.values(row.features).every(Number.isFinite)).toBe(true);
});

test('report: one page and its data, about the windows behind what was fitted', () => {
  const fitted = loghorn(['fit', 'shop/logs.ndjson', '--until', '50%', '--name', 'half', '--models', 'c']);
  const half = (JSON.parse(linesOf(fitted.out).at(-1)!) as { model: string }).model;
  const words = ['--model', half, '--input', 'shop/logs.ndjson', '--labels', 'shop/labels.json'];

  const reported = loghorn(['report', ...words, '--out', 'errors.html']);

  expect(reported.code).toBe(0);
  expect(readFileSync(join(folder, 'errors.html'), 'utf8')).toMatch(/^<!doctype html>[^]*<\/html>\s*$/i);
  expect(JSON.parse(readFileSync(join(folder, 'errors.json'), 'utf8'))).toBeTypeOf('object');
  expect((JSON.parse(reported.out) as { report: string }).report).toBe('errors.html');
});

test('templates: one line a record, from standard input and from gzip alike', () => {
  const text = 'user 17 logged in\nuser 4711 logged in\nshutting down\n';
  writeFileSync(join(folder, 'm.log.gz'), gzipSync(text));

  const piped = loghorn(['templates', '-', '--format', 'message'], text);
  const zipped = loghorn(['templates', 'm.log.gz', '--format', 'message']);

  expect(piped.out).toBe(zipped.out);
  const rows = linesOf(piped.out).map(
    (line) => JSON.parse(line) as { line: number; templateId: string; template: string },
  );
  expect(rows.map(({ line }) => line)).toEqual([1, 2, 3]);
  expect(rows[0]!.templateId).toBe(rows[1]!.templateId);
  expect(rows[0]!.template).toBe('user <*> logged in');
});

test('score --out stopped by Ctrl-C goes on where it was, and ends with the same bytes', async () => {
  const whole = loghorn(['score', 'shop/logs.ndjson', '--model', model]).out;
  const words = ['score', 'shop/logs.ndjson', '--model', model, '--out', 'stopped.ndjson'];
  let stops = 0;
  for (let patienceMs = 300; stops < 4; patienceMs += 250) {
    const child = spawn(process.execPath, [CLI, ...words], { cwd: folder, stdio: 'ignore' });
    const timer = setTimeout(() => child.kill('SIGINT'), patienceMs);
    const code = await new Promise<number | null>((resolve) => child.on('exit', resolve));
    clearTimeout(timer);
    if (code === 0) break;
    stops++;
  }
  loghorn(words);

  expect(readFileSync(join(folder, 'stopped.ndjson'), 'utf8')).toBe(whole);
});

test.each([
  [['nonsense'], 2],
  [['score'], 2],
  [['fit', 'x.log', '--name', 'n', '--budget', 'often'], 2],
  [['fit', 'x.log', '--name', '../up'], 2],
  [['score', 'missing.log', '--model', 'a'], 1],
  [['--help'], 0],
  [['fit', '--help'], 0],
] as const)('%j ends with exit code %i and says why', (words, wanted) => {
  const { code, out, err } = loghorn(words);

  expect(code).toBe(wanted);
  // help goes to standard output; whatever went wrong leaves that to machines
  expect([out !== '', err !== '']).toEqual(wanted === 0 ? [true, false] : [false, true]);
});

test('help says what an option is by default, also where that is no value', () => {
  const help = loghorn(['report', '--help']).out.replaceAll(/\s+/g, ' ');

  expect(help).toContain('(default: errors-NAME-VERSION.html in reports/)');
  expect(help).toContain('(default: 12)');
});

test('an empty file, a folder without logs and a binary file are each refused in a sentence', () => {
  writeFileSync(join(folder, 'empty.log'), '');
  writeFileSync(join(folder, 'binary.log'), Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 0, 0, 1, 0, 0, 2, 0]));

  expect(loghorn(['fit', 'empty.log', '--name', 'n']).err).toContain('the input is empty');
  expect(loghorn(['fit', model, '--name', 'n', '--format', 'json']).code).toBe(1);
  expect(loghorn(['fit', 'binary.log', '--name', 'n']).err).toContain('binary');
});
