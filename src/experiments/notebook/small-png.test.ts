import { crc32, deflateSync, inflateSync } from 'node:zlib';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { shrinkPng } from './small-png.js';

test('a picture of at most 256 colours comes out dot for dot', () => {
  fc.assert(
    fc.property(arbPlot(200), ({ width, height, dots }) => {
      const shrunk = shrinkPng(pngOf(width, height, dots));

      expect(dotsOf(shrunk)).toEqual({ width, height, dots });
    }),
  );
});

test('whatever row filter the browser chose, the dots are the same', () => {
  const dots = Array.from({ length: 35 }, (_, dot) => [dot * 7, 255 - dot * 3, (dot * 31) % 256]);

  const shrunk = [0, 1, 2, 3, 4].map((filter) => dotsOf(shrinkPng(pngOf(7, 5, dots, filter))).dots);

  expect(shrunk).toEqual([dots, dots, dots, dots, dots]);
});

test('with more colours than 256, fills keep theirs and every other dot stays close', () => {
  // upper half one fill, lower half 2,048 shades of red and green
  const shades = Array.from({ length: 2048 }, (_, dot) => [dot % 256, 32 * (dot >> 8), 0]);
  const dots = [...Array.from({ length: 2048 }, () => [0, 114, 178]), ...shades];

  const made = dotsOf(shrinkPng(pngOf(64, 64, dots))).dots;

  expect(made.slice(0, 2048)).toEqual(dots.slice(0, 2048));
  const farthest = Math.max(
    ...made.flatMap((dot, at) => dot.map((value, channel) => Math.abs(value - dots[at]![channel]!))),
  );
  expect(farthest).toBeLessThanOrEqual(16);
});

test('what is see-through comes out on white', () => {
  const { dots } = dotsOf(
    shrinkPng(
      pngOf(2, 1, [
        [200, 0, 0, 0],
        [0, 0, 0, 102],
      ]),
    ),
  );

  expect(dots).toEqual([
    [255, 255, 255],
    [153, 153, 153],
  ]);
});

test('a plot shrinks to less than a third', () => {
  const dots = Array.from({ length: 400 * 300 }, (_, dot) => [
    255 - (dot % 7) * 9,
    255 - (dot % 11),
    dot % 97 === 0 ? 40 : 255,
    255,
  ]);
  const png = pngOf(400, 300, dots, 1);

  expect(shrinkPng(png).length).toBeLessThan(png.length / 3);
});

test('bytes that are no PNG are refused, a kind of PNG that no browser writes comes back as it is', () => {
  const indexed = shrinkPng(pngOf(1, 1, [[1, 2, 3]]));

  expect(shrinkPng(indexed)).toBe(indexed);
  expect(() => shrinkPng(Buffer.from('<svg></svg>'))).toThrow('must be a PNG');
});

type Dot = readonly number[];

function arbPlot(maxColours: number): fc.Arbitrary<{ width: number; height: number; dots: readonly Dot[] }> {
  const arbColour = fc.tuple(fc.nat(255), fc.nat(255), fc.nat(255));
  return fc
    .tuple(
      fc.integer({ min: 1, max: 24 }),
      fc.integer({ min: 1, max: 24 }),
      fc.array(arbColour, { minLength: 1, maxLength: maxColours }),
      fc.array(fc.nat(), { minLength: 1, maxLength: 50 }),
    )
    .map(([width, height, colours, order]) => ({
      width,
      height,
      dots: Array.from(
        { length: width * height },
        (_, at) => colours[(order[at % order.length]! + at) % colours.length]!,
      ),
    }));
}

/** An RGB or RGBA picture (by the length of a dot), all rows with the same filter; 0 to 4 as the specification has them. */
function pngOf(width: number, height: number, dots: readonly Dot[], filter = 0): Buffer {
  const channels = dots[0]!.length;
  const stride = width * channels;
  const plain = dots.flat();
  const rows = Buffer.alloc(height * (stride + 1));
  const at = (x: number, y: number): number => (x < 0 || y < 0 ? 0 : plain[y * stride + x]!);
  for (let y = 0; y < height; y++) {
    rows[y * (stride + 1)] = filter;
    for (let x = 0; x < stride; x++) {
      const [left, up, corner] = [at(x - channels, y), at(x, y - 1), at(x - channels, y - 1)];
      const closest = [left, up, corner].sort(
        (a, b) => Math.abs(left + up - corner - a) - Math.abs(left + up - corner - b),
      )[0]!;
      const guess = [0, left, up, Math.floor((left + up) / 2), closest][filter]!;
      rows[y * (stride + 1) + 1 + x] = at(x, y) - guess;
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, channels === 4 ? 6 : 2, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', header),
    // a browser writes more than one
    chunk('IDAT', deflateSync(rows).subarray(0, 5)),
    chunk('IDAT', deflateSync(rows).subarray(5)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(name: string, content: Buffer): Buffer {
  const made = Buffer.alloc(content.length + 12);
  made.writeUInt32BE(content.length, 0);
  made.write(name, 4, 'latin1');
  made.set(content, 8);
  made.writeUInt32BE(crc32(made.subarray(4, -4)), content.length + 8);
  return made;
}

/** Reads an indexed PNG without row filters, as this project writes them, and checks each chunk's sum. */
function dotsOf(png: Buffer): { width: number; height: number; dots: Dot[] } {
  const chunks = new Map<string, Buffer>();
  for (let at = 8; at < png.length; at += 12 + png.readUInt32BE(at)) {
    const length = png.readUInt32BE(at);
    expect(png.readUInt32BE(at + 8 + length)).toBe(crc32(png.subarray(at + 4, at + 8 + length)));
    chunks.set(png.toString('latin1', at + 4, at + 8), png.subarray(at + 8, at + 8 + length));
  }
  const [width, height] = [chunks.get('IHDR')!.readUInt32BE(0), chunks.get('IHDR')!.readUInt32BE(4)];
  const palette = chunks.get('PLTE')!;
  const rows = inflateSync(chunks.get('IDAT')!);
  const dots = Array.from({ length: width * height }, (_, dot) => {
    const index = rows[Math.floor(dot / width) * (width + 1) + 1 + (dot % width)]!;
    return [...palette.subarray(3 * index, 3 * index + 3)];
  });
  return { width, height, dots };
}
