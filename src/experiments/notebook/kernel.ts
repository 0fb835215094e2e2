// A kernel process as seen from outside: cells go in one after the other, what each says and how it ended comes out.
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { FromKernel, ToKernel } from './kernel-messages.js';

/** How the kernel answered: in order, or by ending. */
export type KernelAnswer =
  | { readonly kind: 'answered'; readonly isGood: boolean }
  | { readonly kind: 'ready'; readonly languageInfo: Readonly<Record<string, unknown>> }
  | { readonly kind: 'gone'; readonly how: string; readonly lastWords: string };

export interface Kernel {
  /** Settles once the kernel is ready for the first cell. */
  start(): Promise<KernelAnswer>;
  /** @param onOutput is told what the kernel says from now on, later than the answer, too */
  run(code: string, onOutput: (message: KernelOutput) => void): Promise<KernelAnswer>;
  /** Waits for errors that come late, then ends the process. */
  finish(): Promise<KernelAnswer>;
  /** Ends the process wherever it is; every open question is answered with `gone`. */
  kill(): void;
}

export type KernelOutput = Extract<FromKernel, { kind: 'stream' | 'display' | 'floating' }>;

const KERNEL_PROCESS = fileURLToPath(new URL('kernel-process.js', import.meta.url));
const KILL_AFTER_MS = 2000;
const LAST_WORDS = 4000;

/**
 * @param folder where the cells find themselves; their imports start here
 * @param variables LOGHORN_… parameters, over the environment of this process
 */
export function startKernel(folder: string, variables: Readonly<Record<string, string>>): Kernel {
  const child = fork(KERNEL_PROCESS, {
    cwd: folder,
    env: { ...process.env, ...SAME_EVERYWHERE, ...variables },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  let lastWords = '';
  let hasFinished = false;
  // what is written past tslab (by native code, or while dying) is in no cell's outputs
  for (const stream of [child.stdout!, child.stderr!])
    stream.on('data', (chunk: Buffer) => (lastWords = `${lastWords}${chunk.toString()}`.slice(-LAST_WORDS)));

  let gone: KernelAnswer | undefined;
  let answer: ((answer: KernelAnswer) => void) | undefined;
  let onOutput: (message: KernelOutput) => void = () => {};
  const settle = (value: KernelAnswer): void => {
    answer?.(value);
    answer = undefined;
  };
  const ask = (message?: ToKernel): Promise<KernelAnswer> =>
    new Promise((resolve) => {
      if (gone !== undefined) return resolve(gone);
      answer = resolve;
      // a kernel that is going away is noticed by its end, not by this
      if (message !== undefined) child.send(message, () => {});
    });

  child.on('message', (message: FromKernel) => {
    if (message.kind === 'ready') settle(message);
    else if (message.kind === 'finished') {
      hasFinished = true;
      killLater();
    } else if (message.kind === 'done') settle({ kind: 'answered', isGood: message.isGood });
    else onOutput(message);
  });
  const end = (how: string): void => {
    gone ??= { kind: 'gone', how, lastWords };
    settle(hasFinished ? { kind: 'answered', isGood: true } : gone);
  };
  const killLater = (): void => {
    const timer = setTimeout(() => child.kill('SIGKILL'), KILL_AFTER_MS);
    child.once('close', () => clearTimeout(timer));
  };
  child.on('error', (error) => end(error.message));
  child.on('close', (code, signal) => end(signal === null ? `exit code ${code}` : `signal ${signal}`));

  return {
    start: () => ask(),
    run: (code, listener) => {
      onOutput = listener;
      return ask({ kind: 'run', code });
    },
    finish: () => ask({ kind: 'finish' }),
    kill: () => {
      if (gone !== undefined) return;
      child.kill('SIGTERM');
      killLater();
    },
  };
}

/** What outputs could depend on otherwise: the kernelspec for Jupyter says the same. */
const SAME_EVERYWHERE = {
  TZ: 'UTC',
  LC_ALL: 'en_US.UTF-8',
  DOTENV_CONFIG_QUIET: 'true',
  FORCE_COLOR: undefined,
};
