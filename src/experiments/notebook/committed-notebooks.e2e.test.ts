// The notebooks as they are committed, run with Node alone: nothing about their outputs has changed.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const CLI = fileURLToPath(new URL('../../../dist/cli.js', import.meta.url));
const TIMEOUT_MS = 900_000;

test(
  'every notebook runs, and gives the outputs that are committed',
  () => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [CLI, 'notebooks', '--check'], {
      encoding: 'utf8',
    });

    expect({ status, stderr: status === 0 ? '' : stderr }).toEqual({ status: 0, stderr: '' });
    const { notebooks } = JSON.parse(stdout) as { notebooks: { status: string }[] };
    expect(new Set(notebooks.map((each) => each.status))).toEqual(new Set(['unchanged']));
  },
  TIMEOUT_MS,
);
