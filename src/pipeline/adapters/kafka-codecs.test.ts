import { expect, test } from 'vitest';
import kafkajs from 'kafkajs';
import { registerCodecs, xerialBlocks } from './kafka-codecs.js';

const MAGIC = Buffer.from([0x82, 0x53, 0x4e, 0x41, 0x50, 0x50, 0x59, 0, 0, 0, 0, 1, 0, 0, 0, 1]);

function framed(...blocks: readonly string[]): Buffer {
  const parts = blocks.flatMap((block) => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(block.length);
    return [length, Buffer.from(block)];
  });
  return Buffer.concat([MAGIC, ...parts]);
}

test('the blocks that Java clients cut snappy into are found', () => {
  expect(xerialBlocks(framed('one', '', 'three'))?.map(String)).toEqual(['one', '', 'three']);
  expect(xerialBlocks(Buffer.from('plain snappy'))).toBeUndefined();
});

test('a frame that is cut short is an error in words', () => {
  expect(() => xerialBlocks(framed('one', 'two').subarray(0, -1))).toThrow('cut short');
  expect(() => xerialBlocks(Buffer.concat([framed('one'), Buffer.from([0])]))).toThrow('cut short');
});

test('zstd is refused with what to do, and no retry', async () => {
  registerCodecs();
  const codec = (
    kafkajs.CompressionCodecs as Record<number, () => { decompress(buffer: Buffer): Promise<Buffer> }>
  )[kafkajs.CompressionTypes.ZSTD]!();

  const failure = await codec.decompress(Buffer.from('x')).catch((error: unknown) => error as Error);

  expect(String(failure)).toMatch(/^CodecError: .*zstd.*compression\.type/);
});
