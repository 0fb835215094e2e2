// A real Alertmanager for tests: on loopback, in a temporary folder, told to hand on what it gets to a receiver at once.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

export const HOW_TO_ENABLE_ALERTMANAGER = 'apt install prometheus-alertmanager';
const PROGRAM = 'prometheus-alertmanager';
const START_WITHIN_MS = 15_000;
const ASK_EVERY_MS = 50;

export interface TestAlertmanager {
  readonly url: URL;
  /** As its API gives them. */
  alerts(): Promise<readonly ManagedAlert[]>;
  /** SIGKILL, whatever is under way. */
  kill(): Promise<void>;
  /** Again, on the same data and port. */
  start(): Promise<void>;
  stop(): Promise<void>;
}

export interface ManagedAlert {
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly startsAt: string;
  readonly endsAt: string;
  readonly generatorURL: string;
  readonly status: { readonly state: string };
}

export function isAlertmanagerThere(): boolean {
  return spawnSync(PROGRAM, ['--version']).status === 0;
}

/** @param receiver a webhook that it hands alerts on to */
export async function startAlertmanager(receiver: URL): Promise<TestAlertmanager> {
  const folder = mkdtempSync(join(tmpdir(), 'loghorn-alertmanager-'));
  const config = join(folder, 'config.json');
  // YAML that is JSON as well
  writeFileSync(
    config,
    JSON.stringify({
      route: {
        receiver: 'test',
        group_by: ['...'],
        group_wait: '100ms',
        group_interval: '100ms',
        repeat_interval: '1h',
      },
      receivers: [{ name: 'test', webhook_configs: [{ url: receiver.href, send_resolved: true }] }],
    }),
  );
  const port = await freePort();
  const url = new URL(`http://127.0.0.1:${port}`);
  const words = [
    `--config.file=${config}`,
    `--storage.path=${join(folder, 'data')}`,
    `--web.listen-address=127.0.0.1:${port}`,
    '--cluster.listen-address=',
  ];
  let child: ChildProcess;
  const start = async (): Promise<void> => {
    child = spawn(PROGRAM, words, { stdio: 'ignore' });
    await answers(url, child);
  };
  const end = async (signal: 'SIGTERM' | 'SIGKILL'): Promise<void> => {
    child.kill(signal);
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  };
  const endWithUs = (): void => void child.kill('SIGKILL');
  process.once('exit', endWithUs);
  await start();
  return {
    url,
    alerts: async () => (await (await fetch(new URL('/api/v2/alerts', url))).json()) as ManagedAlert[],
    kill: () => end('SIGKILL'),
    start,
    stop: async () => {
      process.removeListener('exit', endWithUs);
      await end('SIGTERM');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function answers(url: URL, child: ChildProcess): Promise<void> {
  const giveUpAtMs = Date.now() + START_WITHIN_MS;
  for (;;) {
    const isReady = await fetch(new URL('/-/ready', url)).then(
      ({ ok }) => ok,
      () => false,
    );
    if (isReady) return;
    if (Date.now() > giveUpAtMs || child.exitCode !== null) throw new Error('Alertmanager does not start');
    await sleep(ASK_EVERY_MS);
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
