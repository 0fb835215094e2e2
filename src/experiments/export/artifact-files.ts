// The files of an artifact as a table: what a person sees in the folder.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Row } from '../notebook/row.js';

/** By name. */
export function artifactFiles(folder: string): readonly Row[] {
  return readdirSync(folder)
    .sort()
    .map((file) => {
      const bytes = readFileSync(join(folder, file));
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      return { file, bytes: bytes.length, 'SHA-256': `${sha256.slice(0, 16)}…` };
    });
}
