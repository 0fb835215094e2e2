// The end of a command: what client libraries left behind, such as a connection that they open once more, does not keep the
// process from it.

const EXIT_AFTER_MS = 2000;

/** Ends the process with its exit code, should it still run a little later. */
export function exitSoon(): void {
  setTimeout(() => process.exit(), EXIT_AFTER_MS).unref();
}
