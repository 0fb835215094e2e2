// The page's files over HTTP: those below the address of this build are never asked for again, the others only when they
// changed. Compressed once and kept so.
import type { Context } from 'hono';
import { compress, type Encoding, encodingOf, LEAST_COMPRESSED_BYTES } from '../encoding.js';
import type { Asset } from './read-assets.js';
import type { Release } from './release.js';

/** @returns an answer for a path of the assets, undefined for any other */
export function createAssetServer(
  assets: ReadonlyMap<string, Asset>,
  release: Release,
): (context: Context) => Promise<Response | undefined> {
  const compressed = new Map<string, Promise<Buffer>>();
  const compressedOf = (asset: Asset, encoding: Encoding): Promise<Buffer> => {
    const key = `${encoding} ${asset.etag}`;
    let bytes = compressed.get(key);
    if (bytes === undefined) compressed.set(key, (bytes = compress(asset.bytes, encoding, 'small')));
    return bytes;
  };

  return async (context) => {
    const { path, isThisBuild } = release.find(context.req.path);
    const asset = assets.get(path);
    if (asset === undefined) return undefined;
    context.header('cache-control', isThisBuild ? 'public, max-age=31536000, immutable' : 'no-cache');
    context.header('etag', asset.etag);
    context.header('vary', 'accept-encoding');
    if (isKnown(context.req.header('if-none-match'), asset.etag)) return context.body(null, 304);
    context.header('content-type', asset.type);
    const encoding =
      asset.bytes.length < LEAST_COMPRESSED_BYTES
        ? undefined
        : encodingOf(context.req.header('accept-encoding') ?? '');
    if (encoding === undefined) return context.body(new Uint8Array(asset.bytes));
    context.header('content-encoding', encoding);
    return context.body(new Uint8Array(await compressedOf(asset, encoding)));
  };
}

function isKnown(ifNoneMatch: string | undefined, etag: string): boolean {
  return ifNoneMatch?.split(',').some((each) => each.trim().replace(/^W\//, '') === etag) ?? false;
}
