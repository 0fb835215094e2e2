// TrainTicket's snippets around injected faults: a minute before and two after, and the truth by window.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { readRecords } from '../input/read-records.js';
import { type InputFile, resolveInputs } from '../input/resolve-inputs.js';
import { dataFile, readDataTable, readDataText, truthTimeMs } from './data-files.js';

export interface Incident {
  readonly file: InputFile;
  readonly injectMs: number;
  /** By start of the window: whether it ends after the injection. */
  readonly windows: ReadonlyMap<number, boolean>;
}

interface IncidentTruth {
  readonly file: string;
  readonly inject_time: string;
}

/** @returns by file name. @throws InputError when the folder lacks `labels.json`, the table or a snippet */
export function readIncidents(folder: string): readonly Incident[] {
  const table = readDataTable(folder, 'windows_30s.csv');
  return (JSON.parse(readDataText(folder, 'labels.json')) as readonly IncidentTruth[])
    .map(({ file, inject_time: time }) => ({
      file: dataFile(folder, file),
      injectMs: truthTimeMs(time),
      windows: new Map(
        table
          .filter((row) => row['file'] === file)
          .map((row) => [truthTimeMs(row['window_start']!), row['label'] === '1'] as const),
      ),
    }))
    .sort((a, b) => (a.file.path < b.file.path ? -1 : 1));
}

/**
 * Copies of the snippets that end before their injection, in a folder that lasts as long as the work on them: a fit
 * must not see a line of what it will be asked about.
 */
export async function withHealthyParts<T>(
  incidents: readonly Incident[],
  work: (files: readonly InputFile[]) => Promise<T>,
): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'loghorn-healthy-'));
  try {
    const paths: string[] = [];
    for (const { file, injectMs } of incidents) {
      const lines: string[] = [];
      await readRecords([file], {}, (read) => {
        if (!read.ok || read.record.eventTimeMs >= injectMs) return;
        // a JSON record's attributes are the object that was its line
        lines.push(JSON.stringify(read.record.attributes));
      });
      const path = join(folder, basename(file.path).replace(/\.gz$/, ''));
      writeFileSync(path, `${lines.join('\n')}\n`);
      paths.push(path);
    }
    return await work(resolveInputs(paths));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
