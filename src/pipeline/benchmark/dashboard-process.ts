// A dashboard in a process of its own, as people run it: what is measured then is not slowed by whoever measures.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const CLI = join(import.meta.dirname, '../../cli.js');

export interface RunningDashboard {
  /** With a slash at its end. */
  readonly url: string;
  /** Of all its threads so far, ms in steps of ten; null where the system does not tell. */
  cpuMs(): number | null;
  stop(): Promise<void>;
}

/** @param storePath of a SQLite file @throws Error with the command's last words when it does not start */
export async function runDashboard(storePath: string): Promise<RunningDashboard> {
  const words = ['dashboard', '--store', `sqlite:${storePath}`, '--port', '0', '--json'];
  const child = spawn(process.execPath, [CLI, ...words], { stdio: ['ignore', 'pipe', 'pipe'] });
  let stderr = '';
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString('utf8')));
  const ended = once(child, 'exit');
  const [line] = (await Promise.race([
    once(createInterface(child.stdout), 'line'),
    ended.then(() => {
      throw new Error(`the dashboard did not start: ${stderr.trimEnd().split('\n').at(-1) ?? ''}`);
    }),
  ])) as [string];
  const { url } = JSON.parse(line) as { url: string };
  return {
    url: new URL('/', url).href,
    cpuMs: () => cpuMsOf(child.pid!),
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

/** Linux counts in hundredths of a second. */
const TICK_MS = 10;

function cpuMsOf(pid: number): number | null {
  const path = `/proc/${pid}/stat`;
  if (!existsSync(path)) return null;
  // the name may hold anything, its closing parenthesis is the last one; user and system time are the 14th and 15th field
  const fields = readFileSync(path, 'utf8').split(')').at(-1)!.trim().split(' ');
  return (Number(fields[11]) + Number(fields[12])) * TICK_MS;
}
