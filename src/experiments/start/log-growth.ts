// Whether a log is still being written, by its size each time it is looked at: its own times may name no zone, and those of its
// file may be of another machine's clock.
import { statSync } from 'node:fs';
import { InputError } from '../input/resolve-inputs.js';

export interface LogGrowth {
  /** Since something was last written to it, as far as is known, ms. @throws InputError when it is gone */
  quietMs(): number;
}

/** @param newestMs of its records, in time: it was written to then or later */
export function watchGrowth(path: string, newestMs: number): LogGrowth {
  const first = statLog(path);
  let changedMs = performance.now() - Math.max(0, Date.now() - Math.max(first.mtimeMs, newestMs));
  let { size } = first;
  return {
    quietMs: () => {
      const now = statLog(path);
      if (now.size !== size) changedMs = performance.now();
      size = now.size;
      return performance.now() - changedMs;
    },
  };
}

/** @throws InputError when it is gone, or cannot be looked at */
export function statLog(path: string): { readonly size: number; readonly mtimeMs: number } {
  try {
    const { size, mtimeMs } = statSync(path);
    return { size, mtimeMs };
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'ENOENT')
      throw new InputError(`${path} cannot be read: ${(cause as Error).message}`, { cause });
    throw new InputError(
      `${path} is not there any more: it was moved or deleted while it was read. Start again once there is one of this name, or name the one that it became`,
      { cause },
    );
  }
}
