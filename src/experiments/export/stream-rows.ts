// What the stream makes of a log: the real `loghorn consume` in a process of its own, into a store of its own, read out by
// the command that everybody uses. Nothing is shared with the notebook but the artifact's folder and the log.
import { rmSync } from 'node:fs';
import type { ComparableRow } from './parity.js';
import { runLoghorn } from './loghorn-process.js';

export interface StreamWords {
  readonly modelFolder: string;
  readonly logPath: string;
  /** Anew each time. */
  readonly storePath: string;
}

/** Without the clock: windows close by what the records say alone, so that a second run has nothing to differ by. */
export function consumeWords({ modelFolder, logPath, storePath }: StreamWords): readonly string[] {
  return [
    'consume',
    '--from',
    `file:${logPath}`,
    '--model',
    modelFolder,
    '--store',
    `sqlite:${storePath}`,
    '--until-end',
  ];
}

/**
 * @param featureNames in the order of the feature spec
 * @throws Error with the command's own words when it fails
 */
export async function streamRows(
  words: StreamWords,
  featureNames: readonly string[],
): Promise<readonly ComparableRow[]> {
  for (const ending of ['', '-wal', '-shm']) rmSync(`${words.storePath}${ending}`, { force: true });
  await runLoghorn(consumeWords(words));
  const text = await runLoghorn([
    'windows',
    '--store',
    `sqlite:${words.storePath}`,
    '--model',
    words.modelFolder,
    '--features',
  ]);
  return text
    .trimEnd()
    .split('\n')
    .map((line) => {
      const { features, ...row } = JSON.parse(line) as Omit<ComparableRow, 'features'> & {
        readonly features: Readonly<Record<string, number>>;
      };
      return { ...row, features: featureNames.map((name) => features[name]!) };
    });
}
