// Gzip as it lies on disks: members one after the other, padding, a file that was cut off or that something else was
// appended to. What was unpacked before the damage is given out, which the gunzip of the platform does not do.
import { constants, crc32, createInflateRaw } from 'node:zlib';

const CHUNK_BYTES = 1 << 16;
/** Header fields that may follow the ten bytes, by their bit in the fourth. */
const FLAGS = { headerCrc: 2, extra: 4, name: 8, comment: 16 } as const;
const FIXED_HEADER_BYTES = 10;
const TRAILER_BYTES = 8;

export function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

/**
 * The unpacked bytes of all members.
 *
 * @param chunks of a file that begins as gzip does
 * @param onDamage is told, at most once, why what follows is lost
 */
export async function* gunzip(
  chunks: AsyncIterable<Buffer>,
  onDamage: (what: string) => void,
): AsyncGenerator<Buffer> {
  const damage = yield* inflateMembers(createInput(chunks));
  if (damage !== undefined) onDamage(damage);
}

/** @returns what is wrong with the file; undefined for nothing */
async function* inflateMembers(input: Input): AsyncGenerator<Buffer, string | undefined> {
  while (await skipHeader(input)) {
    const sum = { crc: 0 };
    const damage = yield* inflateOne(input, sum);
    if (damage !== undefined) return damage;
    const trailer = await input.take(TRAILER_BYTES);
    if (trailer === undefined) return 'unexpected end of file';
    if (trailer.readUInt32LE(0) !== sum.crc) return 'incorrect data check';
  }
  // archives are padded with zeros
  for (let rest = await input.some(); rest !== undefined; rest = await input.some())
    if (rest.some((byte) => byte !== 0)) return 'what follows is no gzip';
  return undefined;
}

/** @returns what is wrong with the data; undefined when its end was reached */
async function* inflateOne(input: Input, sum: { crc: number }): AsyncGenerator<Buffer, string | undefined> {
  const inflate = createInflateRaw({ chunkSize: CHUNK_BYTES, finishFlush: constants.Z_SYNC_FLUSH });
  let unpacked: Buffer[] = [];
  const state = { isOver: false };
  inflate.on('data', (bytes: Buffer) => unpacked.push(bytes));
  inflate.on('end', () => (state.isOver = true));
  // of damage only this is told, and never the callback of the write
  const failed = new Promise<Error>((resolve) => inflate.on('error', resolve));
  try {
    while (!state.isOver) {
      const chunk = await input.some();
      if (chunk === undefined) return 'unexpected end of file';
      const before = inflate.bytesWritten;
      const written = new Promise<Error | null | undefined>((resolve) => inflate.write(chunk, resolve));
      const error = await Promise.race([written, failed]);
      // the end is told in a turn of its own
      await new Promise(setImmediate);
      for (const bytes of unpacked) {
        sum.crc = crc32(bytes, sum.crc);
        yield bytes;
      }
      unpacked = [];
      if (error) return error.message;
      input.giveBack(chunk.subarray(inflate.bytesWritten - before));
    }
    return undefined;
  } finally {
    inflate.destroy();
  }
}

/** @returns whether another member begins here; without one nothing is taken */
async function skipHeader(input: Input): Promise<boolean> {
  const fixed = await input.take(FIXED_HEADER_BYTES);
  if (fixed === undefined) return false;
  if (!isGzip(fixed) || fixed[2] !== 8) {
    input.giveBack(fixed);
    return false;
  }
  const flags = fixed[3]!;
  if ((flags & FLAGS.extra) !== 0) {
    const length = await input.take(2);
    await input.take(length?.readUInt16LE(0) ?? 0);
  }
  if ((flags & FLAGS.name) !== 0) await skipText(input);
  if ((flags & FLAGS.comment) !== 0) await skipText(input);
  if ((flags & FLAGS.headerCrc) !== 0) await input.take(2);
  return true;
}

/** A text ends in a zero. */
async function skipText(input: Input): Promise<void> {
  let byte = await input.take(1);
  while (byte !== undefined && byte[0] !== 0) byte = await input.take(1);
}

interface Input {
  /** Exactly so many bytes; undefined, and nothing taken, when there are fewer. */
  take(bytes: number): Promise<Buffer | undefined>;
  /** The next bytes, at least one; undefined at the end. */
  some(): Promise<Buffer | undefined>;
  /** Bytes that were taken last and not used. */
  giveBack(bytes: Buffer): void;
}

function createInput(chunks: AsyncIterable<Buffer>): Input {
  const iterator = chunks[Symbol.asyncIterator]();
  let held: Buffer = Buffer.alloc(0);
  const pull = async (): Promise<boolean> => {
    const next = await iterator.next();
    if (next.done === true) return false;
    held = held.length === 0 ? next.value : Buffer.concat([held, next.value]);
    return true;
  };
  const cut = (bytes: number): Buffer => {
    const taken = held.subarray(0, bytes);
    held = held.subarray(bytes);
    return taken;
  };
  return {
    take: async (bytes) => {
      while (held.length < bytes) if (!(await pull())) return undefined;
      return cut(bytes);
    },
    some: async () => {
      while (held.length === 0) if (!(await pull())) return undefined;
      return cut(held.length);
    },
    giveBack: (bytes) => {
      if (bytes.length > 0) held = Buffer.concat([bytes, held]);
    },
  };
}
