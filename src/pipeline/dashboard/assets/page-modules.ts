// Which modules a view of the page needs, so that a browser is told all of them at once: found one by one, each only after the
// one that imports it was read, some sixty small files take a dozen turns.
import { posix } from 'node:path';
import type { Asset } from './read-assets.js';

/** The page begins with it. */
export const FIRST_MODULE = '/assets/page/main.js';
/** Of code that the compiler wrote: imports stand at the beginning of a line, and name their file at its end. */
const STATIC_IMPORT = /^(?:import|export)\b[^'"]*['"](\.[^'"]+)['"];?$/gm;

/**
 * @param view as the page's address names it; anything else stands for none
 * @returns paths of the page's first module, of that view's and of all that they import, in the order in which they are met
 */
export function modulesOf(assets: ReadonlyMap<string, Asset>, view: string): readonly string[] {
  const found = new Set([FIRST_MODULE, `/assets/page/${view}.js`].filter((path) => assets.has(path)));
  // a set that grows while it is walked is walked to its new end
  for (const path of found)
    for (const [, target] of assets.get(path)!.bytes.toString('utf8').matchAll(STATIC_IMPORT)) {
      const imported = posix.resolve(posix.dirname(path), target!);
      if (assets.has(imported)) found.add(imported);
    }
  return [...found];
}
