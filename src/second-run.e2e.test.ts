// The same command twice at a time, as happens in a second terminal: the second one is refused in a sentence and the first
// goes on; and whoever was killed with -9 stands in nobody's way.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';

const CLI = new URL('../dist/cli.js', import.meta.url).pathname;
const folder = mkdtempSync(join(tmpdir(), 'loghorn-twice-'));
const children: ChildProcess[] = [];
afterAll(() => {
  for (const child of children) child.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

const lines = Array.from({ length: 4000 }, (_, n) => {
  const time = new Date(Date.UTC(2026, 0, 5) + n * 2000).toISOString();
  return `${time} INFO request ${n} served in ${n % 17} ms`;
});
writeFileSync(join(folder, 'own.log'), `${lines.join('\n')}\n`);

/** Resolves once it has written the words. */
async function running(words: readonly string[], until: string): Promise<ChildProcess> {
  const child = spawn(process.execPath, [CLI, ...words], { cwd: folder });
  children.push(child);
  let said = '';
  await new Promise<void>((resolve, reject) => {
    const hear = (text: Buffer): void => {
      said += text.toString();
      if (said.includes(until)) resolve();
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.on('exit', (code) => reject(new Error(`it ended with ${code}: ${said}`)));
  });
  return child;
}

function runToEnd(words: readonly string[]): { readonly status: number | null; readonly stderr: string } {
  return spawnSync(process.execPath, [CLI, ...words], { cwd: folder, encoding: 'utf8' });
}

async function kill(child: ChildProcess): Promise<void> {
  child.removeAllListeners('exit');
  child.kill('SIGKILL');
  await once(child, 'exit');
}

test('start: the second is refused while the first is alive, and the next after a kill -9 goes on', async () => {
  const words = ['start', '--file', 'own.log', '--no-dashboard'];
  const first = await running(words, 'live');

  const second = runToEnd([...words, '--for', '1s']);
  const isFirstAlive = first.exitCode === null;
  await kill(first);
  const third = runToEnd([...words, '--for', '1s']);

  expect(second).toMatchObject({
    status: 1,
    stderr: expect.stringContaining('another start of own.log') as string,
  });
  expect(isFirstAlive).toBe(true);
  expect(third).toMatchObject({ status: 0 });
});

test('consume: the same file, store and artifact once at a time; another store is free', async () => {
  const models = join(folder, 'data', 'models');
  const model = join(models, readdirSync(models)[0]!);
  const words = ['consume', '--from', 'file:own.log', '--model', model, '--store', 'sqlite:results.db'];
  const first = await running([...words, '--follow'], 'records come');

  const second = runToEnd(words);
  const elsewhere = runToEnd([...words.slice(0, -1), 'sqlite:other.db']);
  const isFirstAlive = first.exitCode === null;
  await kill(first);
  const third = runToEnd(words);

  expect(second).toMatchObject({
    status: 1,
    stderr: expect.stringContaining('another process reads file:') as string,
  });
  expect(isFirstAlive).toBe(true);
  expect(elsewhere).toMatchObject({ status: 0 });
  expect(third).toMatchObject({ status: 0 });
});
