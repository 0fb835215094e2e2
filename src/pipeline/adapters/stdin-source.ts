// Standard input, for what other programs write: `journalctl -f -o json | loghorn consume --from stdin …`.
import type { Readable } from 'node:stream';
import { type ChunkPosition, type ChunkReaderOptions, createChunkReader } from '../consume/chunk-reader.js';
import type { Clock, RecordBatch, RecordSource } from '../ports.js';

const IDLE_FLUSH_MS = 500;

/**
 * A pipe cannot be read again: what was read and not committed when the process was killed is lost, and a run that goes
 * on counts its lines on and takes up the record that was open, but whatever comes is new to it.
 */
export function createStdinSource(options: ChunkReaderOptions, input: Readable, clock: Clock): RecordSource {
  return {
    streamId: 'stdin',
    batches: async function* (from, signal): AsyncGenerator<RecordBatch> {
      const known = from as ChunkPosition | undefined;
      const reader = createChunkReader(options, known);
      const batch = (reads: RecordBatch['reads']): RecordBatch => ({
        reads,
        ingestTimeMs: clock.nowMs(),
        position: reader.position(),
        isCaughtUp: input.readableLength === 0,
      });
      const chunks = input[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
      const stop = (): void => {
        input.destroy();
      };
      signal.addEventListener('abort', stop);
      const ask = (): Promise<IteratorResult<Buffer>> => {
        const asked = chunks.next();
        // a stop while nobody waits for it is no failure
        asked.catch(() => {});
        return asked;
      };
      try {
        let next = ask();
        let isFlushed = true;
        while (!signal.aborted) {
          const came = await firstWithin(next, isFlushed ? undefined : IDLE_FLUSH_MS, clock);
          if (came === 'silent') {
            isFlushed = true;
            yield batch(reader.flush());
          } else if (came.done === true) break;
          else {
            next = ask();
            isFlushed = false;
            yield batch(reader.push(came.value));
          }
        }
        if (!signal.aborted) yield { ...batch(reader.end()), isCaughtUp: true };
      } catch (error) {
        // a pipe that is destroyed on the way out says so
        if (!signal.aborted) throw error;
      } finally {
        signal.removeEventListener('abort', stop);
      }
    },
  };
}

/** @param waitMs undefined to wait for as long as it takes */
async function firstWithin<T>(
  next: Promise<T>,
  waitMs: number | undefined,
  clock: Clock,
): Promise<T | 'silent'> {
  if (waitMs === undefined) return next;
  const nap = new AbortController();
  try {
    return await Promise.race([next, clock.sleep(waitMs, nap.signal).then(() => 'silent' as const)]);
  } finally {
    nap.abort();
  }
}
