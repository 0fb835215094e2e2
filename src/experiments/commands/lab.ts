// `loghorn lab`: opens the notebooks in Jupyter, with the kernel that the project brings.
import { spawn } from 'node:child_process';
import type { Command } from 'commander';
import { findJupyterServer, HOW_TO_GET_JUPYTER, jupyterPath } from '../notebook/find-jupyter.js';
import { NOTEBOOKS } from '../notebook/find-notebooks.js';

export function registerLab(program: Command): void {
  program
    .command('lab')
    .summary('open the notebooks in Jupyter')
    .description(
      'Starts JupyterLab, or the classic notebook, on this machine only, with the TypeScript kernel of the project. LOGHORN_JUPYTER names a virtual environment to take it from. Ctrl-C ends it.',
    )
    .argument('[words...]', 'handed on, e.g. --no-browser --port 9000')
    .allowUnknownOption()
    .action((options: readonly string[]) => serve(options));
}

/**
 * Settles when Jupyter has ended, with its exit code as ours.
 *
 * @throws Error when there is no Jupyter
 */
function serve(options: readonly string[]): Promise<void> {
  const server = findJupyterServer();
  if (server === undefined)
    throw new Error(
      `Jupyter is not there, neither in LOGHORN_JUPYTER nor on the PATH; to get it: ${HOW_TO_GET_JUPYTER}`,
    );
  // a process group of its own: Ctrl-C reaches it as a plain request to end, not as a question at the terminal
  const child = spawn(server, ['--ip=127.0.0.1', ...options], {
    cwd: NOTEBOOKS,
    env: { ...process.env, JUPYTER_PATH: jupyterPath() },
    stdio: ['ignore', 'inherit', 'inherit'],
    detached: true,
  });
  let isStopped = false;
  const stop = (): void => {
    isStopped = true;
    child.kill('SIGTERM');
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => {
      if (!isStopped) process.exitCode = code ?? 1;
      resolve();
    });
  });
}
