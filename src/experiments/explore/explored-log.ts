// A log that fits into memory, read once and with the template of each record, for looking at it from several sides.
// Through the reader, miner and matcher of the core: what a notebook counts is what the stream will count.
import type { LogRecord } from '../../core/record.js';
import { createMatcher, createMiner } from '../../core/template/miner.js';
import type { Template } from '../../core/template/template.js';
import { readRecords } from '../input/read-records.js';
import { InputError, resolveInputs } from '../input/resolve-inputs.js';

export interface ExploredLog {
  /** In the order of their inputs, merged by time. */
  readonly records: readonly LogRecord[];
  readonly templates: readonly Template[];
  /** By record: index into `templates`. */
  readonly templateOf: Int32Array;
  /** Names of the services, sorted. */
  readonly sources: readonly string[];
}

/**
 * Keeps every record: for some hundred thousand, not for millions.
 *
 * @throws InputError when an input cannot be read or holds no record
 */
export async function readExploredLog(inputs: readonly string[]): Promise<ExploredLog> {
  const records: LogRecord[] = [];
  await readRecords(resolveInputs(inputs), {}, (read) => {
    if (read.ok) records.push(read.record);
  });
  if (records.length === 0) throw new InputError(`no line of ${inputs.join(', ')} is a log record`);

  const miner = createMiner('shape');
  // each of them, DEBUG too: here the question is what was written, not what is watched
  for (const { body, source } of records) miner.learn(body, source);
  const matcher = createMatcher(miner.freeze());
  return {
    records,
    templates: matcher.templates,
    templateOf: Int32Array.from(records, ({ body }) => matcher.match(body)),
    sources: [...new Set(records.map(({ source }) => source))].sort(),
  };
}
