// Noticing that the process which started us, or another one, is gone, however it went: nobody would stop us then.

const LOOK_EVERY_MS = 500;

/** @returns a signal that aborts once the parent is another than now; never when there was none to begin with */
export function whenParentGoes(parentPid = (): number => process.ppid): AbortSignal {
  const first = parentPid();
  return whenever(() => first > 1 && parentPid() !== first);
}

/** @returns a signal that aborts once there is no such process */
export function whenProcessGoes(pid: number): AbortSignal {
  return whenever(() => !isAlive(pid));
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // somebody else's process is one that lives
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function whenever(isGone: () => boolean): AbortSignal {
  const controller = new AbortController();
  const timer = setInterval(() => {
    if (!isGone()) return;
    clearInterval(timer);
    controller.abort();
  }, LOOK_EVERY_MS);
  timer.unref();
  return controller.signal;
}
