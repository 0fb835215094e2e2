// A clock that is set by hand, a source from a list and a sink that keeps what it gets, for tests of the loop.
import type { Read } from '../../core/record.js';
import type { AlertNotice, AlertSink, Clock, RecordBatch, RecordSource } from '../ports.js';

/** Sleeping moves the clock on at once. */
export function createTestClock(startMs: number): Clock & { set(nowMs: number): void } {
  let nowMs = startMs;
  return {
    nowMs: () => nowMs,
    set: (to) => {
      nowMs = to;
    },
    sleep: async (durationMs, signal) => {
      // other work of this turn first, as real time would let it
      await new Promise((resolve) => {
        setImmediate(resolve);
      });
      if (!signal?.aborted) nowMs += durationMs;
    },
  };
}

export function recordAt(eventTimeMs: number, source = 'api', body = 'request served', severity = 9): Read {
  return { ok: true, record: { eventTimeMs, source, severity, body }, line: 1, lines: 1 };
}

/** Batches of a list; the position is how many were given out. Ends after the last, or waits for the signal. */
export function createListSource(
  batches: readonly (readonly Read[])[],
  clock: Clock,
  options: {
    readonly isEndless?: boolean;
    readonly isAlwaysCaughtUp?: boolean;
    readonly onBatch?: (index: number) => void;
  } = {},
): RecordSource {
  return {
    streamId: 'list',
    batches: async function* (from, signal): AsyncGenerator<RecordBatch> {
      for (let index = (from as number | undefined) ?? 0; index < batches.length; index++) {
        if (signal.aborted) return;
        options.onBatch?.(index);
        yield {
          reads: batches[index]!,
          ingestTimeMs: clock.nowMs(),
          position: index + 1,
          isCaughtUp: options.isAlwaysCaughtUp === true || index === batches.length - 1,
        };
      }
      if (!options.isEndless) return;
      await new Promise((resolve) => {
        signal.addEventListener('abort', resolve);
      });
    },
  };
}

export function createListSink(): AlertSink & { readonly notices: AlertNotice[] } {
  const notices: AlertNotice[] = [];
  return {
    notices,
    send: async (notice) => {
      notices.push(notice);
    },
  };
}
