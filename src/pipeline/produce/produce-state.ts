// Where a producer is, in a file of its own: written whole or not at all, and only about what was acknowledged.
import { randomUUID } from 'node:crypto';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Json } from '../ports.js';
import type { PartitionEnd } from './shipper.js';
import { makeFolder } from '../../shell/make-folder.js';

/** Shape of the file that `--state` names. */
export interface ProduceState {
  readonly version: 1;
  /** Stands on everything that this producer appends. */
  readonly producerId: string;
  /** What was read and where it went; another pair needs another file. */
  readonly from: string;
  readonly to: string;
  /** Undefined before the first acknowledged record. */
  readonly position?: Json;
  /** By partition: where the topic ended for us at that position. */
  readonly ends: Readonly<Record<string, PartitionEnd>>;
}

/**
 * @returns what the file says, or a new beginning with `isNew`
 * @throws Error when the file belongs to another input or topic, or is none of ours
 */
export function readProduceState(
  path: string | undefined,
  from: string,
  to: string,
): { readonly state: ProduceState; readonly isNew: boolean } {
  const fresh = { version: 1, producerId: randomUUID(), from, to, ends: {} } as const;
  if (path === undefined) return { state: fresh, isNew: true };
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return { state: fresh, isNew: true };
    throw new Error(`cannot read ${path}: --state names a file that this command may write`, { cause });
  }
  const state = parse(text, path);
  if (state.from !== from || state.to !== to)
    throw new Error(
      `${path} is about ${state.from} to ${state.to}, this is ${from} to ${to}: use a --state file of its own`,
    );
  return { state, isNew: false };
}

export function writeProduceState(path: string, state: ProduceState): void {
  makeFolder(dirname(path));
  writeFileSync(`${path}.tmp`, JSON.stringify(state));
  renameSync(`${path}.tmp`, path);
}

function parse(text: string, path: string): ProduceState {
  let state: ProduceState | undefined;
  try {
    state = JSON.parse(text) as ProduceState;
  } catch {
    state = undefined;
  }
  if (state?.version !== 1 || typeof state.producerId !== 'string')
    throw new Error(`${path} is no state of a producer: delete it to send everything again, or name another`);
  return state;
}
