// Standard input and named pipes can be read once and the fit reads twice: they are kept in files for as long as the
// process lives.
import { createReadStream, createWriteStream, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { InputFile } from './resolve-inputs.js';

/** Also what a shell gives for `<(command)`: everything that is no regular file. */
export async function spoolStandardInput(files: readonly InputFile[]): Promise<readonly InputFile[]> {
  const isStream = ({ path }: InputFile): boolean => path === '-' || !statSync(path).isFile();
  if (!files.some(isStream)) return files;
  const folder = mkdtempSync(join(tmpdir(), 'loghorn-'));
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  const spooled: InputFile[] = [];
  for (const [index, file] of files.entries()) {
    if (!isStream(file)) {
      spooled.push(file);
      continue;
    }
    const path = join(folder, file.path === '-' ? 'stdin' : `pipe-${index}`);
    await pipeline(file.path === '-' ? process.stdin : createReadStream(file.path), createWriteStream(path));
    spooled.push({ ...file, path, bytes: statSync(path).size });
  }
  return spooled;
}
