// What the user named as input, as files: paths, globs, folders and `-`.
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { globSync } from 'tinyglobby';
import { sourceOfPath } from '../../core/source-name.js';

export interface InputFile {
  /** `-` for standard input. */
  readonly path: string;
  /** Size on disk; 0 for standard input. */
  readonly bytes: number;
  /** The source of records that name none: the file's name without its endings. */
  readonly defaultSource: string;
}

/** An input that cannot be used, in a sentence that says what to do. */
export class InputError extends Error {
  override readonly name = 'InputError';
}

/** Not logs, though they often lie beside them: ground truth, tables, pictures, notes. */
const LOG_NAME =
  /\.(log|txt|json|jsonl|ndjson|out|err|syslog)(\.\d+)?(\.gz)?$|\.log[-.]\d|^(messages|syslog|dmesg)/i;
const NOT_LOGS = /^(labels|package|manifest|generate\.checkpoint).*\.json$/i;

/** @throws InputError when something named does not exist or a folder holds no log */
export function resolveInputs(named: readonly string[]): readonly InputFile[] {
  const files = named.flatMap((name): InputFile[] => {
    if (name === '-') return [{ path: '-', bytes: 0, defaultSource: 'stdin' }];
    if (existsSync(name)) {
      const stat = statSync(name);
      return stat.isDirectory() ? filesOfFolder(name) : [inputFile(name)];
    }
    const found = globSync(name, { absolute: false, expandDirectories: false }).sort();
    if (found.length === 0)
      throw new InputError(
        `there is no file, folder or match for '${name}': check the path, or quote the glob`,
      );
    return found.map(inputFile);
  });
  if (files.length === 0)
    throw new InputError('no input: name a file, a folder, a glob or - for standard input');
  const seen = new Set<string>();
  return files.filter(({ path }) => !seen.has(path) && seen.add(path));
}

function filesOfFolder(folder: string): InputFile[] {
  const names = readdirSync(folder).filter(
    (name) =>
      LOG_NAME.test(name) &&
      !NOT_LOGS.test(name) &&
      // a folder may be called x.log, and a link may point nowhere
      statSync(join(folder, name), { throwIfNoEntry: false })?.isFile(),
  );
  if (names.length === 0)
    throw new InputError(
      `the folder '${folder}' holds no logs (*.log, *.ndjson, *.jsonl, *.json, *.txt, each also .gz): name the files themselves`,
    );
  return names.sort().map((name) => inputFile(join(folder, name)));
}

function inputFile(path: string): InputFile {
  return { path, bytes: statSync(path).size, defaultSource: sourceOfPath(path) };
}
