// The page's files, read once at the start: what is not in this list cannot be asked for, whatever a path says.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CORE_MODULES } from '../view/served-modules.js';
import { STYLE } from '../view/style.js';

export interface Asset {
  /** MIME type with charset. */
  readonly type: string;
  readonly bytes: Buffer;
  /** As in the ETag header, with its quotes. */
  readonly etag: string;
}

const SCRIPT = 'text/javascript; charset=utf-8';

/**
 * @param folder the compiled `dashboard`, with `page` and `view` in it
 * @param coreFolder the compiled `core`
 * @returns by path: `/assets/page/…`, `/assets/view/…`, `/core/…`, `/assets/plotly.js`, `/assets/style.css`
 * @throws Error saying what to do when the page was not built
 */
export function readAssets(folder: string, coreFolder: string): ReadonlyMap<string, Asset> {
  const assets = new Map<string, Asset>([
    ['/assets/style.css', assetOf(Buffer.from(STYLE), 'text/css; charset=utf-8')],
  ]);
  for (const part of ['page', 'view']) {
    const partFolder = join(folder, part);
    if (!existsSync(join(folder, 'page', 'main.js')))
      throw new Error(`the dashboard's page is not in ${folder}: run 'npm run build'`);
    for (const name of readdirSync(partFolder, { recursive: true, encoding: 'utf8' }))
      if (name.endsWith('.js') && name !== 'plotly.js')
        assets.set(
          `/assets/${part}/${name.replaceAll('\\', '/')}`,
          assetOf(readFileSync(join(partFolder, name)), SCRIPT),
        );
  }
  for (const name of CORE_MODULES)
    assets.set(`/core/${name}`, assetOf(readFileSync(join(coreFolder, name)), SCRIPT));
  assets.set('/assets/plotly.js', assetOf(readFileSync(join(folder, 'page', 'plotly.js')), SCRIPT));
  return assets;
}

function assetOf(bytes: Buffer, type: string): Asset {
  return { bytes, type, etag: `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"` };
}
