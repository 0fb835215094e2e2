// Log files in a folder of their own for one test file, and what is read from them.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { LogRecord, Read } from '../../core/record.js';
import { readRecords, type ReadRecordsOptions } from './read-records.js';
import { resolveInputs } from './resolve-inputs.js';

export interface LogFolder {
  readonly path: string;
  /** Writes a file, its folders too; returns its path. */
  write(name: string, content: string | Uint8Array): string;
  remove(): void;
}

export function createLogFolder(): LogFolder {
  const path = mkdtempSync(join(tmpdir(), 'loghorn-test-'));
  return {
    path,
    write: (name, content) => {
      const file = join(path, name);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, content);
      return file;
    },
    remove: () => rmSync(path, { recursive: true, force: true }),
  };
}

/** One line of NDJSON. */
export function lineOf({ eventTimeMs, source, severity, body }: LogRecord): string {
  const level = ['trace', 'debug', 'info', 'warn', 'error', 'fatal'][
    Math.max(0, Math.ceil(severity / 4) - 1)
  ];
  return JSON.stringify({
    time: new Date(eventTimeMs).toISOString(),
    service: source,
    ...(severity > 0 ? { level } : {}),
    msg: body,
  });
}

export const textOf = (records: readonly LogRecord[]): string =>
  records.map((each) => `${lineOf(each)}\n`).join('');

export async function readAll(
  named: readonly string[],
  options: ReadRecordsOptions = {},
): Promise<readonly (Read & { readonly file: string })[]> {
  const reads: (Read & { readonly file: string })[] = [];
  await readRecords(resolveInputs(named), options, (read, { path }) => reads.push({ ...read, file: path }));
  return reads;
}
