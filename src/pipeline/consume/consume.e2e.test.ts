import { once } from 'node:events';
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createRandom } from '../../core/random.js';
import { createSqliteStore } from '../adapters/sqlite-store.js';
import { createWallClock } from '../clock.js';
import type { LaneBucket, SeenTemplate } from '../dashboard/reader.js';
import type { StoredAlert, StoredWindow } from '../ports.js';
import { openReader } from '../store/open-reader.js';

const CLI = join(import.meta.dirname, '../../../dist/cli.js');
/** Each is killed until it comes through. */
const ROUNDS = 2;
const HOUR_MS = 3_600_000;
/** More than the logs span. */
const HOURS = 24;
let folder = '';
let logPath = '';
let modelFolder = '';
let artifact: { name: string; version: string };
let lines: string[] = [];

function run(...words: string[]): string {
  return execFileSync(process.execPath, [CLI, ...words], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'loghorn-consume-'));
  run(
    'generate',
    '--out',
    folder,
    '--records',
    '60000',
    '--span',
    '8h',
    '--anomalies-per-hour',
    '4',
    '--clean',
    '0.5',
  );
  lines = readFileSync(join(folder, 'logs.ndjson'), 'utf8').trimEnd().split('\n');
  const clean = join(folder, 'clean.ndjson');
  writeFileSync(clean, `${lines.slice(0, 28_000).join('\n')}\n`);
  run('fit', clean, '--name', 'e2e', '--models', join(folder, 'models'), '--budget', '5/day');
  modelFolder = join(folder, 'models', 'e2e');
  artifact = { name: 'e2e', version: readdirSync(modelFolder)[0]! };
  // lines out of order, late ones and broken ones: every fate is met
  const random = createRandom('e2e');
  const rest = lines
    .slice(28_000)
    .map((line, n) => ({ line, at: n + (random.below(50) === 0 ? random.below(4000) : 0) }));
  rest.sort((a, b) => a.at - b.at);
  logPath = join(folder, 'rest.ndjson');
  writeFileSync(
    logPath,
    rest
      .map(({ line }) => `${line}\n${random.below(500) === 0 ? `{"broken": ${random.below(9)}\n` : ''}`)
      .join(''),
  );
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Outcome {
  readonly windows: readonly StoredWindow[];
  readonly alerts: readonly StoredAlert[];
  readonly counts: unknown;
  readonly lanes: readonly LaneBucket[];
  readonly templates: readonly SeenTemplate[];
}

/** What a run left behind, without the stamps of the clock. */
async function outcomeOf(storePath: string, streamId: string): Promise<Outcome> {
  const store = createSqliteStore(storePath);
  const windows = await store.windows({ artifact });
  const alerts = await store.alerts({ artifact });
  const { state } = await store.takeOver({ streamId, artifact }, []);
  await store.close();
  const options = { clock: createWallClock(), create: false, onWarning: () => {} };
  const reader = await openReader({ kind: 'sqlite', path: storePath }, options);
  const always = { fromMs: 0, toMs: 1e15 };
  const seen = {
    lanes: await reader.swimlane(artifact, always, HOUR_MS),
    templates: await reader.templates(artifact, {
      fromMs: Math.floor((windows[0]?.startMs ?? 0) / HOUR_MS) * HOUR_MS,
      bucketMs: HOUR_MS,
      buckets: HOURS,
    }),
  };
  await reader.close();
  return {
    ...seen,
    windows: windows.map((row) => ({ ...row, eligibleTimeMs: 0, scoredTimeMs: 0 })),
    alerts,
    counts: state.counts,
  };
}

const consumeWords = (storePath: string, ...more: string[]): string[] => [
  'consume',
  '--from',
  `file:${logPath}`,
  '--model',
  modelFolder,
  '--store',
  `sqlite:${storePath}`,
  ...more,
];

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function ended(child: ChildProcess): Promise<Ended> {
  let [stdout, stderr] = ['', ''];
  child.stdout?.on('data', (data: Buffer) => (stdout += String(data)));
  child.stderr?.on('data', (data: Buffer) => (stderr += String(data)));
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, stdout, stderr })));
}

test('killed at any moment and started again, the final rows are those of an undisturbed run', async () => {
  const whole = join(folder, 'whole.db');
  const summary = JSON.parse(
    run(...consumeWords(whole, '--until-end', '--json'))
      .trim()
      .split('\n')
      .at(-1)!,
  ) as {
    lines: Record<string, number>;
    windows: number;
    corrections: number;
  };
  const undisturbed = await outcomeOf(whole, `file:${logPath}`);
  const { read, scored, late, setAside } = summary.lines;
  expect(read).toBe(readFileSync(logPath, 'utf8').trimEnd().split('\n').length);
  expect(scored! + late! + setAside!).toBe(read);
  expect(Math.min(late!, setAside!, summary.corrections, undisturbed.alerts.length)).toBeGreaterThan(0);

  expect(undisturbed.templates.flatMap(({ counts }) => counts).some((count) => count > 0)).toBe(true);

  const random = createRandom('kills');
  const positions = new Set<string>();
  for (let round = 0; round < ROUNDS; round++) {
    const storePath = join(folder, `killed-${round}.db`);
    let isOver = false;
    let [before, patienceMs] = ['', 500];
    while (!isOver) {
      const words = consumeWords(storePath, '--until-end', '--commit-every', '10ms');
      const child = spawn(process.execPath, [CLI, ...words], { stdio: 'ignore' });
      const end = ended(child);
      const timer = setTimeout(() => child.kill('SIGKILL'), patienceMs + random.below(200));
      isOver = (await end).code === 0;
      clearTimeout(timer);
      const position = await positionIn(storePath);
      // however quick or busy the machine is: killed so early that hardly anything was done, but something
      patienceMs *= position === before ? 1.5 : 0.9;
      before = position;
      if (!isOver) positions.add(`${round} ${position}`);
    }
    const resumed = await outcomeOf(storePath, `file:${logPath}`);

    expect(resumed.windows).toEqual(undisturbed.windows);
    expect(resumed.alerts).toEqual(undisturbed.alerts);
    expect(resumed.counts).toEqual(undisturbed.counts);
    expect(resumed.lanes).toEqual(undisturbed.lanes);
    expect(resumed.templates).toEqual(undisturbed.templates);
  }
  // killed at many places in the middle, not only before the first commit
  expect(positions.size).toBeGreaterThan(2 * ROUNDS);
});

async function positionIn(storePath: string): Promise<string> {
  const store = createSqliteStore(storePath);
  const { state } = await store.takeOver({ streamId: `file:${logPath}`, artifact }, []);
  await store.close();
  return JSON.stringify(state.position);
}

test('the final rows are those that score gives for the same file', async () => {
  const scored = run('score', logPath, '--model', modelFolder)
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as StoredWindow);
  const { windows } = await outcomeOf(join(folder, 'whole.db'), `file:${logPath}`);
  const keyed = (rows: readonly StoredWindow[]): Map<string, unknown> =>
    new Map(
      rows.map(({ source, startMs, endMs, records, score, alert }) => [
        `${source} ${startMs}`,
        { endMs, records, score, alert },
      ]),
    );

  expect(windows.length).toBe(scored.length);
  expect(keyed(windows)).toEqual(keyed(scored));
});

test('SIGTERM stops a followed stream cleanly and soon, and the next run goes on through a rotation', async () => {
  const live = join(folder, 'live.ndjson');
  const storePath = join(folder, 'live.db');
  writeFileSync(live, `${lines.slice(0, 3000).join('\n')}\n`);
  const words = [
    'consume',
    '--from',
    `file:${live}`,
    '--follow',
    '--model',
    modelFolder,
    '--store',
    `sqlite:${storePath}`,
    '--json',
    '--health-port',
    '0',
  ];
  const readAll = async (): Promise<Ended & { seconds: number }> => {
    const child = spawn(process.execPath, [CLI, ...words], { stdio: ['ignore', 'pipe', 'pipe'] });
    const end = ended(child);
    const [said] = (await once(child.stderr, 'data')) as [Buffer];
    const [address] = /http:\S+:\d+/.exec(String(said))!;
    // by this process: as many in each run
    const metrics = async (): Promise<string> => (await fetch(`${address}/metrics`)).text();
    while (!(await metrics()).includes(`loghorn_records_read_total 3000\n`)) await sleep(50);
    const stoppedAt = performance.now();
    child.kill('SIGTERM');
    return { ...(await end), seconds: (performance.now() - stoppedAt) / 1000 };
  };
  const linesRead = ({ stdout }: Ended): number =>
    (JSON.parse(stdout.trim().split('\n').at(-1)!) as { lines: { read: number } }).lines.read;

  const first = await readAll();
  appendFileSync(live, `${lines.slice(3000, 4000).join('\n')}\n`);
  execFileSync('mv', [live, `${live}.1`]);
  writeFileSync(live, `${lines.slice(4000, 6000).join('\n')}\n`);
  const second = await readAll();

  expect([first.code, second.code]).toEqual([0, 0]);
  expect(first.seconds).toBeLessThan(15);
  expect([linesRead(first), linesRead(second)]).toEqual([3000, 6000]);
});
