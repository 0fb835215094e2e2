// A stream that is given another artifact while it is read, killed whenever it pleases, as built: what the store holds in the
// end is held to the offline `score` of each artifact.
import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createRandom } from '../../core/random.js';
import { createSqliteStore } from '../adapters/sqlite-store.js';
import type { ResultStore } from '../ports.js';
import { type Ended, runCli, startCli } from '../adapters/kafka-source.testkit.js';
import type { PromotionHistory } from './promote.js';

const RECORDS = 40_000;
const FITTED = 20_000;
const PARTS = 15;

let folder = '';
let lines: string[] = [];
const at = (name: string): string => join(folder, name);

function fit(name: string, ...more: string[]): string {
  runCli('fit', at('clean.ndjson'), '--name', name, '--models', at('models'), ...more);
  return join(at('models'), name, readdirSync(join(at('models'), name))[0]!);
}

interface Line {
  readonly source: string;
  readonly startMs: number;
}

function timeOf(line: string): number {
  return Date.parse((JSON.parse(line) as { readonly ts: string }).ts);
}

/** Printed windows as they are, by what they are of. */
function windowsOf(text: string, isWanted: (line: Line) => boolean): string[] {
  return text
    .trimEnd()
    .split('\n')
    .filter((line) => isWanted(JSON.parse(line) as Line))
    .sort();
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'loghorn-promote-'));
  const counts = [
    '--records',
    String(RECORDS),
    '--span',
    '8h',
    '--anomalies-per-hour',
    '6',
    '--clean',
    '0.5',
  ];
  runCli('generate', '--out', folder, ...counts);
  lines = readFileSync(at('logs.ndjson'), 'utf8').trimEnd().split('\n');
  writeFileSync(at('clean.ndjson'), `${lines.slice(0, FITTED).join('\n')}\n`);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('promoted, rolled back and killed while it is read, every window is that of the offline run of its artifact', async () => {
  const random = createRandom('promote');
  const first = fit('first', '--budget', '20/day');
  const second = fit('second', '--budget', '40/day', '--rolling', '2m', '--hold', '1m');
  const log = at('live.ndjson');
  const store = `sqlite:${at('live.db')}`;
  const words = ['--from', `file:${log}`, '--store', store];
  const rest = lines.slice(FITTED);
  const size = Math.ceil(rest.length / PARTS);
  const begin = () => startCli('consume', ...words, '--model', first, '--follow', '--json');
  const deaths: Ended[] = [];

  /** Until there is so much of it in the store. */
  const reached = async (isReached: (opened: ResultStore) => Promise<boolean>): Promise<void> => {
    const opened = createSqliteStore(at('live.db'));
    while (!(await isReached(opened))) await sleep(100);
    await opened.close();
  };
  /** Rows of a part are there up to a share of it that is drawn, of whichever artifact: a moment that no clock knows. */
  const scored = (part: number) => {
    const own = rest.slice(part * size, (part + 1) * size);
    // its last windows are closed by the records of the next one
    const fromMs = timeOf(own[Math.floor(own.length * 0.6 * random.next())]!);
    return async (opened: ResultStore): Promise<boolean> => {
      for (const { artifact } of await opened.lanes())
        if ((await opened.windows({ artifact, fromMs, limit: 1 })).length > 0) return true;
      return false;
    };
  };
  const planned = (count: number) => async (opened: ResultStore) =>
    (await opened.modelSwitches()).length === count;
  const inEffect = (index: number) => async (opened: ResultStore) =>
    (await opened.modelSwitches())[index]!.effectTimeMs !== null;

  writeFileSync(log, '');
  let running = begin();
  await reached(async (opened) => (await opened.lanes()).length > 0);
  for (let part = 0; part < PARTS; part++) {
    appendFileSync(log, `${rest.slice(part * size, (part + 1) * size).join('\n')}\n`);
    if (part === 2) runCli('promote', second, ...words, '--by', 'tester');
    if (part === 8) runCli('promote', '--rollback', ...words);
    await reached(scored(part));
    if (part % 2 === 1) {
      running.child.kill('SIGKILL');
      deaths.push(await running.ended);
      running = begin();
    }
    // the windows of a switch are those that come after it is planned
    if (part === 3) await reached(planned(1));
    if (part === 7) await reached(inEffect(0));
    if (part === 9) await reached(planned(2));
  }
  await reached(inEffect(1));
  running.child.kill('SIGTERM');
  expect((await running.ended).code).toBe(0);
  runCli('consume', ...words, '--model', first);

  const history = runCli('promote', '--list', '--store', store)
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as PromotionHistory);
  expect(history.map(({ kind, by }) => [kind, by === 'tester'])).toEqual([
    ['promote', true],
    ['rollback', false],
  ]);
  const [there, back] = history.map(({ switches }) => switches[0]!) as [
    PromotionHistory['switches'][0],
    PromotionHistory['switches'][0],
  ];
  expect(there.effectTimeMs).not.toBeNull();
  expect(back.effectTimeMs).not.toBeNull();
  expect(there.atMs).toBeLessThan(back.atMs!);
  // an alert names its reason in the words of the log, which may be that something failed
  expect(deaths.map(({ code, stderr }) => `${code} ${/^(?![●▲]).*failed/m.exec(stderr)?.[0] ?? ''}`)).toEqual(
    deaths.map(() => 'null '),
  );

  const isSecond = ({ startMs }: Line): boolean => startMs >= there.atMs! && startMs < back.atMs!;
  writeFileSync(at('rest.ndjson'), `${rest.join('\n')}\n`);
  for (const [model, isWanted] of [
    [first, (line: Line) => !isSecond(line)],
    [second, isSecond],
  ] as const) {
    const wanted = windowsOf(runCli('score', at('rest.ndjson'), '--model', model), isWanted);
    expect(wanted.length).toBeGreaterThan(50);
    const stored = runCli('windows', '--store', store, '--model', model);
    expect(windowsOf(stored, isWanted)).toEqual(wanted);
  }
});

test('a shadow is scored beside the champion and compared, and alerts nobody', () => {
  const champion = fit('champion', '--budget', '20/day');
  const shadow = fit('shade', '--budget', '60/day', '--detector', 'error-count');
  writeFileSync(at('some.ndjson'), `${lines.slice(FITTED, FITTED + 8000).join('\n')}\n`);
  const words = ['--from', `file:${at('some.ndjson')}`];
  const alone = runCli('consume', ...words, '--model', champion, '--store', `sqlite:${at('alone.db')}`);

  const beside = runCli(
    'consume',
    ...words,
    '--model',
    champion,
    '--shadow',
    shadow,
    '--store',
    `sqlite:${at('beside.db')}`,
  );

  expect(beside).toBe(alone);
  const stored = runCli('windows', '--store', `sqlite:${at('beside.db')}`, '--model', shadow);
  const scored = runCli('score', at('some.ndjson'), '--model', shadow);
  expect(windowsOf(stored, () => true)).toEqual(windowsOf(scored, () => true));
  const report = JSON.parse(runCli('shadow', '--store', `sqlite:${at('beside.db')}`)) as Record<
    string,
    unknown
  >;
  expect(report).toMatchObject({ champion: { name: 'champion' }, shadow: { name: 'shade' } });
  expect(report['windows']).toBe(stored.trimEnd().split('\n').length);
});

test('an artifact with other windows is refused, and it is said which', () => {
  const other = fit('other', '--window', '1m');
  const store = `sqlite:${at('beside.db')}`;

  expect(() => runCli('promote', other, '--store', store)).toThrow(
    /cannot take the place of champion@\w+: window spec windowMs is 60000 instead of 30000/,
  );
});
