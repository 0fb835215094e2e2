// A real PostgreSQL for tests: a server of its own on loopback in a temporary folder, or databases of their own on the one
// that LOGHORN_TEST_POSTGRES names. Ended by its own process id, also when the tests' process dies.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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

  let postmaster: ChildProcess | undefined;
  let pid = 0;
  const start = async (): Promise<void> => {
    // the shell outlives us by a moment: its input ends with us, and it ends the server
    const script = '"$0" "$@" & echo $!; cat > /dev/null; kill -INT $!; wait';
    postmaster = spawn(
      'sh',
      [
        '-c',
        script,
        join(programs, 'postgres'),
        '-D',
        data,
        '-p',
        `${port}`,
        ...options.flatMap((each) => ['-c', each]),
      ],
      { cwd: folder, stdio: ['pipe', 'pipe', 'ignore'], detached: true, ...user },
    );
    const [said] = (await once(postmaster.stdout!, 'data')) as [Buffer];
    pid = Number(said.toString());
    await untilItAnswers(address);
  };
  const kill = async (signal: 'SIGKILL' | 'SIGINT'): Promise<void> => {
    process.kill(pid, signal);
    const ended = once(postmaster!, 'exit');
    postmaster!.stdin!.end();
    await ended;
  };
  await start();
  return {
    ...databasesOf(address),
    server: { kill, start },
    stop: async () => {
      if (postmaster?.exitCode === null) await kill('SIGINT');
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

async function untilItAnswers(address: string): Promise<void> {
  const giveUpAtMs = Date.now() + START_WITHIN_MS;
  for (;;) {
    const client = new Client({ connectionString: address });
    try {
      await client.connect();
      return await client.end();
    } catch (error) {
      if (Date.now() > giveUpAtMs)
        throw new Error('the PostgreSQL of the tests does not answer', { cause: error });
      await new Promise((resolve) => {
        setTimeout(resolve, 50);
      });
    }
  }
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
