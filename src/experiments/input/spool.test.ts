import { execFileSync, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createLogFolder, type LogFolder } from './input.testkit.js';
import { resolveInputs } from './resolve-inputs.js';
import { spoolStandardInput } from './spool.js';

let folder: LogFolder;
beforeAll(() => (folder = createLogFolder()));
afterAll(() => folder.remove());

test.skipIf(process.platform === 'win32')(
  'a named pipe can be read twice, and a file stays where it is',
  async () => {
    const file = folder.write('app.log', 'kept\n');
    const pipe = join(folder.path, 'pipe.log');
    execFileSync('mkfifo', [pipe]);
    spawn('sh', ['-c', 'echo passing > "$0"', pipe]);

    const [spooled, untouched] = await spoolStandardInput(resolveInputs([pipe, file]));

    expect(spooled).toMatchObject({ bytes: 8, defaultSource: 'pipe' });
    expect([1, 2].map(() => readFileSync(spooled!.path, 'utf8'))).toEqual(['passing\n', 'passing\n']);
    expect(untouched!.path).toBe(file);
  },
);
