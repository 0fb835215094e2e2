import { spawn, execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createRandom } from '../../core/random.js';
import { requireOrSkip } from '../../require.testkit.js';
import { createPostgresStore } from '../adapters/postgres-store.js';
import {
  HOW_TO_ENABLE_POSTGRES,
  isPostgresThere,
  startTestPostgres,
  type TestPostgres,
} from '../adapters/postgres.testkit.js';
import { createWallClock } from '../clock.js';

const CLI = join(import.meta.dirname, '../../../dist/cli.js');
/** On a machine that is busy. */
const SLOW_TEST_MS = 400_000;
const isThere = requireOrSkip('postgres', isPostgresThere(), HOW_TO_ENABLE_POSTGRES);
/** A server that is not ours is not killed. */
const isOurs = process.env['LOGHORN_TEST_POSTGRES'] === undefined;

describe.runIf(isThere)('consume into postgres', () => {
  const folder = mkdtempSync(join(tmpdir(), 'loghorn-consume-postgres-'));
  const log = join(folder, 'logs.ndjson');
  const models = join(folder, 'models');
  let model = '';
  let postgres: TestPostgres;

  const run = (...words: string[]): string =>
    execFileSync(process.execPath, [CLI, ...words], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
      maxBuffer: 1 << 28,
    });
  const wordsOf = (store: string): string[] =>
    `consume --from file:${log} --model ${model} --store ${store} --until-end --commit-every 10ms`.split(' ');
  const sorted = (text: string): string[] => text.trimEnd().split('\n').sort();

  beforeAll(async () => {
    postgres = await startTestPostgres();
    run('generate', '--out', folder, '--records', '30000', '--span', '4h', '--anomalies-per-hour', '4');
    run('fit', log, '--name', 'e2e', '--models', models, '--budget', '9/day', '--until', '40%');
    model = join(models, 'e2e', readdirSync(join(models, 'e2e'))[0]!);
  });
  afterAll(async () => {
    await postgres.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  test.runIf(isOurs)(
    'consumer and server are killed again and again: the rows of an undisturbed offline run, each alert once',
    async () => {
      const address = await postgres.freshDatabase();
      const random = createRandom('kills');
      let [kills, restarts, isOver] = [0, 0, false];
      for (let patienceMs = 800; !isOver; patienceMs *= 1.2) {
        const child = spawn(process.execPath, [CLI, ...wordsOf(address)], {
          stdio: ['ignore', 'ignore', 'inherit'],
        });
        const exit = once(child, 'exit') as Promise<[code: number | null]>;
        const timer = setTimeout(() => child.kill('SIGKILL'), patienceMs + random.below(300));
        await Promise.race([exit, sleep(patienceMs * 0.7)]);
        if (child.exitCode === null && random.below(2) === 0) {
          await postgres.server!.kill('SIGKILL');
          await postgres.server!.start();
          restarts++;
        }
        const [code] = await exit;
        clearTimeout(timer);
        expect([0, null]).toContain(code);
        isOver = code === 0;
        if (!isOver) kills++;
      }

      expect(sorted(run('windows', '--store', address))).toEqual(sorted(run('score', log, '--model', model)));
      expect(kills).toBeGreaterThan(2);
      expect(restarts).toBeGreaterThan(0);
      const whole = await postgres.freshDatabase();
      run(...wordsOf(whole));
      expect(await alertsIn(address)).toEqual(await alertsIn(whole));
    },
    SLOW_TEST_MS,
  );

  const alertsIn = async (address: string): Promise<unknown[]> => {
    const store = await createPostgresStore({ address, shownAddress: address, clock: createWallClock() });
    const [artifact] = await store.artifacts();
    const alerts = await store.alerts({ artifact: artifact! });
    await store.close();
    expect(alerts.length).toBeGreaterThan(0);
    return [...alerts];
  };
});
