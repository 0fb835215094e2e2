// Ctrl-C and SIGTERM as a signal that work can stop at: once to stop cleanly, twice to stop at once.

/** Exit code of a command that the user stopped, as shells have it. */
export const STOPPED_EXIT_CODE = 130;

export function stopOnInterrupt(): AbortSignal {
  const controller = new AbortController();
  const onSignal = (): void => {
    if (controller.signal.aborted) process.exit(STOPPED_EXIT_CODE);
    process.stderr.write('\nstopping; once more to stop at once\n');
    controller.abort();
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  return controller.signal;
}
