import { crc32, deflateRawSync, gzipSync } from 'node:zlib';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { gunzip } from './gunzip.js';

async function unpack(bytes: Uint8Array, chunkBytes = 65_536) {
  const damage: string[] = [];
  const chunks = (async function* (): AsyncGenerator<Buffer> {
    for (let at = 0; at < bytes.length; at += chunkBytes)
      yield Buffer.from(bytes.subarray(at, at + chunkBytes));
  })();
  const parts: Buffer[] = [];
  for await (const part of gunzip(chunks, (what) => damage.push(what))) parts.push(part);
  return { text: Buffer.concat(parts).toString(), damage };
}

const line = (n: number): string => `10:00:${n % 60} request ${n} took ${Math.sin(n)} s\n`;
const log = (lines: number): string => Array.from({ length: lines }, (_, n) => line(n)).join('');
const good = gzipSync(log(3000));

test.each<[string, Uint8Array, string]>([
  ['a sentence', Buffer.from('copied behind the archive by mistake'), 'what follows is no gzip'],
  ['a byte', Buffer.of(7), 'what follows is no gzip'],
  [
    'a head of gzip and nothing else',
    Buffer.of(0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3),
    'unexpected end of file',
  ],
  ['a head of gzip and junk', Buffer.concat([good.subarray(0, 10), Buffer.alloc(300, 0xff)]), 'invalid'],
  ['half of another archive', good.subarray(0, 5), 'what follows is no gzip'],
])('what was packed is whole, whatever is behind it: %s', async (_name, tail, wanted) => {
  const { text, damage } = await unpack(Buffer.concat([good, tail]));

  expect(text).toBe(log(3000));
  expect(damage).toEqual([expect.stringContaining(wanted)]);
});

test('zeros behind it are padding', async () => {
  expect(await unpack(Buffer.concat([good, Buffer.alloc(1000)]))).toEqual({ text: log(3000), damage: [] });
});

test('a byte that was changed is told, and what was unpacked is kept', async () => {
  const changed = Buffer.from(good);
  changed[changed.length - 6]! ^= 1;

  expect(await unpack(changed)).toEqual({ text: log(3000), damage: ['incorrect data check'] });
});

test('all fields that a header may have are skipped', async () => {
  const fields = Buffer.from([0x1f, 0x8b, 8, 2 + 4 + 8 + 16, 0, 0, 0, 0, 0, 3, 3, 0, 1, 0, 2]);
  const names = Buffer.from('app.log\0what it is\0');
  const trailer = Buffer.alloc(8);
  trailer.writeUInt32LE(crc32('one\n'), 0);
  trailer.writeUInt32LE(4, 4);
  const packed = Buffer.concat([fields, names, Buffer.of(9, 9), deflateRawSync('one\n'), trailer]);

  expect(await unpack(packed)).toEqual({ text: 'one\n', damage: [] });
  expect(await unpack(packed, 1)).toEqual({ text: 'one\n', damage: [] });
});

test('members one after the other are one text, however the bytes are cut into chunks', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.nat(60), { minLength: 1, maxLength: 4 }),
      fc.oneof(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 41, max: 3000 })),
      async (sizes, chunkBytes) => {
        const packed = Buffer.concat(sizes.map((lines) => gzipSync(log(lines))));

        expect(await unpack(packed, chunkBytes)).toEqual({ text: sizes.map(log).join(''), damage: [] });
      },
    ),
    { numRuns: 40 },
  );
});

test('of an archive that was cut off anywhere all that can be unpacked comes, and the cut is told', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 10, max: good.length - 1 }), async (bytes) => {
      const { text, damage } = await unpack(good.subarray(0, bytes));

      expect(log(3000).startsWith(text)).toBe(true);
      // what a deflate block still owes is at most some of its longest codes
      expect(text.length).toBeGreaterThan((log(3000).length * bytes) / good.length - 12_000);
      expect(damage).toEqual(['unexpected end of file']);
    }),
    { numRuns: 30 },
  );
});
