// Feedback to the end, as built: alerts are judged, the proposal is adopted and promoted into a consumer that runs, and the same
// lines come again.
import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { lastLineOf, type RunningCli, runCli, startCli } from '../adapters/kafka-source.testkit.js';
import { createSqliteStore } from '../adapters/sqlite-store.js';
import { createWallClock } from '../clock.js';
import type { ResultStore, StoredAlert } from '../ports.js';
import { openDesk } from '../store/open-desk.js';
import type { TuneResult } from './tune.js';

const MINUTE_MS = 60_000;
const RECORDS = 40_000;
const SPAN_MS = 8 * 60 * MINUTE_MS;
/** Harmless and grave in turn, so far apart that each is an alert of its own. */
const TROUBLES = 6;
const TROUBLE_EVERY_MS = 30 * MINUTE_MS;
const TROUBLE_LINES = 12;

interface Printed {
  readonly thresholds: TuneResult['thresholds'];
  readonly mutes: TuneResult['mutes'];
  readonly basis: TuneResult['basis'];
  readonly replay: TuneResult['replay'];
  readonly refit: string;
  readonly adopted: { readonly folder: string; readonly version: string } | null;
}

let folder = '';
let model = '';
let log = '';
let running: RunningCli;
/** The lines of the troubles' hours, and of as many hours before them. */
let hours: string[] = [];
const at = (name: string): string => join(folder, name);
const storeWords = (): string[] => ['--store', `sqlite:${at('live.db')}`];

const timeOf = (text: string): number => Date.parse((JSON.parse(text) as { ts: string }).ts);
const isHarmless = (trouble: number): boolean => trouble % 2 === 0;

/** The same lines, later. */
function shifted(text: string, byMs: number): string {
  const { ts, ...rest } = JSON.parse(text) as { ts: string };
  return JSON.stringify({ ts: new Date(Date.parse(ts) + byMs).toISOString(), ...rest });
}

function withTroubles(quiet: readonly string[], startMs: number): string[] {
  const troubles = Array.from({ length: TROUBLES }, (_, trouble) =>
    Array.from({ length: TROUBLE_LINES }, (_, n) =>
      JSON.stringify({
        ts: new Date(startMs + (trouble + 1) * TROUBLE_EVERY_MS + n * 1500).toISOString(),
        service: 'checkout',
        level: 'ERROR',
        msg: isHarmless(trouble)
          ? `probe from scanner ${n} refused: unknown path`
          : `ledger shard ${n} refused the write: quorum lost`,
      }),
    ),
  ).flat();
  return [...quiet, ...troubles].sort((a, b) => timeOf(a) - timeOf(b));
}

async function alertsOf(version?: string): Promise<readonly StoredAlert[]> {
  const store = createSqliteStore(at('live.db'));
  const artifacts = (await store.artifacts()).filter(
    (each) => version === undefined || each.version === version,
  );
  const alerts = await Promise.all(artifacts.map((artifact) => store.alerts({ artifact })));
  await store.close();
  return alerts.flat();
}

async function reached(isReached: (store: ResultStore) => Promise<boolean>): Promise<void> {
  const store = createSqliteStore(at('live.db'));
  while (!(await isReached(store))) await sleep(100);
  await store.close();
}

/** Until every line up to then was scored and its windows are stored. */
const scoredUntil = (endMs: number) => async (store: ResultStore) => {
  const windows = await Promise.all(
    (await store.artifacts()).map((artifact) =>
      store.windows({ artifact, source: 'checkout', fromMs: endMs - 2 * MINUTE_MS, limit: 1 }),
    ),
  );
  return windows.flat().length > 0;
};

async function judge(alert: StoredAlert, verdict: 'real' | 'false'): Promise<void> {
  const address = { kind: 'sqlite', path: at('live.db') } as const;
  const desk = await openDesk(address, { clock: createWallClock(), create: false, onWarning: () => {} });
  await desk.note({ alertId: alert.alertId, action: { type: 'judged', verdict }, who: 'kim', atMs: 1 });
  await desk.close();
}

function tuned(...words: string[]): Printed {
  return lastLineOf(runCli('tune', ...storeWords(), '--model', model, ...words)) as unknown as Printed;
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'loghorn-tune-'));
  runCli('generate', '--out', folder, '--records', String(RECORDS), '--span', '8h', '--clean', '1');
  const lines = readFileSync(at('logs.ndjson'), 'utf8').trimEnd().split('\n');
  const middleMs = timeOf(lines[0]!) + SPAN_MS / 2;
  writeFileSync(at('fit.ndjson'), `${lines.filter((each) => timeOf(each) < middleMs).join('\n')}\n`);
  hours = withTroubles(
    lines.filter((each) => timeOf(each) >= middleMs),
    middleMs,
  );
  const words = ['--name', 'shop', '--models', at('models'), '--budget', '1/day'];
  runCli('fit', at('fit.ndjson'), ...words);
  model = join(at('models'), 'shop', readdirSync(join(at('models'), 'shop'))[0]!);
  log = at('live.ndjson');
  writeFileSync(log, `${hours.join('\n')}\n`);
  running = startCli('consume', '--from', `file:${log}`, ...storeWords(), '--model', model, '--follow');
  await reached(scoredUntil(timeOf(hours.at(-1)!)));
});
afterAll(async () => {
  running.child.kill('SIGKILL');
  await running.ended;
  rmSync(folder, { recursive: true, force: true });
});

test('without feedback there is no proposal, and it is said how to give some', () => {
  expect(() => tuned()).toThrow(/nobody judged any of the \d+ alerts of shop@\w+.*Real, False or Not mine/);
});

test('what was judged false does not come again on the same lines, what was real does', async () => {
  const startMs = timeOf(hours[0]!);
  const troubleOf = ({ sinceMs, source }: StoredAlert): number =>
    source === 'checkout' ? Math.round((sinceMs - startMs) / TROUBLE_EVERY_MS) - 1 : -1;
  const before = (await alertsOf()).filter((alert) => troubleOf(alert) >= 0);
  expect(new Set(before.map(troubleOf))).toEqual(new Set([0, 1, 2, 3, 4, 5]));
  for (const alert of before) await judge(alert, isHarmless(troubleOf(alert)) ? 'false' : 'real');

  const estimated = tuned();
  const proposed = tuned('--input', log);
  expect(readdirSync(join(at('models'), 'shop'))).toHaveLength(1);
  const { adopted } = tuned('--adopt', '--by', 'kim');

  for (const { mutes, replay, adopted: written } of [estimated, proposed]) {
    expect(mutes).toMatchObject([
      { text: expect.stringContaining('probe from scanner'), services: ['checkout'] },
    ]);
    expect(replay.removed.filter(({ verdict }) => verdict === 'false')).toHaveLength(3);
    expect(replay.lost).toEqual([]);
    expect(written).toBeNull();
  }
  expect([estimated.basis, proposed.basis]).toEqual(['estimate', 'lines']);
  expect(runCli('inspect', adopted!.folder)).toMatch(/tuned from version \w+\n.*muted \w+ by kim/s);

  runCli('promote', adopted!.folder, ...storeWords());
  await reached(async (store) => (await store.modelSwitches()).length > 0);
  // quiet hours for the switch, and then the very lines that alerted
  const quiet = hours.filter(
    (each) => !each.includes('refused: unknown path') && !each.includes('quorum lost'),
  );
  const lastMs = timeOf(hours.at(-1)!);
  const spanMs = lastMs - startMs + MINUTE_MS;
  appendFileSync(log, `${quiet.map((each) => shifted(each, spanMs)).join('\n')}\n`);
  await reached(async (store) =>
    (await store.modelSwitches()).some(({ effectTimeMs }) => effectTimeMs !== null),
  );
  appendFileSync(log, `${hours.map((each) => shifted(each, 2 * spanMs)).join('\n')}\n`);
  await reached(scoredUntil(lastMs + 2 * spanMs));

  const again = (await alertsOf(adopted!.version))
    .filter(({ sinceMs }) => sinceMs >= startMs + 2 * spanMs)
    .map((alert) => troubleOf({ ...alert, sinceMs: alert.sinceMs - 2 * spanMs }));
  expect(new Set(again.filter((trouble) => trouble >= 0))).toEqual(new Set([1, 3, 5]));
});

test('the words of the fit with more normal data are those that fit takes', () => {
  const labels = at('more-normal.json');
  const { refit } = tuned('--labels-out', labels, '--input', log);

  const words = refit
    .split(' ')
    .slice(1)
    .map((word) => (word === 'fit.ndjson' ? at(word) : word));
  const { model: refitted } = lastLineOf(runCli(...words)) as { model: string };

  expect(refit).toContain(`--labels ${labels} --name shop`);
  // what was judged false is a known line now
  expect(runCli('score', log, '--model', refitted, '--explain')).not.toMatch(
    /"event":"new"[^}]*probe from scanner/,
  );
});

test('an artifact that the store knows nothing of is refused, and so is adopting nothing', () => {
  runCli('fit', at('fit.ndjson'), '--name', 'other', '--models', at('models'), '--detector', 'error-count');
  const other = join(at('models'), 'other');

  expect(() => runCli('tune', ...storeWords(), '--model', other)).toThrow(
    /the store has no windows of other@\w+/,
  );
  expect(() => tuned('--no-mutes', '--no-thresholds', '--adopt')).toThrow(/there is nothing to adopt/);
  expect(() => tuned('--out', at('elsewhere'))).toThrow(/--name and --out go with --adopt/);
});
