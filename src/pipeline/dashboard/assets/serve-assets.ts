// The page's files over HTTP: asked for again only when they changed, compressed once and kept so.
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { Context } from 'hono';
import type { Asset } from './read-assets.js';

/** Brotli's own scale; above it the chart library takes more than a second. */
const BROTLI_QUALITY = 9;
/** Less is not worth a header. */
const LEAST_COMPRESSED_BYTES = 1024;

type Encoding = 'br' | 'gzip';

/** @returns an answer for a path of the assets, undefined for any other */
export function createAssetServer(
  assets: ReadonlyMap<string, Asset>,
): (context: Context) => Promise<Response | undefined> {
  const compressed = new Map<string, Promise<Buffer>>();
  const compressedOf = (asset: Asset, encoding: Encoding): Promise<Buffer> => {
    const key = `${encoding} ${asset.etag}`;
    let bytes = compressed.get(key);
    if (bytes === undefined) compressed.set(key, (bytes = compress(asset.bytes, encoding)));
    return bytes;
  };

  return async (context) => {
    const asset = assets.get(context.req.path);
    if (asset === undefined) return undefined;
    context.header('cache-control', 'no-cache');
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

function encodingOf(accepted: string): Encoding | undefined {
  const takes = (name: string): boolean =>
    accepted.split(',').some((each) => {
      const [coding, weight] = each.split(';');
      return coding!.trim().toLowerCase() === name && !/^\s*q=0(\.0*)?\s*$/.test(weight ?? '');
    });
  if (takes('br')) return 'br';
  return takes('gzip') ? 'gzip' : undefined;
}

async function compress(bytes: Buffer, encoding: Encoding): Promise<Buffer> {
  if (encoding === 'gzip') return promisify(gzip)(bytes);
  return promisify(brotliCompress)(bytes, {
    params: { [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY },
  });
}
