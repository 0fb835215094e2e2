// Another program from start to end, with what it said: that it is not installed is an answer, not an exception.
import { spawn } from 'node:child_process';

export type ProgramResult =
  | { readonly kind: 'ended'; readonly exitCode: number; readonly output: string }
  | { readonly kind: 'late'; readonly output: string }
  | { readonly kind: 'missing'; readonly output: '' };

/** Standard output and error together; the program is killed when it takes longer. */
export async function runProgram(
  program: string,
  words: readonly string[],
  withinMs: number,
): Promise<ProgramResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, words, { stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    let isLate = false;
    const timer = setTimeout(() => {
      isLate = true;
      child.kill('SIGKILL');
    }, withinMs);
    const take = (chunk: Buffer): void => {
      output += chunk.toString('utf8');
    };
    child.stdout.on('data', take);
    child.stderr.on('data', take);
    child.on('error', (error: NodeJS.ErrnoException) => {
      clearTimeout(timer);
      if (error.code === 'ENOENT') resolve({ kind: 'missing', output: '' });
      else reject(error);
    });
    child.on('close', (exitCode) => {
      clearTimeout(timer);
      resolve(isLate ? { kind: 'late', output } : { kind: 'ended', exitCode: exitCode ?? 1, output });
    });
  });
}
