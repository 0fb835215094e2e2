// Commands of ours in processes of their own: what is measured is what a person would run.
import { spawn } from 'node:child_process';
import { join } from 'node:path';

const CLI = join(import.meta.dirname, '../../cli.js');

export interface RunningCommand {
  /** The last line of standard output as JSON, once it has ended. @throws Error with its last words when it failed */
  readonly result: Promise<unknown>;
  /** SIGTERM: to stop as a person would. */
  stop(): void;
}

/** Options by name without their dashes; true for one that takes no value. */
export type CommandWord = string | Readonly<Record<string, string | number | true>>;

export function startCommand(...words: readonly CommandWord[]): RunningCommand {
  const child = spawn(process.execPath, [CLI, ...words.flatMap(spell)], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString('utf8')));
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString('utf8')));
  const result = new Promise<unknown>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => {
      if (code !== 0)
        return reject(
          new Error(
            `loghorn ${words.filter((word) => typeof word === 'string').join(' ')} ended with ${code}: ${lastLine(stderr)}`,
          ),
        );
      return resolve(JSON.parse(lastLine(stdout)));
    });
  });
  // whoever waits for it is told; one that is stopped may have nobody
  result.catch(() => {});
  return { result, stop: () => child.kill('SIGTERM') };
}

export async function runCommand(...words: readonly CommandWord[]): Promise<unknown> {
  return startCommand(...words).result;
}

function spell(word: CommandWord): readonly string[] {
  if (typeof word === 'string') return [word];
  return Object.entries(word).flatMap(([name, value]) =>
    value === true ? [`--${name}`] : [`--${name}`, String(value)],
  );
}

function lastLine(text: string): string {
  return text.trimEnd().split('\n').at(-1) ?? '';
}
