// What is said before a store of an earlier version is brought up to date, which a big one keeps people waiting for.

/** Windows beyond which it takes more than a moment. */
export const MANY_WINDOWS = 200_000;

export function describeUpdate(where: string, windows: number): string {
  return `${where} is of an earlier version and is brought up to date, once: with its ${windows} windows this may take some minutes`;
}
