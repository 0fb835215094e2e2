// A file consumed into PostgreSQL while consumer and server are killed, behind progress each time: however fast the machine.
import { spawn, execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
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
import { countNewWindows } from '../faults/progress.testkit.js';

const CLI = join(import.meta.dirname, '../../../dist/cli.js');
const KILLS = 6;
/** Lines that are written at a time, while the consumer follows. */
const SLICE = 50;
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
  const wordsOf = (store: string, path: string): string[] =>
    `consume --from file:${path} --model ${model} --store ${store} --commit-every 10ms`.split(' ');
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
      const lines = readFileSync(log, 'utf8').trimEnd().split('\n');
      const artifact = { name: 'e2e', version: basename(model) };
      const live = join(folder, 'live.ndjson');
      let written = 0;
      /** Never the last ones: every kill has something left to do behind it. */
      const write = (): void => {
        const next = Math.min(written + SLICE, lines.length - SLICE);
        appendFileSync(
          live,
          lines
            .slice(written, next)
            .map((line) => `${line}\n`)
            .join(''),
        );
        written = next;
      };
      for (let kill = 0; kill < KILLS; kill++) {
        const stored = await countNewWindows(address, artifact);
        const wanted = 1 + random.below(300);
        // enough for these, however little came before
        for (let slice = 0; slice < 40; slice++) write();
        const child = spawn(process.execPath, [CLI, ...wordsOf(address, live), '--follow'], {
          stdio: ['ignore', 'ignore', 'inherit'],
        });
        const exit = once(child, 'exit');
        while ((await stored()) < wanted) {
          expect(child.exitCode).toBeNull();
          write();
        }
        if (kill % 2 === 1) {
          await postgres.server!.kill('SIGKILL');
          await postgres.server!.start();
        }
        child.kill('SIGKILL');
        await exit;
      }
      appendFileSync(
        live,
        lines
          .slice(written)
          .map((line) => `${line}\n`)
          .join(''),
      );
      run(...wordsOf(address, live), '--until-end');

      expect(sorted(run('windows', '--store', address))).toEqual(
        sorted(run('score', live, '--model', model)),
      );
      const whole = await postgres.freshDatabase();
      run(...wordsOf(whole, live), '--until-end');
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
