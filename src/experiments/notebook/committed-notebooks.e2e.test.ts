// The notebooks as they are committed, run with Node alone: nothing about their outputs has changed. Where Jupyter is, it runs
// them all in another test, and the slow ones are not run twice.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { findJupyterPython } from './find-jupyter.js';
import { findNotebooks, NOTEBOOKS } from './find-notebooks.js';

const CLI = fileURLToPath(new URL('../../../dist/cli.js', import.meta.url));
const TIMEOUT_MS = 900_000;
/** Each takes half a minute of a processor or more. */
const SLOW = ['03-model-comparison', '04-error-analysis', '05-export-model'];

const names = findNotebooks(NOTEBOOKS, []).filter(
  (name) => findJupyterPython() === undefined || !SLOW.includes(name),
);

test(
  `${names.join(', ')}: each runs, and gives the outputs that are committed`,
  () => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [CLI, 'notebooks', ...names, '--check'], {
      encoding: 'utf8',
    });

    expect({ status, stderr: status === 0 ? '' : stderr }).toEqual({ status: 0, stderr: '' });
    const { notebooks } = JSON.parse(stdout) as { notebooks: { name: string; status: string }[] };
    expect(notebooks.map(({ name, status: told }) => [name, told])).toEqual(
      names.map((name) => [name, 'unchanged']),
    );
  },
  TIMEOUT_MS,
);
