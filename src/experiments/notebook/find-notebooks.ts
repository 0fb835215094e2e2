// Which notebooks of a folder are meant: all, or those that are named, as a whole or by how they start.
import { existsSync, readdirSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's own. */
export const NOTEBOOKS = fileURLToPath(new URL('../../../notebooks/', import.meta.url));

/**
 * @param wanted `03`, `03-model-comparison`, `notebooks/03-model-comparison.ipynb`; none for all
 * @returns names without folder and ending, in the order of the folder
 * @throws Error when one is not there, or could be several
 */
export function findNotebooks(folder: string, wanted: readonly string[]): string[] {
  if (!existsSync(folder)) throw new Error(`there is no folder ${folder} to look for notebooks in`);
  const names = readdirSync(folder)
    .filter((file) => file.endsWith(ENDING) && !file.startsWith('.'))
    .map((file) => file.slice(0, -ENDING.length))
    .sort();
  const all = names.join(', ') || 'none';
  if (names.length === 0) throw new Error(`there are no notebooks in ${folder}`);
  if (wanted.length === 0) return names;
  const found = wanted.map((word) => {
    const start = basename(word, ENDING);
    if (names.includes(start)) return start;
    const [name, ...others] = names.filter((each) => each.startsWith(start));
    if (name === undefined || start === '')
      throw new Error(`there is no notebook "${word}"; there are ${all}`);
    if (others.length > 0)
      throw new Error(`"${word}" could be ${[name, ...others].join(' or ')}: write more of its name`);
    return name;
  });
  return names.filter((name) => found.includes(name));
}

const ENDING = '.ipynb';
