// Makes a browser's PNG of a figure about four times smaller: a plot has few colours, so 256 of them and one byte a dot
// do. Without this the pictures would be most of a notebook's weight.
import { crc32, deflateSync, inflateSync } from 'node:zlib';

const SIGNATURE = Buffer.from('89504e470d0a1a0a', 'hex');
const MAX_COLOURS = 256;
/** A colour that fills at least this share of the dots is a fill (a bar, a cell of a heat map) and is kept as it is. */
const FILL_SHARE = 0.0003;
const MAX_FILLS = 160;

/**
 * @param png 8-bit RGB or RGBA, not interlaced; transparent dots come out on white
 * @returns the same picture as an indexed PNG, lossless up to 256 colours; any other kind of PNG as it came
 * @throws Error when the bytes are no PNG
 */
export function shrinkPng(png: Buffer): Buffer {
  const image = decode(png);
  if (!image) return png;
  const counts = new Map<number, number>();
  for (const colour of image.colours) counts.set(colour, (counts.get(colour) ?? 0) + 1);
  const palette = choosePalette(counts, image.colours.length);
  const indexOf = new Map([...counts.keys()].map((colour) => [colour, nearest(palette, colour)]));
  return encode(
    image,
    palette,
    image.colours.map((colour) => indexOf.get(colour)!),
  );
}

interface Image {
  readonly width: number;
  readonly height: number;
  /** 0xrrggbb, row by row from the top left. */
  readonly colours: Uint32Array;
}

/** Most frequent first; fills as they are, then one colour for each neighbourhood of a 16th of a channel. */
function choosePalette(counts: ReadonlyMap<number, number>, dots: number): number[] {
  const byCount = [...counts].sort(([a, n], [b, m]) => m - n || a - b);
  if (byCount.length <= MAX_COLOURS) return byCount.map(([colour]) => colour);
  const fills = byCount.slice(0, MAX_FILLS).filter(([, count]) => count >= FILL_SHARE * dots);
  const palette = fills.map(([colour]) => colour);
  const taken = new Set(palette.map((colour) => colour & 0xf0f0f0));
  for (const [colour] of byCount) {
    if (palette.length === MAX_COLOURS) break;
    if (taken.has(colour & 0xf0f0f0)) continue;
    taken.add(colour & 0xf0f0f0);
    palette.push(colour);
  }
  return palette;
}

function nearest(palette: readonly number[], colour: number): number {
  let best = 0;
  let least = Infinity;
  for (const [index, other] of palette.entries()) {
    const red = (colour >> 16) - (other >> 16);
    const green = ((colour >> 8) & 255) - ((other >> 8) & 255);
    const blue = (colour & 255) - (other & 255);
    const distance = red * red + green * green + blue * blue;
    if (distance < least) [best, least] = [index, distance];
  }
  return best;
}

function decode(png: Buffer): Image | null {
  if (!png.subarray(0, 8).equals(SIGNATURE))
    throw new Error('a picture must be a PNG, but these bytes are not');
  const [width, height] = [png.readUInt32BE(16), png.readUInt32BE(20)];
  const [depth, kind, interlaced] = [png[24], png[25], png[28]];
  if (depth !== 8 || (kind !== 2 && kind !== 6) || interlaced !== 0) return null;
  const channels = kind === 6 ? 4 : 3;
  const rows = unfilter(inflateSync(Buffer.concat(dataChunks(png))), width * channels, channels);
  const colours = new Uint32Array(width * height);
  for (let dot = 0, at = 0; dot < colours.length; dot++, at += channels) {
    const opacity = channels === 4 ? rows[at + 3]! / 255 : 1;
    const onWhite = (value: number): number => Math.round(255 + (value - 255) * opacity);
    colours[dot] = (onWhite(rows[at]!) << 16) | (onWhite(rows[at + 1]!) << 8) | onWhite(rows[at + 2]!);
  }
  return { width, height, colours };
}

function dataChunks(png: Buffer): Buffer[] {
  const chunks: Buffer[] = [];
  for (let at = 8; at < png.length; at += 12 + png.readUInt32BE(at))
    if (png.toString('latin1', at + 4, at + 8) === 'IDAT')
      chunks.push(png.subarray(at + 8, at + 8 + png.readUInt32BE(at)));
  return chunks;
}

/** Undoes the five row filters (PNG specification, third edition, section 9). */
function unfilter(bytes: Buffer, stride: number, channels: number): Uint8Array {
  const height = bytes.length / (stride + 1);
  const rows = new Uint8Array(height * stride);
  for (let y = 0; y < height; y++) {
    const filter = bytes[y * (stride + 1)];
    for (let x = 0; x < stride; x++) {
      const at = y * stride + x;
      const left = x < channels ? 0 : rows[at - channels]!;
      const up = y === 0 ? 0 : rows[at - stride]!;
      const corner = x < channels || y === 0 ? 0 : rows[at - stride - channels]!;
      const guesses = [0, left, up, (left + up) >> 1, filter === 4 ? paeth(left, up, corner) : 0];
      rows[at] = bytes[y * (stride + 1) + 1 + x]! + guesses[filter!]!;
    }
  }
  return rows;
}

function paeth(left: number, up: number, corner: number): number {
  const guess = left + up - corner;
  const [byLeft, byUp, byCorner] = [Math.abs(guess - left), Math.abs(guess - up), Math.abs(guess - corner)];
  if (byLeft <= byUp && byLeft <= byCorner) return left;
  return byUp <= byCorner ? up : corner;
}

function encode({ width, height }: Image, palette: readonly number[], indices: Uint32Array): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 3, 0, 0, 0], 8);
  const rows = Buffer.alloc(height * (width + 1));
  for (let y = 0; y < height; y++)
    rows.set(indices.subarray(y * width, (y + 1) * width), y * (width + 1) + 1);
  const colours = Buffer.from(palette.flatMap((colour) => [colour >> 16, (colour >> 8) & 255, colour & 255]));
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', header),
    chunk('PLTE', colours),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(name: string, content: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), content]);
  const made = Buffer.alloc(body.length + 8);
  made.writeUInt32BE(content.length, 0);
  made.set(body, 4);
  made.writeUInt32BE(crc32(body), body.length + 4);
  return made;
}
