// A half-written data set, remembered: where the file stood and the generator's state at that byte.

import { createHash } from 'node:crypto';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { describeSystem } from './describe-system.js';
import type { GeneratorState } from './generator.js';
import type { GeneratorOptions } from './options.js';

export interface Checkpoint {
  readonly version: 1;
  /** Of the options and of everything the simulated system can write: either of them other, and it is another data set. */
  readonly fingerprint: string;
  readonly options: GeneratorOptions;
  /** Length of the partial file that belongs to `state`; what follows it was written later and is cut off. */
  readonly bytes: number;
  readonly state: GeneratorState;
}

export type FoundCheckpoint =
  | { readonly found: true; readonly checkpoint: Checkpoint }
  /** `reason` is a sentence when there was one that cannot be used, and empty when there was none. */
  | { readonly found: false; readonly reason: string };

export function fingerprintOf(options: GeneratorOptions): string {
  const sorted = Object.entries(options).sort(([a], [b]) => (a < b ? -1 : 1));
  return createHash('sha256')
    .update(JSON.stringify([sorted, describeSystem()]))
    .digest('hex')
    .slice(0, 16);
}

export async function readCheckpoint(path: string, options: GeneratorOptions): Promise<FoundCheckpoint> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return { found: false, reason: '' };
    throw new Error(`cannot read the checkpoint ${path}: make it readable or delete it`, { cause });
  }
  let checkpoint: Checkpoint;
  try {
    checkpoint = JSON.parse(text) as Checkpoint;
  } catch {
    return { found: false, reason: `${path} is not JSON: starting over` };
  }
  if (checkpoint.version !== 1)
    return { found: false, reason: `${path} is of another version, wanted 1: starting over` };
  if (checkpoint.fingerprint !== fingerprintOf(options))
    return {
      found: false,
      reason:
        `${path} belongs to other options (${JSON.stringify(checkpoint.options)}) ` +
        `than those asked for (${JSON.stringify(options)}), or to another version: starting over`,
    };
  return { found: true, checkpoint };
}

export async function writeCheckpoint(path: string, checkpoint: Checkpoint): Promise<void> {
  await writeFileAtomically(path, JSON.stringify(checkpoint));
}

export async function removeCheckpoint(path: string): Promise<void> {
  await rm(path, { force: true });
}

/** Readers see the old content or the new, never half of it. */
export async function writeFileAtomically(path: string, text: string): Promise<void> {
  const temporary = `${path}.tmp`;
  await writeFile(temporary, text);
  await rename(temporary, path);
}
