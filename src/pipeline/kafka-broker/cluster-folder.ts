// The folder that a cluster keeps its data in, with a note of whose it is: what was written by another shape of cluster
// or a newer Kafka is refused before a broker touches it.
import { randomBytes } from 'node:crypto';
import { readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeFolder } from '../../shell/make-folder.js';

/** Shape of `cluster.json`. */
export interface ClusterNote {
  readonly clusterId: string;
  readonly kafkaVersion: string;
  readonly brokers: number;
}

const NOTE = 'cluster.json';

/**
 * Reads the note, or makes the folder and says so with `isNew`.
 *
 * @throws Error when the folder holds something else, another number of brokers, or the data of a newer Kafka
 */
export async function claimFolder(
  folder: string,
  wanted: Omit<ClusterNote, 'clusterId'>,
): Promise<{ readonly note: ClusterNote; readonly isNew: boolean }> {
  const known = await readNote(folder);
  if (known === undefined) {
    const names = await readdir(folder).catch((): string[] => []);
    if (names.length > 0)
      throw new Error(
        `${folder} holds files (${names.slice(0, 3).join(', ')}) but no Kafka cluster of ours: name an empty or new folder with LOGHORN_KAFKA_DIR`,
      );
    return { note: { clusterId: newClusterId(), ...wanted }, isNew: true };
  }
  const other = `use another folder with LOGHORN_KAFKA_DIR, or delete this one to lose what it holds`;
  if (known.brokers !== wanted.brokers)
    throw new Error(
      `${folder} belongs to a cluster of ${known.brokers}, ${wanted.brokers} was asked for: add --brokers ${known.brokers}, ${other}`,
    );
  if (compareVersions(known.kafkaVersion, wanted.kafkaVersion) > 0)
    throw new Error(
      `${folder} was written by Kafka ${known.kafkaVersion}, which the older ${wanted.kafkaVersion} cannot read: add --kafka-version ${known.kafkaVersion}, ${other}`,
    );
  return { note: { ...known, kafkaVersion: wanted.kafkaVersion }, isNew: false };
}

/** Only once every node is formatted: a folder without a note is not taken for a cluster. */
export async function writeNote(folder: string, note: ClusterNote): Promise<void> {
  makeFolder(folder);
  const path = join(folder, NOTE);
  await writeFile(`${path}.tmp`, `${JSON.stringify(note)}\n`);
  await rename(`${path}.tmp`, path);
}

async function readNote(folder: string): Promise<ClusterNote | undefined> {
  let text: string;
  try {
    text = await readFile(join(folder, NOTE), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  try {
    return JSON.parse(text) as ClusterNote;
  } catch (cause) {
    throw new Error(`${join(folder, NOTE)} is not JSON: this is no cluster folder of ours`, { cause });
  }
}

/** 16 bytes as Kafka writes them; never with a leading dash, which would read as an option. */
function newClusterId(): string {
  const id = randomBytes(16).toString('base64url');
  return id.startsWith('-') ? `A${id.slice(1)}` : id;
}

function compareVersions(a: string, b: string): number {
  const [left, right] = [a, b].map((text) => text.split('.').map(Number));
  for (let i = 0; i < 3; i++) {
    const difference = (left![i] ?? 0) - (right![i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
