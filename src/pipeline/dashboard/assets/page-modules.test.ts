import { expect, test } from 'vitest';
import { modulesOf } from './page-modules.js';
import type { Asset } from './read-assets.js';

const assetsOf = (files: Readonly<Record<string, string>>): ReadonlyMap<string, Asset> =>
  new Map(
    Object.entries(files).map(([path, text]) => [path, { type: '', etag: '', bytes: Buffer.from(text) }]),
  );

test('a view is told with all that it and the first module import, each once, whatever imports it', () => {
  const assets = assetsOf({
    '/assets/page/main.js': `import { a } from './dom.js';\nimport { b } from '../view/heat.js';\n`,
    '/assets/page/dom.js': `import { b } from '../view/heat.js';\n`,
    '/assets/view/heat.js': `import {\n  c,\n} from '../../../core/duration.js';\nexport const b = './not.js';\n`,
    '/core/duration.js': `import './gone.js';\n`,
    '/assets/page/model.js': `export { b } from './dom.js';\nimport './curve.js';\n`,
    '/assets/page/curve.js': `const later = async () => await import('./later.js');\n`,
    '/assets/page/later.js': '',
    '/assets/page/alert.js': '',
  });

  expect(modulesOf(assets, 'model')).toEqual([
    '/assets/page/main.js',
    '/assets/page/model.js',
    '/assets/page/dom.js',
    '/assets/view/heat.js',
    '/assets/page/curve.js',
    '/core/duration.js',
  ]);
  expect(modulesOf(assets, 'no such view')).not.toContain('/assets/page/model.js');
});
