// The dashboard's server as a process of its own, for the tests of its page.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

const CLI = join(import.meta.dirname, '../../../dist/cli.js');

export interface DashboardServer {
  /** With a slash at its end. */
  readonly url: string;
  /** Resolves once it is gone. */
  stop(): Promise<void>;
}

/** @param path of a SQLite store @param options.port 0 for any that is free */
export async function serveStore(
  path: string,
  { port = 0, env = {} }: { readonly port?: number; readonly env?: NodeJS.ProcessEnv } = {},
): Promise<DashboardServer> {
  const words = [CLI, 'dashboard', '--store', `sqlite:${path}`, '--port', String(port), '--json'];
  const child: ChildProcess = spawn(process.execPath, words, {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, ...env },
  });
  const [line] = (await once(child.stdout!, 'data')) as [Buffer];
  const { url } = JSON.parse(line.toString()) as { url: string };
  return {
    url,
    stop: async () => {
      if (child.exitCode !== null) return;
      child.kill();
      await once(child, 'exit');
    },
  };
}
