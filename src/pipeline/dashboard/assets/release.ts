// The page's files below an address that is another one for every build, so that a browser need never ask whether they are
// still the same. They lie there as they were compiled, since they import one another by relative paths.
import { createHash } from 'node:crypto';
import type { Asset } from './read-assets.js';

/** `/assets/r-<hash>/pipeline/dashboard/…` and `/assets/r-<hash>/core/…` */
const RELEASED = /^\/assets\/r-([\w-]{1,40})\/(pipeline\/dashboard|core)\//;
const HASH_CHARACTERS = 16;

export interface Release {
  /** The address of a file that stays the same as long as the page does. @param path one of the assets */
  addressOf(path: string): string;
  /**
   * The asset's path behind an address, and whether it is of this very build: a page that was opened before the server was
   * replaced asks for the rest of itself below its own address.
   */
  find(address: string): { readonly path: string; readonly isThisBuild: boolean };
}

export function createRelease(assets: ReadonlyMap<string, Asset>): Release {
  const hash = createHash('sha256');
  for (const [path, { etag }] of [...assets].sort(([one], [other]) => (one < other ? -1 : 1)))
    hash.update(JSON.stringify([path, etag]));
  const build = hash.digest('base64url').slice(0, HASH_CHARACTERS);
  return {
    addressOf: (path) =>
      path.startsWith('/core/')
        ? `/assets/r-${build}${path}`
        : `/assets/r-${build}/pipeline/dashboard/${path.slice('/assets/'.length)}`,
    find: (address) => {
      const [released, ofBuild, folder] = RELEASED.exec(address) ?? [];
      if (released === undefined) return { path: address, isThisBuild: false };
      const path = `${folder === 'core' ? '/core/' : '/assets/'}${address.slice(released.length)}`;
      return { path, isThisBuild: ofBuild === build };
    },
  };
}
