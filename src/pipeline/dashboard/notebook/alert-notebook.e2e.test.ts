// An alert's notebook, as the dashboard gives it and the project runs it: the same bits, and red where a fault is planted.
import { execFileSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { createSqliteStore } from '../../adapters/sqlite-store.js';
import { createTestClock } from '../../consume/consume.testkit.js';
import { openDesk } from '../../store/open-desk.js';
import { openReader } from '../../store/open-reader.js';
import { answerAlertNotebook } from '../answers/alert-notebook.js';
import { createDashboardData } from '../answers/dashboard-data.js';

const DIST = join(import.meta.dirname, '../../../../dist');
const ALWAYS = { fromMs: 0, toMs: 2 ** 50 };
const TIMEOUT_MS = 240_000;
let folder = '';
let text = '';
let textWithoutLines = '';
let packedLines = '';
let sinceMs = 0;

function run(...words: string[]): { readonly isGood: boolean; readonly said: string } {
  try {
    const said = execFileSync(process.execPath, [join(DIST, 'cli.js'), ...words], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    return { isGood: true, said };
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
    return { isGood: false, said: `${stdout}${stderr}` };
  }
}

function fitOn(log: string, name: string): string {
  run('fit', log, '--name', name, '--models', join(folder, 'models'), '--budget', '5/day');
  const own = join(folder, 'models', name);
  return join(own, readdirSync(own)[0]!);
}

/** As a person would: the file saved into some folder of a project that is built. */
function runNotebook(name: string, notebook: string, ...words: string[]): ReturnType<typeof run> {
  const place = join(folder, name, 'notebooks');
  mkdirSync(place, { recursive: true });
  if (process.env['LOGHORN_HOME'] === undefined) symlinkSync(DIST, join(folder, name, 'dist'));
  writeFileSync(join(place, 'alert.ipynb'), notebook);
  const ran = run('notebooks', '--folder', place, '--out', join(folder, name, 'out'), ...words);
  return ran.isGood ? { ...ran, said: readFileSync(join(folder, name, 'out', 'alert.ipynb'), 'utf8') } : ran;
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'loghorn-alert-notebook-'));
  run(
    'generate',
    '--out',
    folder,
    '--records',
    '40000',
    '--span',
    '8h',
    '--anomalies-per-hour',
    '4',
    '--clean',
    '0.5',
  );
  const log = join(folder, 'logs.ndjson');
  const lines = readFileSync(log, 'utf8').trimEnd().split('\n');
  const clean = join(folder, 'clean.ndjson');
  writeFileSync(clean, `${lines.slice(0, lines.length / 2).join('\n')}\n`);
  const model = fitOn(clean, 'e2e');
  const path = join(folder, 'results.db');
  run('consume', '--from', `file:${log}`, '--until-end', '--model', model, '--store', `sqlite:${path}`);
  const clock = createTestClock(0);
  const opening = { clock, create: false, onWarning: () => {} };
  const address = { kind: 'sqlite', path } as const;
  const store = createSqliteStore(path);
  const [reader, desk] = [await openReader(address, opening), await openDesk(address, opening)];
  const data = createDashboardData({
    store,
    reader,
    desk,
    clock,
    storeKind: 'sqlite',
    isStoreWritable: async () => true,
    checkSchema: async () => undefined,
    wantedModel: undefined,
  });
  for (const { alert, artifact } of await reader.alerts(ALWAYS)) {
    const kept = await reader.linesOf(alert.alertId, artifact);
    if (kept?.lines.isComplete !== true || kept.lines.lines === 0) continue;
    packedLines = kept.lines.packed;
    const forgetful = { ...data, reader: { ...reader, linesOf: async () => undefined } };
    textWithoutLines = (await answerAlertNotebook(forgetful, alert.alertId))!;
    sinceMs = alert.sinceMs;
    text = (await answerAlertNotebook(data, alert.alertId))!;
  }
  for (const each of [store, reader, desk]) await each.close();
}, TIMEOUT_MS);

afterAll(() => rmSync(folder, { recursive: true }));

test(
  'an anomaly of a stream comes out of its alert’s notebook with the same bits',
  () => {
    const { isGood, said } = runNotebook('good', text, '--param', `modelFolder=${modelOf('e2e')}`);

    expect(isGood ? '' : said).toBe('');
    expect(said).toMatch(/[1-9]\d* windows, the same bits/);
  },
  TIMEOUT_MS,
);

test(
  'a line that is missing fails it, even where the hash was made to fit',
  () => {
    const lines = gunzipSync(Buffer.from(packedLines, 'base64')).toString().split('\n');
    const first = lines.findIndex((line) => line !== '' && timeOf(line) >= sinceMs);
    lines.splice(first, 1);
    const packed = gzipSync(lines.join('\n')).toString('base64');
    const short = text.replace(packedLines, packed);
    expect(runNotebook('short', short).said).toMatch(/the lines are not those of the alert/);

    const sha256 = /are not those of the alert: their SHA-256 is ([0-9a-f]{64}), wanted ([0-9a-f]{64})/.exec(
      runNotebook('short-again', short).said,
    )!;
    const forged = short.replaceAll(sha256[2]!, sha256[1]!);
    expect(runNotebook('forged', forged, '--param', `modelFolder=${modelOf('e2e')}`).said).toMatch(
      /was stored with score .* and its lines give/,
    );
  },
  TIMEOUT_MS,
);

test(
  'lines that were not stored are read from the log that the stream was read from',
  () => {
    const { isGood, said } = runNotebook('from-file', textWithoutLines);
    expect(isGood ? '' : said).toBe('');
    expect(said).toMatch(/[1-9]\d* windows, the same bits/);

    const gone = runNotebook('gone', textWithoutLines, '--param', `logFile=${join(folder, 'gone.log')}`);
    expect(gone.said).toMatch(/gone\.log' is not there any more: set logFile/);
  },
  TIMEOUT_MS,
);

test(
  'another model is refused',
  () => {
    const other = fitOn(join(folder, 'logs.ndjson'), 'other');

    expect(runNotebook('other', text, '--param', `modelFolder=${other}`).said).toMatch(
      /the alert came from version [0-9a-f]+, .* holds [0-9a-f]+/,
    );
  },
  TIMEOUT_MS,
);

test(
  'saved anywhere it runs where LOGHORN_HOME names a loghorn, and says so where there is none',
  () => {
    vi.stubEnv('LOGHORN_HOME', folder);
    expect(runNotebook('nowhere', text).said).toMatch(/no loghorn that is built .* set LOGHORN_HOME/);

    vi.stubEnv('LOGHORN_HOME', dirname(DIST));
    const { isGood, said } = runNotebook('anywhere', text);

    expect(isGood ? '' : said).toBe('');
    expect(said).toMatch(/[1-9]\d* windows, the same bits/);
    vi.unstubAllEnvs();
  },
  TIMEOUT_MS,
);

function timeOf(line: string): number {
  return (JSON.parse(line) as { readonly eventTimeMs: number }).eventTimeMs;
}

function modelOf(name: string): string {
  const own = join(folder, 'models', name);
  return join(own, readdirSync(own)[0]!);
}
