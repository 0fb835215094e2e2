// The notebooks under real Jupyter, with the kernelspec that the project brings: outputs are those that are committed.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { requireOrSkip } from '../../require.testkit.js';
import { compareOutputs } from './compare-outputs.js';
import { findJupyterPython, HOW_TO_GET_JUPYTER, JUPYTER_FOLDER } from './find-jupyter.js';
import { findNotebooks, NOTEBOOKS } from './find-notebooks.js';
import { readNotebook } from './notebook-file.js';

const TIMEOUT_MS = 600_000;
const AT_THE_SAME_TIME = 2;
const python = findJupyterPython();

describe.runIf(requireOrSkip('jupyter', python !== undefined, HOW_TO_GET_JUPYTER))('under Jupyter', () => {
  const names = findNotebooks(NOTEBOOKS, []);
  const runs = new Map<string, Promise<Ran>>();
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'loghorn-jupyter-'));
    runSomeAtATime();
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test.each(names)(
    '%s gives the outputs that are committed',
    async (name) => {
      const { code, err } = await runs.get(name)!;

      expect({ code, err: code === 0 ? '' : err }).toEqual({ code: 0, err: '' });
      const file = `${name}.ipynb`;
      const [committed, fresh] = [readNotebook(join(NOTEBOOKS, file)), readNotebook(join(folder, file))];
      expect(compareOutputs(committed, fresh)).toEqual([]);
    },
    TIMEOUT_MS,
  );

  /** Each waits for the one that stands some places before it. */
  function runSomeAtATime(): void {
    for (const [place, name] of names.entries()) {
      const before =
        place < AT_THE_SAME_TIME ? Promise.resolve() : runs.get(names[place - AT_THE_SAME_TIME]!)!;
      runs.set(
        name,
        Promise.resolve(before).then(() => execute(name, folder)),
      );
    }
  }
});

interface Ran {
  readonly code: number | null;
  readonly err: string;
}

function execute(name: string, folder: string): Promise<Ran> {
  const child = spawn(
    python!,
    [join(JUPYTER_FOLDER, 'execute.py'), folder, join(NOTEBOOKS, `${name}.ipynb`)],
    {
      stdio: ['ignore', 'ignore', 'pipe'],
    },
  );
  let err = '';
  child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, err }));
  });
}
