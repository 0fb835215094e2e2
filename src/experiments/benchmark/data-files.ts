// The files of a data folder that somebody else collected: plain or gzip, and a sentence when one is not there.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { parseTimestamp } from '../../core/timestamp.js';
import { type InputFile, InputError, resolveInputs } from '../input/resolve-inputs.js';
import { type CsvRow, parseCsv } from './csv.js';

/** @throws InputError when the folder has neither the file nor the same with `.gz` */
export function readDataText(folder: string, name: string): string {
  const path = [name, `${name}.gz`].map((each) => join(folder, each)).find(existsSync);
  if (path === undefined) throw missing(folder, name);
  const bytes = readFileSync(path);
  return (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
}

export function readDataTable(folder: string, name: string): readonly CsvRow[] {
  return parseCsv(readDataText(folder, name));
}

/** @throws InputError when it is not there */
export function dataFile(folder: string, name: string): InputFile {
  const path = join(folder, name);
  if (!existsSync(path)) throw missing(folder, name);
  return resolveInputs([path])[0]!;
}

/** A time of a truth table; without zone it is UTC, as the records' are. @throws RangeError when it is none */
export function truthTimeMs(text: string): number {
  const timeMs = parseTimestamp(text, { zoneOffsetMinutes: 0 });
  if (timeMs === undefined) throw new RangeError(`the truth has '${text}' where a time should be`);
  return timeMs;
}

function missing(folder: string, name: string): InputError {
  return new InputError(
    `'${folder}' has no ${name}: name the folder that the README of this benchmark's data describes`,
  );
}
