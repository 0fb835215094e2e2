// The canary beside any other source of a `start`: its records come as time passes, whether the other has anything to say or
// not. Positions of both are kept as one; a run without the canary goes on from the other's.
import { canaryRecords } from '../../core/canary/canary-trouble.js';
import type { Read } from '../../core/record.js';
import type { Clock, Json, RecordBatch, RecordSource } from '../ports.js';

export interface CanaryFeedOptions {
  readonly everyMs: number;
  /** Where its life in this store begins, ms; what is further back than a day is left out. */
  readonly fromMs: number;
}

interface CanaryPosition {
  readonly source: Json;
  /** Its records before this moment were given out. */
  readonly canaryMs: number;
}

const STEP_MS = 500;
/** Simulated time that makes one batch while it catches up. */
const BACKLOG_STEP_MS = 600_000;
const MOST_BACKLOG_MS = 86_400_000;

/** @param canary undefined: the other source alone, also from a position of a run that had the canary */
export function createCanarySource(
  source: RecordSource,
  canary: CanaryFeedOptions | undefined,
  clock: Clock,
): RecordSource {
  return {
    streamId: source.streamId,
    batches: (from, signal) => {
      const known = isCanaryPosition(from) ? from : { source: from, canaryMs: undefined };
      return canary === undefined
        ? source.batches(known.source, signal)
        : merge(source, canary, known, clock, signal);
    },
  };
}

async function* merge(
  source: RecordSource,
  { everyMs, fromMs }: CanaryFeedOptions,
  known: { readonly source: Json; readonly canaryMs: number | undefined },
  clock: Clock,
  signal: AbortSignal,
): AsyncGenerator<RecordBatch> {
  const nowMs = (): number => Math.floor(clock.nowMs());
  let reachedMs = Math.max(known.canaryMs ?? fromMs, nowMs() - MOST_BACKLOG_MS);
  let position = known.source;
  let isSourceCaughtUp = false;
  const done = new AbortController();
  const ends = AbortSignal.any([done.signal, signal]);
  const iterator = source.batches(known.source, ends)[Symbol.asyncIterator]();
  let next = iterator.next();
  try {
    while (!signal.aborted) {
      const step = new AbortController();
      const stopped = AbortSignal.any([step.signal, signal]);
      // while it catches up it waits for nobody
      const patience = clock.sleep(nowMs() - reachedMs > BACKLOG_STEP_MS ? 0 : STEP_MS, stopped);
      const came = await Promise.race([next, patience.then(() => undefined)]);
      step.abort();
      if (came?.done === true) return;
      const untilMs = Math.max(reachedMs, Math.min(nowMs(), reachedMs + BACKLOG_STEP_MS));
      const reads = canaryRecords(everyMs, reachedMs, untilMs).map((record): Read => ({
        ok: true,
        record,
        line: 1,
        lines: 1,
      }));
      reachedMs = untilMs;
      const batch = came?.value;
      if (came !== undefined) next = iterator.next();
      if (batch !== undefined) {
        position = batch.position;
        isSourceCaughtUp = batch.isCaughtUp;
      }
      if (batch === undefined && reads.length === 0) continue;
      yield {
        ...batch,
        // behind the others: the messages that they came in are counted from the first
        reads: [...(batch?.reads ?? []), ...reads],
        ingestTimeMs: batch?.ingestTimeMs ?? clock.nowMs(),
        position: { source: position, canaryMs: reachedMs } satisfies CanaryPosition,
        isCaughtUp: isSourceCaughtUp && nowMs() - reachedMs < BACKLOG_STEP_MS,
      };
    }
  } finally {
    done.abort();
    next.catch(() => {});
    await iterator.return?.();
  }
}

function isCanaryPosition(position: Json): position is CanaryPosition {
  return typeof position === 'object' && position !== null && 'canaryMs' in position;
}
