// A real PostgreSQL for tests: a server of its own on loopback in a temporary folder, or databases of their own on the one
// that LOGHORN_TEST_POSTGRES names. Ended by its own process id, also when the tests' process dies.
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';

export const HOW_TO_ENABLE_POSTGRES =
  'apt install postgresql, or LOGHORN_TEST_POSTGRES=postgres://user@host:5432/database of a user who may make databases (password in PGPASSWORD)';

export interface TestPostgres {
  /** Address of a new, empty database, from which to drop it is left to the end of the server. */
  freshDatabase(): Promise<string>;
  /** Only of a server of our own. */
  readonly server: TestServer | undefined;
  stop(): Promise<void>;
}

export interface TestServer {
  /** SIGKILL as a power cut would, SIGINT as an administrator would. Resolves once it is gone. */
  kill(signal: 'SIGKILL' | 'SIGINT'): Promise<void>;
  /** On the same data and port. */
  start(): Promise<void>;
}

const START_WITHIN_MS = 30_000;
const RETRY_AFTER_MS = 50;

export function isPostgresThere(): boolean {
  return process.env['LOGHORN_TEST_POSTGRES'] !== undefined || programFolder() !== undefined;
}

/** @param settings further ones, such as `fsync=on`: it is off, since no test cuts the power */
export async function startTestPostgres(settings: readonly string[] = []): Promise<TestPostgres> {
  const given = process.env['LOGHORN_TEST_POSTGRES'];
  if (given !== undefined) return { ...databasesOf(given), server: undefined };
  const programs = programFolder();
  if (programs === undefined) throw new Error(`there is no PostgreSQL here: ${HOW_TO_ENABLE_POSTGRES}`);
  const user = unprivilegedUser();
  const folder = mkdtempSync(join(tmpdir(), 'loghorn-postgres-'));
  if (user) chownSync(folder, user.uid, user.gid);
  const data = join(folder, 'data');
  execFileSync(
    join(programs, 'initdb'),
    ['-D', data, '-U', 'loghorn', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync'],
    { cwd: folder, stdio: 'pipe', ...user },
  );
  const port = await freePort();
  const address = `postgres://loghorn@127.0.0.1:${port}/postgres`;
  const options = [
    'fsync=off',
    'listen_addresses=127.0.0.1',
    `unix_socket_directories=${folder}`,
    ...settings,
  ];

  const words = ['-D', data, '-p', `${port}`, ...options.flatMap((each) => ['-c', each])];
  let running: RunningServer | undefined;
  const start = async (): Promise<void> => {
    const giveUpAtMs = Date.now() + START_WITHIN_MS;
    for (;;) {
      running = await runServer(join(programs, 'postgres'), words, folder, user);
      if (await answers(address, running)) return;
      // processes of one that was killed may hold its shared memory a moment longer
      if (Date.now() > giveUpAtMs) throw new Error('the PostgreSQL of the tests does not start');
      await sleep(RETRY_AFTER_MS);
    }
  };
  const kill = async (signal: 'SIGKILL' | 'SIGINT'): Promise<void> => {
    process.kill(running!.pid, signal);
    await running!.gone;
    running = undefined;
  };
  await start();
  return {
    ...databasesOf(address),
    server: { kill, start },
    stop: async () => {
      if (running) await kill('SIGINT');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Of the newest version where Debian puts them, or wherever `initdb` is found. */
function programFolder(): string | undefined {
  const versions = '/usr/lib/postgresql';
  const installed = existsSync(versions) ? readdirSync(versions).sort((a, b) => Number(b) - Number(a)) : [];
  const folders = [
    ...installed.map((version) => join(versions, version, 'bin')),
    ...(process.env['PATH'] ?? '').split(':'),
  ];
  return folders.find((folder) => existsSync(join(folder, 'initdb')));
}

/** PostgreSQL refuses to run as root. */
function unprivilegedUser(): { readonly uid: number; readonly gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const idOf = (name: string, which: '-u' | '-g'): number =>
    Number(execFileSync('id', [which, name], { stdio: 'pipe' }).toString());
  try {
    return { uid: idOf('postgres', '-u'), gid: idOf('postgres', '-g') };
  } catch {
    return { uid: idOf('nobody', '-u'), gid: idOf('nobody', '-g') };
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port was given');
  return address.port;
}

interface RunningServer {
  readonly pid: number;
  readonly gone: Promise<void>;
  readonly isGone: () => boolean;
}

/** Under a shell whose input ends with us: it ends the server then. */
async function runServer(
  program: string,
  words: readonly string[],
  cwd: string,
  user: { readonly uid: number; readonly gid: number } | undefined,
): Promise<RunningServer> {
  const script =
    'exec 3<&0; "$0" "$@" & server=$!; echo $server; (cat <&3 > /dev/null; kill -INT $server) & wait $server';
  const shell = spawn('sh', ['-c', script, program, ...words], {
    cwd,
    stdio: ['pipe', 'pipe', 'ignore'],
    detached: true,
    ...user,
  });
  let isGone = false;
  const gone = once(shell, 'exit').then(() => {
    isGone = true;
    // who waits for the end of the input has nothing left to end
    process.kill(-shell.pid!, 'SIGKILL');
  });
  const [said] = (await once(shell.stdout, 'data')) as [Buffer];
  return { pid: Number(said.toString()), gone, isGone: () => isGone };
}

/** @returns false once it is gone */
async function answers(address: string, { isGone }: RunningServer): Promise<boolean> {
  while (!isGone()) {
    const client = new Client({ connectionString: address });
    try {
      await client.connect();
      await client.end();
      return true;
    } catch {
      await sleep(RETRY_AFTER_MS);
    }
  }
  return false;
}

/** Named by process and number; those on a server that is not ours are dropped at the end. */
function databasesOf(address: string): Pick<TestPostgres, 'freshDatabase' | 'stop'> {
  const made: string[] = [];
  const run = async (statement: string): Promise<void> => {
    const client = new Client({ connectionString: address });
    await client.connect();
    await client.query(statement);
    await client.end();
  };
  return {
    freshDatabase: async () => {
      const name = `loghorn_test_${process.pid}_${made.length}`;
      await run(`CREATE DATABASE ${name} TEMPLATE template0`);
      made.push(name);
      const url = new URL(address);
      url.pathname = `/${name}`;
      return url.href;
    },
    stop: async () => {
      for (const name of made) await run(`DROP DATABASE ${name} WITH (FORCE)`);
    },
  };
}
