// A folder with all that it lies in. Node's own recursive way never comes back where the system says that there is no such
// place, as below /proc: it makes the parent, is told that it is there, and tries again.
import { existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

/** @throws what the system says of the first folder that cannot be made */
export function makeFolder(path: string): void {
  const missing: string[] = [];
  for (let at = resolve(path); !existsSync(at); at = dirname(at)) missing.push(at);
  for (const folder of missing.reverse()) makeOne(folder);
  // a file of that name is in the way: the system says so
  if (!statSync(path).isDirectory()) mkdirSync(path);
}

function makeOne(folder: string): void {
  try {
    mkdirSync(folder);
  } catch (error) {
    // another process was quicker
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}
