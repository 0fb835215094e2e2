// The command as anybody runs it, from a notebook: a process of its own, so that nothing of the notebook's state can
// leak into what it shows.
import { execFile } from 'node:child_process';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const PROJECT = fileURLToPath(new URL('../../../', import.meta.url));
const CLI = fileURLToPath(new URL('../../cli.js', import.meta.url));
const MAX_OUTPUT_BYTES = 1 << 30;

/**
 * @param words after `loghorn`
 * @returns its standard output
 * @throws Error with what it wrote to standard error when it ends with another exit code than 0
 */
export async function runLoghorn(words: readonly string[]): Promise<string> {
  const run = promisify(execFile)(process.execPath, [CLI, ...words], { maxBuffer: MAX_OUTPUT_BYTES });
  try {
    return (await run).stdout;
  } catch (cause) {
    const { stderr } = cause as { readonly stderr?: string };
    throw new Error(`${commandLine(words)} failed: ${stderr ?? (cause as Error).message}`, { cause });
  }
}

/** As it is typed in the project's folder: paths are relative to it, words with blanks are quoted. */
export function commandLine(words: readonly string[]): string {
  const typed = words.map((word) => {
    const shown = word.replace(
      /^((?:file|sqlite):)?(\/.*)$/,
      (_, scheme: string | undefined, path: string) => `${scheme ?? ''}${relative(PROJECT, path)}`,
    );
    return /^[\w@%+=:,./-]+$/.test(shown) ? shown : `'${shown.replaceAll("'", `'\\''`)}'`;
  });
  return ['loghorn', ...typed].join(' ');
}
