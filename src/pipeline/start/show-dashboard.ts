// The dashboard of a `start`: in the same process, on its usual port or, where that is taken, on any free one.
import { DEFAULT_DASHBOARD_PORT } from '../commands/dashboard.js';
import { type Dashboard, serveDashboard } from '../dashboard/serve-dashboard.js';
import type { StartRun } from './start-run.js';

/** Undefined where none is wanted. @param storePath of a store that is there */
export async function showDashboard(storePath: string, run: StartRun): Promise<Dashboard | undefined> {
  const { flags, clock, paint, print } = run;
  if (!flags.dashboard) return undefined;
  const serve = (port: number): Promise<Dashboard> =>
    serveDashboard({
      store: { kind: 'sqlite', path: storePath },
      host: '127.0.0.1',
      port,
      publicUrl: undefined,
      allowedHosts: [],
      model: undefined,
      clock,
      env: process.env,
      onWarning: print,
    });
  const wanted = flags.port ?? DEFAULT_DASHBOARD_PORT;
  const dashboard = await serve(wanted).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EADDRINUSE') throw error;
    if (flags.port !== undefined)
      throw new Error(`port ${wanted} is taken: choose another with --port, or leave it out for a free one`, {
        cause: error,
      });
    print(paint('dim', `  port ${wanted} is taken: the dashboard takes a free one`));
    return serve(0);
  });
  print(`${paint('green', '◉ dashboard')}  ${dashboard.url}`);
  return dashboard;
}
