// The latest records of a stream, in the order they came, for alerts that may look back on them. Texts are joined by the
// thousand: a text of its own for each would be copied by the garbage collector again and again, and could hold on to all
// of the input that it was cut from.
import type { LogRecord } from '../../core/record.js';

export interface KeptLine {
  readonly eventTimeMs: number;
  readonly source: string;
  readonly severity: number;
  readonly body: string;
}

export interface LineRing {
  add(record: LogRecord): void;
  /** The record that was added last counts in no window: it is as if it had not come. */
  takeBack(): void;
  /** Those kept of one source, or of all, that are not older, in the order they came. */
  lines(source: string | undefined, fromMs: number): KeptLine[];
  /** Greatest event time before that of those kept; -Infinity where there is none. */
  latestBefore(source: string | undefined, beforeMs: number): number;
  /** Greatest event time of what is kept no more, of one source or of all; undefined where nothing is missing. */
  lostUntilMs(source: string | undefined): number | undefined;
}

interface Chunk {
  count: number;
  readonly timesMs: Float64Array;
  readonly severities: Uint8Array;
  /** Index of the source, or GONE. */
  readonly sources: Int32Array;
  /** Of each body in the text. */
  readonly ends: Uint32Array;
  bodies: string[];
  /** All bodies, once the chunk is full. */
  text: string;
  characters: number;
}

const CHUNK_LINES = 1024;
const GONE = -1;

/**
 * @param maxCharacters of all bodies; the oldest go first
 * @param maxSources records of further ones are not kept
 */
export function createLineRing(maxCharacters: number, maxSources: number): LineRing {
  const indexes = new Map<string, number>();
  const names: string[] = [];
  const lostMs: number[] = [];
  let lostElsewhereMs: number | undefined;
  let chunks: Chunk[] = [createChunk()];
  let characters = 0;
  // records of one source often come together
  let lastName: string | undefined;
  let lastIndex = GONE;

  const indexOf = (source: string): number => {
    if (source === lastName) return lastIndex;
    let index = indexes.get(source);
    if (index === undefined) {
      if (names.length >= maxSources) return GONE;
      index = names.push(source) - 1;
      indexes.set(source, index);
    }
    lastName = source;
    lastIndex = index;
    return index;
  };

  /** An index that no line has for a source that is not known. */
  const wantedOf = (source: string | undefined): number | undefined =>
    source === undefined ? undefined : (indexes.get(source) ?? names.length);

  /** @returns how many characters went with it */
  const dropOldest = (): number => {
    const [oldest, ...rest] = chunks as [Chunk, ...Chunk[]];
    for (let line = 0; line < oldest.count; line++) {
      const index = oldest.sources[line]!;
      if (index !== GONE) lostMs[index] = Math.max(lostMs[index] ?? -Infinity, oldest.timesMs[line]!);
    }
    chunks = rest;
    return oldest.characters;
  };

  return {
    add: (record) => {
      const index = indexOf(record.source);
      if (index === GONE)
        lostElsewhereMs = Math.max(lostElsewhereMs ?? record.eventTimeMs, record.eventTimeMs);
      const body = index === GONE ? '' : record.body;
      let chunk = chunks.at(-1)!;
      if (chunk.count === CHUNK_LINES) {
        seal(chunk);
        chunk = createChunk();
        chunks.push(chunk);
      }
      const line = chunk.count++;
      chunk.timesMs[line] = record.eventTimeMs;
      chunk.severities[line] = record.severity;
      chunk.sources[line] = index;
      chunk.characters += body.length;
      chunk.ends[line] = chunk.characters;
      chunk.bodies.push(body);
      characters += body.length;
      while (characters > maxCharacters && chunks.length > 1) characters -= dropOldest();
    },
    takeBack: () => {
      const chunk = chunks.at(-1)!;
      if (chunk.count > 0) chunk.sources[chunk.count - 1] = GONE;
    },
    lines: (source, fromMs) => {
      const wanted = wantedOf(source);
      return chunks.flatMap((chunk) => linesOf(chunk, wanted, fromMs, names));
    },
    latestBefore: (source, beforeMs) => {
      const wanted = wantedOf(source);
      return chunks.reduce(
        (latest, chunk) => Math.max(latest, latestOf(chunk, wanted, beforeMs)),
        Number.NEGATIVE_INFINITY,
      );
    },
    lostUntilMs: (source) => {
      if (source !== undefined) return lostMs[indexes.get(source) ?? names.length];
      return lostMs.reduce<number | undefined>(
        (latest, each) => (latest === undefined || each > latest ? each : latest),
        lostElsewhereMs,
      );
    },
  };
}

function createChunk(): Chunk {
  return {
    count: 0,
    timesMs: new Float64Array(CHUNK_LINES),
    severities: new Uint8Array(CHUNK_LINES),
    sources: new Int32Array(CHUNK_LINES),
    ends: new Uint32Array(CHUNK_LINES),
    bodies: [],
    text: '',
    characters: 0,
  };
}

function seal(chunk: Chunk): void {
  chunk.text = chunk.bodies.join('');
  chunk.bodies = [];
}

function linesOf(
  { count, timesMs, severities, sources, ends, bodies, text }: Chunk,
  wanted: number | undefined,
  fromMs: number,
  names: readonly string[],
): KeptLine[] {
  const found: KeptLine[] = [];
  for (let line = 0; line < count; line++) {
    const index = sources[line]!;
    if (index === GONE || (wanted !== undefined && index !== wanted) || timesMs[line]! < fromMs) continue;
    found.push({
      eventTimeMs: timesMs[line]!,
      source: names[index]!,
      severity: severities[line]!,
      body: bodies[line] ?? text.slice(line === 0 ? 0 : ends[line - 1], ends[line]),
    });
  }
  return found;
}

function latestOf({ count, timesMs, sources }: Chunk, wanted: number | undefined, beforeMs: number): number {
  let latest = Number.NEGATIVE_INFINITY;
  for (let line = 0; line < count; line++) {
    const timeMs = timesMs[line]!;
    if (timeMs >= beforeMs || timeMs <= latest || sources[line] === GONE) continue;
    if (wanted === undefined || sources[line] === wanted) latest = timeMs;
  }
  return latest;
}
