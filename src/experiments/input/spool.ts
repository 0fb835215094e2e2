// Standard input can be read once and the fit reads twice: it is kept in a file for as long as the process lives.
import { createWriteStream, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { InputFile } from './resolve-inputs.js';

export async function spoolStandardInput(files: readonly InputFile[]): Promise<readonly InputFile[]> {
  if (!files.some(({ path }) => path === '-')) return files;
  const folder = mkdtempSync(join(tmpdir(), 'loghorn-'));
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  const path = join(folder, 'stdin');
  await pipeline(process.stdin, createWriteStream(path));
  return files.map((file) => (file.path === '-' ? { ...file, path, bytes: statSync(path).size } : file));
}
