// One broker as a child process: started, watched, stopped by its own pid. It ends with us, even when we are killed.
import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

export interface BrokerProcess {
  readonly pid: number;
  /** Undefined while it runs. */
  exit(): string | undefined;
  /** Resolves once it is gone; SIGKILL follows when it takes too long. */
  stop(signal?: NodeJS.Signals): Promise<void>;
}

const STOP_WITHIN_MS = 20_000;

/** @param logPath where its standard output and error are appended to */
export function startBroker(javaWords: readonly string[], logPath: string): BrokerProcess {
  const log = openSync(logPath, 'a');
  const child = spawn('java', javaWords, {
    stdio: ['ignore', log, log],
    // a Ctrl-C in the terminal is for us to handle, not for each broker by itself
    detached: true,
  });
  closeSync(log);
  const gone = new Promise<void>((resolve) => {
    child.on('exit', () => resolve());
    child.on('error', () => resolve());
  });
  if (child.pid === undefined) throw new Error('java could not be started: is it on the PATH?');
  const pid = child.pid;
  const guard = killWithUs(pid);
  // before its pid can be another's
  void gone.then(() => guard.kill('SIGKILL'));
  return {
    pid,
    exit: () => {
      if (child.exitCode !== null) return `exit code ${child.exitCode}`;
      return child.signalCode ?? undefined;
    },
    stop: async (signal = 'SIGTERM') => {
      child.kill(signal);
      const patience = new AbortController();
      const late = sleep(STOP_WITHIN_MS, 'late', { signal: patience.signal }).catch(() => 'gone');
      if ((await Promise.race([gone, late])) === 'late') child.kill('SIGKILL');
      patience.abort();
      await gone;
    },
  };
}

/** A shell that waits for the end of a pipe which only we hold: it comes however we end. */
function killWithUs(pid: number): ChildProcess {
  const guard = spawn('sh', ['-c', `cat >/dev/null; kill -9 ${pid}`], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  });
  guard.on('error', () => {});
  guard.unref();
  (guard.stdin as unknown as { unref(): void }).unref();
  return guard;
}

/** The last lines of a broker's log that tell what went wrong. */
export function lastErrors(logPath: string): string {
  const lines = readFileSync(logPath, 'utf8').trimEnd().split('\n');
  const errors = lines.filter((line) => /\b(ERROR|FATAL|Exception)\b/.test(line));
  return (errors.length > 0 ? errors : lines).slice(-3).join(' | ').slice(0, 600);
}
