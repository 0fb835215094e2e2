// Several partitions as one source, in order of event time: for windows over everything, whose results must not depend on
// which partition happened to be fetched first. A partition that has been read to its end holds up none of the others.
import type { Read } from '../../core/record.js';
import type { Json, RecordBatch, RecordSource } from '../ports.js';

/** Plain JSON, by partition. */
export type MergedPosition = Readonly<Record<string, PartPosition>>;

export interface PartPosition {
  /** Of the partition's own source; null at its start. */
  readonly position: Json;
  /** Reads behind it that were given out already. */
  readonly taken: number;
}

/** Small enough that heartbeats and commits never wait long. */
const BATCH_READS = 1000;

interface Part {
  readonly name: string;
  readonly iterator: AsyncIterator<RecordBatch>;
  /** Where the batch that is held began. */
  before: Json;
  batch: RecordBatch | undefined;
  at: number;
  /** Reads that an earlier run gave out already. */
  toSkip: number;
  isAsked: boolean;
  isCaughtUp: boolean;
  isOver: boolean;
  failure: { readonly error: unknown } | undefined;
}

/** @param parts by the name that their position goes by, such as the partition's number */
export function createMergedSource(streamId: string, parts: ReadonlyMap<string, RecordSource>): RecordSource {
  return {
    streamId,
    batches: async function* (from, signal): AsyncGenerator<RecordBatch> {
      const known = (from ?? {}) as MergedPosition;
      const done = new AbortController();
      const either = AbortSignal.any([signal, done.signal]);
      const open = [...parts].map(([name, source]): Part => {
        const { position = null, taken = 0 } = known[name] ?? {};
        const iterator = source.batches(position ?? undefined, either)[Symbol.asyncIterator]();
        return {
          name,
          iterator,
          before: position,
          batch: undefined,
          at: 0,
          toSkip: taken,
          isAsked: false,
          isCaughtUp: false,
          isOver: false,
          failure: undefined,
        };
      });
      let wake = (): void => {};
      const ask = (part: Part): void => {
        part.isAsked = true;
        const arrive = (): void => {
          part.isAsked = false;
          wake();
        };
        part.iterator.next().then(
          ({ done, value }) => {
            if (done === true) part.isOver = true;
            else hold(part, value);
            arrive();
          },
          (error: unknown) => {
            part.failure = { error };
            arrive();
          },
        );
      };
      const position = (): MergedPosition =>
        Object.fromEntries(
          open.map((part) => [part.name, { position: part.before, taken: part.at + part.toSkip }]),
        );

      try {
        while (!signal.aborted) {
          const failed = open.find(({ failure }) => failure !== undefined);
          if (failed !== undefined) throw failed.failure!.error;
          for (const part of open) if (part.batch === undefined && !part.isAsked && !part.isOver) ask(part);
          if (open.every(({ isOver, batch }) => isOver && batch === undefined)) return;
          const isHeldUp = open.some((part) => part.batch === undefined && !part.isCaughtUp && !part.isOver);
          if (isHeldUp || open.every(({ batch }) => batch === undefined)) {
            await new Promise<void>((resolve) => {
              wake = () => {
                signal.removeEventListener('abort', wake);
                resolve();
              };
              signal.addEventListener('abort', wake);
            });
            continue;
          }
          const merged = merge(open);
          const isCaughtUp = open.every(
            (part) => part.batch === undefined && (part.isCaughtUp || part.isOver),
          );
          yield { ...merged, position: position(), isCaughtUp };
        }
      } finally {
        done.abort();
        for (const { iterator } of open) await iterator.return?.();
      }
    },
  };
}

/** Holds a batch, without what was given out before. */
function hold(part: Part, batch: RecordBatch): void {
  // of another log, or one with a gap, nothing was given out
  if (batch.isRecreated || batch.lost !== undefined) part.toSkip = 0;
  const skipped = Math.min(part.toSkip, batch.reads.length);
  part.toSkip -= skipped;
  part.batch = batch;
  part.at = skipped;
  part.isCaughtUp = batch.isCaughtUp;
  if (skipped > 0 && skipped === batch.reads.length) finish(part);
}

function finish(part: Part): void {
  part.before = part.batch!.position;
  part.batch = undefined;
  part.at = 0;
}

/** The earliest reads, until a part has run out of them or it is enough. */
function merge(open: readonly Part[]): Omit<RecordBatch, 'position' | 'isCaughtUp'> {
  const reads: Read[] = [];
  const origins: (readonly [RecordBatch, number])[] = [];
  let [lost, isRecreated, ingestTimeMs] = [0, false, 0];
  const first = open.find(({ batch }) => batch !== undefined)!.batch!;
  while (reads.length < BATCH_READS) {
    let earliest: Part | undefined;
    for (const part of open)
      if (part.batch !== undefined && (earliest === undefined || timeOf(part) < timeOf(earliest)))
        earliest = part;
    if (earliest === undefined) break;
    const batch = earliest.batch!;
    const read = batch.reads[earliest.at];
    if (earliest.at === 0) {
      lost += batch.lost ?? 0;
      isRecreated ||= batch.isRecreated === true;
    }
    if (read !== undefined) {
      reads.push(read);
      origins.push([batch, earliest.at]);
      ingestTimeMs = Math.max(ingestTimeMs, batch.ingestTimeMs);
      earliest.at++;
    }
    if (earliest.at >= batch.reads.length) {
      finish(earliest);
      break;
    }
  }
  return {
    reads,
    ingestTimeMs: ingestTimeMs === 0 ? first.ingestTimeMs : ingestTimeMs,
    ...(lost > 0 ? { lost } : {}),
    ...(isRecreated ? { isRecreated } : {}),
    messageOf: (readIndex) => {
      const [batch, at] = origins[readIndex]!;
      return batch.messageOf!(at);
    },
  };
}

/** What is no record has no time: it goes at once. */
function timeOf({ batch, at }: Part): number {
  const read = batch!.reads[at];
  if (!read?.ok) return Number.NEGATIVE_INFINITY;
  const { eventTimeMs } = read.record;
  // a record from the future must not hold back its partition: it goes when it was written
  const isAhead = eventTimeMs > batch!.ingestTimeMs;
  return isAhead ? (batch!.messageOf?.(at)?.timestampMs ?? batch!.ingestTimeMs) : eventTimeMs;
}
