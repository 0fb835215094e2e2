import { posix } from 'node:path';
import { expect, test } from 'vitest';
import type { Asset } from './read-assets.js';
import { createRelease } from './release.js';

const assetsOf = (etags: Readonly<Record<string, string>>): ReadonlyMap<string, Asset> =>
  new Map(
    Object.entries(etags).map(([path, etag]) => [
      path,
      { type: 'text/javascript', etag, bytes: Buffer.of() },
    ]),
  );
const FILES = { '/assets/page/main.js': '"a"', '/assets/view/heat.js': '"b"', '/core/duration.js': '"c"' };

test('a file is found behind its address, and so is whatever it imports by a relative path', () => {
  const release = createRelease(assetsOf(FILES));
  const main = release.addressOf('/assets/page/main.js');
  const from = (relative: string) => release.find(posix.resolve(posix.dirname(main), relative));

  expect(release.find(main)).toEqual({ path: '/assets/page/main.js', isThisBuild: true });
  expect(from('../view/heat.js')).toEqual({ path: '/assets/view/heat.js', isThisBuild: true });
  expect(from('../../../core/duration.js')).toEqual({ path: '/core/duration.js', isThisBuild: true });
  expect(from('../../../core/duration.js').path).toBe(
    release.find(release.addressOf('/core/duration.js')).path,
  );
});

test('another build has other addresses, and the files of this one are found behind its own', () => {
  const before = createRelease(assetsOf(FILES)).addressOf('/assets/view/heat.js');
  const release = createRelease(assetsOf({ ...FILES, '/assets/page/main.js': '"other"' }));

  expect(release.addressOf('/assets/view/heat.js')).not.toBe(before);
  expect(release.find(before)).toEqual({ path: '/assets/view/heat.js', isThisBuild: false });
  expect(release.find('/assets/view/heat.js')).toEqual({ path: '/assets/view/heat.js', isThisBuild: false });
});
