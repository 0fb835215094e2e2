// A first look at somebody's log: which format it has, what of it could be read, when it was written, how loud it is.
// One pass; what is kept does not grow with the log but for one row a window.
import type { InputOptions } from '../../core/artifact.js';
import { describeLook } from '../../core/format/detect.js';
import { createRecordReader, type FormatName } from '../../core/format/reader.js';
import { SEVERITY_CLASSES, severityClassOf } from '../../core/window/pane.js';
import { readLines } from '../input/read-lines.js';
import { readRecords } from '../input/read-records.js';
import { InputError, type InputFile } from '../input/resolve-inputs.js';
import { createTally, type Tally } from '../input/tally.js';

export interface LogLook {
  readonly format: FormatName;
  /** As they stand, cut. */
  readonly firstLines: readonly string[];
  readonly tally: Tally;
  /** Of the first and the last record in time, ms. */
  readonly startMs: number;
  readonly endMs: number;
  /** Records of each source, most first. */
  readonly sources: readonly (readonly [source: string, records: number])[];
  readonly load: readonly LoadBin[];
  /** What is wrong with the files themselves, such as a gzip that breaks off; a sentence each. */
  readonly warnings: readonly string[];
}

/** Records that were written in one stretch of `binMs`. */
export interface LoadBin {
  readonly startMs: number;
  /** By SEVERITY_CLASSES. */
  readonly counts: readonly number[];
}

const FIRST_LINES = 5;
const MAX_CHARACTERS = 160;
const LOOK_LINES = 1000;

/**
 * @param files at least one; the format is that of the first
 * @param binMs length of the stretches in which records are counted
 * @throws InputError when its format is not found, or no line could be read, saying what was tried and what to do
 */
export async function lookAtLog(
  files: readonly InputFile[],
  input: InputOptions,
  binMs: number,
): Promise<LogLook> {
  const { format, firstLines } = await findFormat(files[0]!, input);
  const tally = createTally();
  const sources = new Map<string, number>();
  const bins = new Map<number, number[]>();
  let [startMs, endMs] = [Infinity, -Infinity];
  const warnings: string[] = [];
  const onWarning = (sentence: string): void => void warnings.push(sentence);
  await readRecords(files, { ...input, onWarning }, (read, file) => {
    tally.onRead(read, file.path);
    if (!read.ok) return;
    const { eventTimeMs, source, severity } = read.record;
    startMs = Math.min(startMs, eventTimeMs);
    endMs = Math.max(endMs, eventTimeMs);
    sources.set(source, (sources.get(source) ?? 0) + 1);
    const bin = Math.floor(eventTimeMs / binMs) * binMs;
    let counts = bins.get(bin);
    if (!counts) bins.set(bin, (counts = SEVERITY_CLASSES.map(() => 0)));
    counts[severityClassOf(severity)]!++;
  });
  return {
    format,
    firstLines,
    tally: tally.tally(),
    startMs,
    endMs,
    sources: [...sources].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)),
    load: [...bins].sort(([a], [b]) => a - b).map(([start, counts]) => ({ startMs: start, counts })),
    warnings,
  };
}

async function findFormat(
  file: InputFile,
  input: InputOptions,
): Promise<Pick<LogLook, 'format' | 'firstLines'>> {
  const reader = createRecordReader({ ...(input as object), defaultSource: file.defaultSource });
  const firstLines: string[] = [];
  let lines = 0;
  let records = 0;
  let example = '';
  const count = (read: { readonly ok: boolean; readonly reason?: string; readonly raw?: string }): void => {
    if (read.ok) records++;
    else example ||= `${read.reason}: ${JSON.stringify(read.raw?.slice(0, MAX_CHARACTERS))}`;
  };
  for await (const batch of readLines(file.path, {})) {
    for (const line of batch.slice(0, LOOK_LINES - lines)) {
      lines++;
      if (firstLines.length < FIRST_LINES && line.text.trim() !== '')
        firstLines.push(line.text.slice(0, MAX_CHARACTERS));
      reader.push(line, count);
    }
    if (lines >= LOOK_LINES) break;
  }
  reader.flush(count);
  if (lines === 0) throw new InputError(`${file.path} is empty: name a file with log lines`);
  const format = reader.format();
  const look = reader.look();
  if (format === 'unknown' || format === undefined)
    throw new InputError(
      `${file.path}: ${look ? describeLook(look) : 'no line says anything.'} ${WHAT_TO_DO}`,
    );
  if (records === 0)
    throw new InputError(
      `${file.path}: none of the first ${lines} lines could be read as '${format}'; first of them: ${example}. ${WHAT_TO_DO}`,
    );
  return { format, firstLines };
}

const WHAT_TO_DO =
  "In the first cell, set pattern to the fields of a line, and timeFormat to how its time is written: for 31/12/2026 23:59:59 that is pattern '<Date> <Time> <Content>' and timeFormat '%d/%m/%Y %H:%M:%S'.";
