import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findJupyterPython, findJupyterServer, JUPYTER_FOLDER, jupyterPath } from './find-jupyter.js';

let root = '';
beforeEach(() => void (root = mkdtempSync(join(tmpdir(), 'loghorn-jupyter-'))));
afterEach(() => rmSync(root, { recursive: true }));

/** @returns the program's path */
function addProgram(folder: string, name: string, exitCode = 0): string {
  const path = join(root, folder, name);
  mkdirSync(join(root, folder), { recursive: true });
  writeFileSync(path, `#!/bin/sh\nexit ${exitCode}\n`);
  chmodSync(path, 0o755);
  return path;
}

test('a named environment comes first, then the one in the cache, then the PATH', () => {
  const environment = {
    HOME: join(root, 'home'),
    PATH: join(root, 'path'),
    LOGHORN_JUPYTER: join(root, 'named'),
  };

  addProgram('named/bin', 'python3');
  expect(findJupyterServer(environment)).toBeUndefined();
  const onPath = addProgram('path', 'jupyter-lab');
  expect(findJupyterServer(environment)).toBe(onPath);
  const cached = addProgram('home/.cache/loghorn/jupyter/bin', 'jupyter-lab');
  expect(findJupyterServer(environment)).toBe(cached);
  const named = addProgram('named/bin', 'jupyter-lab');
  expect(findJupyterServer(environment)).toBe(named);
});

test('a named environment that is none is told, rather than another taken', () => {
  const environment = { HOME: join(root, 'home'), PATH: '', LOGHORN_JUPYTER: join(root, 'nowhere') };

  expect(() => findJupyterServer(environment)).toThrow(/LOGHORN_JUPYTER .*nowhere\/bin\/python3/);
  expect(() => findJupyterPython(environment)).toThrow(/LOGHORN_JUPYTER/);
});

test('JupyterLab is taken before the classic notebook, wherever it is', () => {
  const environment = { HOME: join(root, 'home'), PATH: `${join(root, 'a')}:${join(root, 'b')}` };
  const classic = addProgram('a', 'jupyter-notebook');

  expect(findJupyterServer(environment)).toBe(classic);
  const lab = addProgram('b', 'jupyter-lab');
  expect(findJupyterServer(environment)).toBe(lab);
});

test('a Python that cannot run notebooks is passed over', () => {
  const environment = { HOME: join(root, 'home'), PATH: `${join(root, 'a')}:${join(root, 'b')}` };
  addProgram('a', 'python3', 1);
  const able = addProgram('b', 'python3', 0);

  expect(findJupyterPython(environment)).toBe(able);
});

test('kernels of the project come first', () => {
  expect(jupyterPath({ JUPYTER_PATH: '/x' })).toBe(`${JUPYTER_FOLDER}:/x`);
  expect(jupyterPath({})).toBe(JUPYTER_FOLDER);
});
