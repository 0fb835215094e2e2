// Where Jupyter is: in the virtual environment that LOGHORN_JUPYTER names, in the one that CI makes, or on the PATH.
import { execFileSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** What to do about a missing one, as a sentence goes on after "to get it: ". */
export const HOW_TO_GET_JUPYTER =
  'python3 -m venv ~/.cache/loghorn/jupyter && ~/.cache/loghorn/jupyter/bin/pip install jupyterlab nbclient (or: apt install jupyter-notebook python3-nbclient)';

/** The folder that JUPYTER_PATH must hold for the kernel to be found. */
export const JUPYTER_FOLDER = fileURLToPath(new URL('../../../notebooks/jupyter/', import.meta.url));

const SERVERS = ['jupyter-lab', 'jupyter-notebook'];

/**
 * @returns the program that serves notebooks: JupyterLab, else the classic notebook; undefined when there is none
 * @throws Error when LOGHORN_JUPYTER names no virtual environment
 */
export function findJupyterServer(environment: NodeJS.ProcessEnv = process.env): string | undefined {
  const folders = binFolders(environment);
  return SERVERS.flatMap((name) => folders.map((folder) => join(folder, name))).find(isProgram);
}

/**
 * @returns a Python that can run notebooks; undefined when there is none
 * @throws Error when LOGHORN_JUPYTER names no virtual environment
 */
export function findJupyterPython(environment: NodeJS.ProcessEnv = process.env): string | undefined {
  const pythons = [...binFolders(environment), '/usr/bin'].map((folder) => join(folder, 'python3'));
  return pythons.filter(isProgram).find((python) => {
    try {
      execFileSync(python, ['-c', 'import nbclient, nbformat'], { stdio: 'ignore' });
      return true;
    } catch {
      return false; // this one has no nbclient; the next may
    }
  });
}

/** JUPYTER_PATH with the project's own kernels first. */
export function jupyterPath(environment: NodeJS.ProcessEnv = process.env): string {
  return [JUPYTER_FOLDER, ...(environment['JUPYTER_PATH'] ? [environment['JUPYTER_PATH']] : [])].join(
    delimiter,
  );
}

function binFolders(environment: NodeJS.ProcessEnv): string[] {
  const { LOGHORN_JUPYTER: named, PATH = '' } = environment;
  if (named && !isProgram(join(named, 'bin/python3')))
    throw new Error(`LOGHORN_JUPYTER must name a virtual environment, but there is no ${named}/bin/python3`);
  const own = join(environment['HOME'] ?? homedir(), '.cache/loghorn/jupyter');
  return [...(named ? [join(named, 'bin')] : []), join(own, 'bin'), ...PATH.split(delimiter)].filter(
    (folder) => folder !== '',
  );
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
