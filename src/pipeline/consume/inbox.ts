// Waiting for the next batch, but not for ever: the loop must also tick, commit and stop while its input is silent.
import type { Clock, RecordBatch } from '../ports.js';

export interface Inbox {
  /** The next batch; `idle` when none came in time or the signal aborted, `over` at the end of the input. */
  next(waitMs: number): Promise<RecordBatch | 'idle' | 'over'>;
  /** Lets the source clean up, within a bounded time. */
  close(): Promise<void>;
}

const CLOSE_WITHIN_MS = 2000;

type Arrival =
  | { readonly ok: true; readonly result: IteratorResult<RecordBatch, unknown> }
  | { readonly ok: false; readonly error: unknown };

/** A batch that comes too late for one `next` is given by the following one: none is lost. */
export function createInbox(batches: AsyncIterable<RecordBatch>, clock: Clock, signal: AbortSignal): Inbox {
  const iterator = batches[Symbol.asyncIterator]();
  let isAsked = false;
  let arrival: Arrival | undefined;
  let wake = (): void => {};
  const arrive = (came: Arrival): void => {
    arrival = came;
    wake();
  };

  const open = (came: Arrival): RecordBatch | 'over' => {
    arrival = undefined;
    isAsked = false;
    if (!came.ok) throw came.error;
    return came.result.done === true ? 'over' : came.result.value;
  };

  return {
    next: async (waitMs) => {
      if (!isAsked) {
        isAsked = true;
        iterator.next().then(
          (result) => arrive({ ok: true, result }),
          (error: unknown) => arrive({ ok: false, error }),
        );
      }
      if (arrival === undefined) {
        const nap = new AbortController();
        wake = () => nap.abort();
        signal.addEventListener('abort', wake);
        if (!signal.aborted) await clock.sleep(waitMs, nap.signal);
        signal.removeEventListener('abort', wake);
      }
      return arrival === undefined ? 'idle' : open(arrival);
    },
    close: async () => {
      const closing = iterator.return?.() ?? Promise.resolve();
      const patience = new AbortController();
      await Promise.race([
        Promise.resolve(closing).catch(() => {}),
        clock.sleep(CLOSE_WITHIN_MS, patience.signal),
      ]);
      patience.abort();
    },
  };
}
