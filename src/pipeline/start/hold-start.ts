// One `start` at a time of the same shop or log: a second one in the same folder would take over from the first and end it.
import { createHash } from 'node:crypto';
import { join, resolve } from 'node:path';
import { type ProcessLock, takeProcessLock } from '../adapters/process-lock.js';

/**
 * @param file a log of one's own; undefined for the demo
 * @throws Error while another one runs
 */
export function holdStart(dataFolder: string, file: string | undefined): ProcessLock {
  const name =
    file === undefined
      ? 'demo'
      : `own-${createHash('sha256').update(resolve(file)).digest('hex').slice(0, 8)}`;
  const lock = takeProcessLock(join(dataFolder, `${name}.lock`));
  if (lock === undefined)
    throw new Error(
      `another start of ${file ?? 'the demo'} runs on ${dataFolder}: look at its dashboard, stop it first, or give this one a folder of its own with --data`,
    );
  return lock;
}
