// Compression beyond gzip, which the client library leaves to its users. The native packages are loaded when the first
// compressed batch is met; a codec that is not there is told in a sentence and never as an error that kills a consumer.
import kafkajs, { type CompressionTypes as CompressionType } from 'kafkajs';

// of a CommonJS module, Node finds only some of the names
const { CompressionCodecs, CompressionTypes } = kafkajs;

export const COMPRESSIONS = ['none', 'gzip', 'snappy', 'lz4'] as const;
export type Compression = (typeof COMPRESSIONS)[number];

const TYPES: Readonly<Record<Compression, CompressionType>> = {
  none: CompressionTypes.None,
  gzip: CompressionTypes.GZIP,
  snappy: CompressionTypes.Snappy,
  lz4: CompressionTypes.LZ4,
};

interface Snappy {
  compress(input: Buffer): Promise<Buffer>;
  uncompress(input: Buffer, options: { asBuffer: true }): Promise<Buffer>;
}

interface Lz4 {
  compressFrame(input: Buffer): Promise<Buffer>;
  decompressFrame(input: Buffer): Promise<Buffer>;
}

/** Shape of what the client library wants; its types leave it open. */
interface Codec {
  compress(encoder: { readonly buffer: Buffer }): Promise<Buffer>;
  decompress(buffer: Buffer): Promise<Buffer>;
}

export function compressionType(compression: Compression): CompressionType {
  return TYPES[compression];
}

/** Nothing gets better by trying again: a consumer that meets it ends with this sentence. */
export class CodecError extends Error {
  override readonly name = 'CodecError';
  /** As the client library asks its errors. */
  readonly retriable = false;
}

/** For every client of this process; may be called again. */
export function registerCodecs(): void {
  CompressionCodecs[CompressionTypes.Snappy] = () => snappyCodec;
  CompressionCodecs[CompressionTypes.LZ4] = () => lz4Codec;
  CompressionCodecs[CompressionTypes.ZSTD] = () => zstdCodec;
}

const snappyCodec: Codec = {
  compress: async ({ buffer }) => (await load<Snappy>('snappy')).compress(buffer),
  decompress: async (buffer) => {
    const snappy = await load<Snappy>('snappy');
    const blocks = xerialBlocks(buffer) ?? [buffer];
    return Buffer.concat(
      await Promise.all(blocks.map((block) => snappy.uncompress(block, { asBuffer: true }))),
    );
  },
};

const lz4Codec: Codec = {
  compress: async ({ buffer }) => (await load<Lz4>('lz4-napi')).compressFrame(buffer),
  decompress: async (buffer) => (await load<Lz4>('lz4-napi')).decompressFrame(buffer),
};

const refuseZstd = async (): Promise<Buffer> => {
  throw new CodecError(
    'this topic holds batches compressed with zstd, which cannot be read here: set compression.type of the topic to lz4, snappy or gzip, and let its producers write anew',
  );
};
const zstdCodec: Codec = { compress: refuseZstd, decompress: refuseZstd };

const XERIAL_MAGIC = Buffer.from([0x82, 0x53, 0x4e, 0x41, 0x50, 0x50, 0x59, 0]);
/** Magic and two version numbers. */
const XERIAL_HEADER_BYTES = 16;

/**
 * Java clients cut snappy into blocks, each behind its length (the framing of the library snappy-java, by xerial).
 *
 * @returns the blocks; undefined of plain snappy
 * @throws Error when the last block is not all there
 */
export function xerialBlocks(buffer: Buffer): readonly Buffer[] | undefined {
  if (!buffer.subarray(0, XERIAL_MAGIC.length).equals(XERIAL_MAGIC)) return undefined;
  const blocks: Buffer[] = [];
  for (let at = XERIAL_HEADER_BYTES; at < buffer.length;) {
    const lengthBytes = at + 4 <= buffer.length ? buffer.readUInt32BE(at) : Infinity;
    if (at + 4 + lengthBytes > buffer.length)
      throw new Error('a snappy batch is cut short: its last block is not all there');
    blocks.push(buffer.subarray(at + 4, at + 4 + lengthBytes));
    at += 4 + lengthBytes;
  }
  return blocks;
}

async function load<T>(name: string): Promise<T> {
  try {
    const loaded = (await import(name)) as { readonly default?: T } & T;
    return loaded.default ?? loaded;
  } catch (cause) {
    throw new CodecError(
      `this compression needs the package '${name}', which is not installed: npm install ${name}`,
      {
        cause,
      },
    );
  }
}
