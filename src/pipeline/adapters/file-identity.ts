// Which file a path names: by inode and by how the file begins, so that a rotated log is known again under its new name
// and another file is not taken for the one that was read before.
import { createHash } from 'node:crypto';
import { type FileHandle, open, readdir, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/** Plain JSON. */
export interface FileIdentity {
  /** As text: an inode may not fit a number. */
  readonly inode: string;
  /** So many bytes of its beginning were hashed; 0 of a file that was empty. */
  readonly headBytes: number;
  readonly headHash: string;
}

const HEAD_BYTES = 1024;

export async function identify(file: FileHandle, headBytes = HEAD_BYTES): Promise<FileIdentity> {
  const buffer = Buffer.alloc(headBytes);
  const { bytesRead } = await file.read(buffer, 0, headBytes, 0);
  const head = buffer.subarray(0, bytesRead);
  return {
    inode: (await file.stat({ bigint: true })).ino.toString(),
    headBytes: bytesRead,
    headHash: createHash('sha256').update(head).digest('hex').slice(0, 16),
  };
}

/** Whether the file begins as the one remembered did; a copy under another inode does too. */
export async function beginsAs(file: FileHandle, known: FileIdentity): Promise<boolean> {
  const { headBytes, headHash } = await identify(file, known.headBytes);
  return headBytes === known.headBytes && headHash === known.headHash;
}

/** @returns inode of what the path names now; undefined while there is nothing */
export async function inodeAt(path: string): Promise<string | undefined> {
  try {
    return (await stat(path, { bigint: true })).ino.toString();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Looks for a log that was rotated away: `app.log.1` or `app-2026.log` beside `app.log`. @returns its path */
export async function findRotated(path: string, known: FileIdentity): Promise<string | undefined> {
  const stem = basename(path).split('.')[0]!;
  for (const name of await readdir(dirname(path))) {
    const candidate = join(dirname(path), name);
    if (!name.startsWith(stem) || (await inodeAt(candidate)) !== known.inode) continue;
    const file = await open(candidate);
    try {
      if (await beginsAs(file, known)) return candidate;
    } finally {
      await file.close();
    }
  }
  return undefined;
}
