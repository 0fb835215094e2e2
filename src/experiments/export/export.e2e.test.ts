// Notebooks 05 and 06 as a user runs them with parameters of his own, and what they promise: the exported artifact is the
// one that the command writes, the stream takes it unchanged, and a log that cannot be used is refused in a sentence.
import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Notebook, readNotebook, textOf } from '../notebook/notebook-file.js';

const PROJECT = fileURLToPath(new URL('../../../', import.meta.url));
const CLI = join(PROJECT, 'dist/cli.js');
const SAMPLE = join(PROJECT, 'notebooks/sample/lending.log');
const NAME = 'e2e-export';
const TEST_MS = 600_000;
let folder = '';

interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

function loghorn(words: readonly string[]): Promise<Ran> {
  const child = spawn(process.execPath, [CLI, ...words], { cwd: PROJECT, stdio: ['ignore', 'pipe', 'pipe'] });
  let [out, err] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, out, err })));
}

/** @returns its standard output */
async function green(run: Promise<Ran>): Promise<string> {
  const { code, out, err } = await run;
  if (code !== 0) throw new Error(`exit code ${code}: ${err}`);
  return out;
}

const notebook = (name: string, ...parameters: readonly string[]): Promise<Ran> =>
  loghorn(['notebooks', name, '--out', folder, ...parameters.flatMap((each) => ['--param', each])]);

/** What its cells printed, without tables and plots. */
function printedIn({ cells }: Notebook): string {
  return cells
    .flatMap(({ outputs = [] }) => outputs)
    .flatMap((output) => (output.output_type === 'stream' ? [textOf(output.text)] : []))
    .join('');
}

const filesOf = (path: string): Record<string, string> =>
  Object.fromEntries(readdirSync(path).map((file) => [file, readFileSync(join(path, file), 'utf8')]));

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'loghorn-export-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
  const data = join(PROJECT, 'data/notebooks');
  for (const each of [`models/${NAME}`, 'models/e2e-lending', 'shop-40000-e2e', `${NAME}-rest.ndjson`])
    rmSync(join(data, each), { recursive: true, force: true });
  for (const ending of ['', '-wal', '-shm'])
    rmSync(join(data, `${NAME}-parity.db${ending}`), { force: true });
});

test(
  'the artifact of notebook 05 is byte for byte what the printed command writes, and the stream scores with it',
  async () => {
    await green(
      notebook('05', 'days=1', 'records=40000', `modelName=${NAME}`, 'alertBudget=1/day', 'seed=e2e'),
    );
    const printed = printedIn(readNotebook(join(folder, '05-export-model.ipynb')));
    const words = /^loghorn (fit .*) --models (\S+)$/m.exec(printed)!;
    const fitted = await green(loghorn([...words[1]!.split(' '), '--models', folder]));
    const { model } = JSON.parse(fitted) as { readonly model: string };
    const version = model.slice(model.lastIndexOf('/') + 1);

    expect(filesOf(join(PROJECT, words[2]!, NAME, version))).toEqual(filesOf(model));

    const rest = join(PROJECT, `data/notebooks/${NAME}-rest.ndjson`);
    const store = `sqlite:${join(folder, 'results.db')}`;
    await green(
      loghorn(['consume', '--from', `file:${rest}`, '--model', model, '--store', store, '--until-end']),
    );
    const stored = await green(loghorn(['windows', '--store', store, '--features']));
    const scored = await green(loghorn(['score', rest, '--model', model, '--features']));
    const sorted = (out: string): string[] => out.trimEnd().split('\n').sort();
    expect(sorted(stored).length).toBeGreaterThan(1000);
    expect(sorted(stored)).toEqual(sorted(scored));
  },
  TEST_MS,
);

test(
  'notebook 06 reads a packed log as it reads a plain one',
  async () => {
    const packed = join(folder, 'e2e-lending.log.gz');
    writeFileSync(packed, gzipSync(readFileSync(SAMPLE)));

    await green(notebook('06', `file=${packed}`));
    const tables = (path: string): string[] =>
      readNotebook(path).cells.flatMap(({ outputs = [] }) =>
        outputs.flatMap((output) =>
          output.output_type === 'display_data' ? [textOf(output.data['text/plain'] as string)] : [],
        ),
      );
    const committed = tables(join(PROJECT, 'notebooks/06-your-own-logs.ipynb'));
    // what follows from the name of the file aside
    const own = tables(join(folder, '06-your-own-logs.ipynb')).map((text) =>
      text.replaceAll('.log.gz', '.log').replaceAll('e2e-', ''),
    );
    const words = (texts: readonly string[]): string[] => texts.map((text) => text.replaceAll(/ +/g, ' '));
    expect(words(own)).toEqual(words(committed));
  },
  TEST_MS,
);

test.each([
  ['missing.log', undefined, /there is no file, folder or match for '.*missing\.log': check the path/],
  [
    'small.log',
    Array.from(
      { length: 200 },
      (_, n) => `2026-03-02 10:0${Math.floor(n / 40)}:${10 + (n % 40)} INFO line ${n}\n`,
    ).join(''),
    /\d windows of 60 s are too few to learn what is usual: at least 40 are needed, so give more healthy logs or a shorter window/,
  ],
  [
    'dates.log',
    Array.from({ length: 200 }, (_, n) => `31/12/2026 10:00:${10 + (n % 40)} line ${n}\n`).join(''),
    /no known format reads half of the first 200 lines: .*In the first cell, set pattern .* timeFormat/,
  ],
])(
  'notebook 06 on %s fails with a sentence that says what to do',
  async (name, content, sentence) => {
    const path = join(folder, name);
    if (content !== undefined) writeFileSync(path, content);

    const { code, err } = await notebook('06', `file=${path}`);

    expect(code).toBe(1);
    expect(err).toMatch(sentence);
  },
  TEST_MS,
);
