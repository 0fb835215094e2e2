// Bytes as a client takes them: compressed where it says so and it pays.
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

export type Encoding = 'br' | 'gzip';

/** Less is not worth a header. */
export const LEAST_COMPRESSED_BYTES = 1024;

const GZIP_LEVELS = { quick: constants.Z_BEST_SPEED, small: constants.Z_DEFAULT_COMPRESSION } as const;
/** Brotli's own scale; above 9 the chart library takes more than a second. */
const BROTLI_QUALITIES = { quick: 4, small: 9 } as const;

/** @param accepted as the Accept-Encoding header has it; undefined where it takes neither */
export function encodingOf(accepted: string): Encoding | undefined {
  const takes = (name: string): boolean =>
    accepted.split(',').some((each) => {
      const [coding, weight] = each.split(';');
      return coding!.trim().toLowerCase() === name && !/^\s*q=0(\.0*)?\s*$/.test(weight ?? '');
    });
  if (takes('br')) return 'br';
  return takes('gzip') ? 'gzip' : undefined;
}

/** @param effort `quick` for what is sent once: 130 KiB of JSON take some 3 ms; `small` for what is kept */
export async function compress(
  bytes: Uint8Array,
  encoding: Encoding,
  effort: 'quick' | 'small',
): Promise<Buffer> {
  if (encoding === 'gzip') return promisify(gzip)(bytes, { level: GZIP_LEVELS[effort] });
  return promisify(brotliCompress)(bytes, {
    params: { [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITIES[effort] },
  });
}
