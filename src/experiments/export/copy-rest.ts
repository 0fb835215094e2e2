// The part of a log that a fit has not seen, as a file of its own: what a stream that begins there would read.
import { createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import type { InputOptions } from '../../core/artifact.js';
import { readLines } from '../input/read-lines.js';
import { readRecords } from '../input/read-records.js';
import { type InputFile, resolveInputs } from '../input/resolve-inputs.js';

/**
 * Copies the lines from the first record at or behind a moment on, as they stand (unpacked).
 *
 * @throws RangeError when nothing lies behind it
 */
export async function copyRest(
  file: InputFile,
  fromMs: number,
  to: string,
  input: InputOptions = {},
): Promise<InputFile> {
  let firstLine = Infinity;
  await readRecords([file], input, (read) => {
    if (read.ok && read.record.eventTimeMs >= fromMs) firstLine = Math.min(firstLine, read.line);
  });
  if (firstLine === Infinity)
    throw new RangeError(
      `${file.path} ends before ${new Date(fromMs).toISOString()}: leave a part of it out of the fit`,
    );
  const out = createWriteStream(to);
  for await (const lines of readLines(file.path, {}))
    out.write(lines.flatMap(({ number, text }) => (number >= firstLine ? [`${text}\n`] : [])).join(''));
  out.end();
  await finished(out);
  return resolveInputs([to])[0]!;
}
