// Synthetic traffic as a source: what the feed has missed comes as fast as it can be read, then it goes on in real time.
import { createRecordReader } from '../../core/format/reader.js';
import type { Read } from '../../core/record.js';
import type { Clock, Json, RecordBatch, RecordSource } from '../ports.js';

/** A simulation that writes log lines; the command line fills it with the generator. */
export interface SyntheticFeed {
  /** Lines of all records before this moment that were not handed out yet, in order of time. */
  advance(untilMs: number, onLine: (line: string) => void): void;
  /** Everything before this moment was handed out, ms since epoch. */
  reachedMs(): number;
  /** Plain JSON, to go on from. */
  snapshot(): Json;
}

/** How often a live feed is asked for more. */
const STEP_MS = 50;
/** Simulated time that makes one batch while it catches up. */
const BACKLOG_STEP_MS = 120_000;

/** @param open makes the feed anew, or goes on from a snapshot; undefined is the start */
export function createFeedSource(open: (from: Json) => SyntheticFeed, clock: Clock): RecordSource {
  return {
    streamId: 'synthetic',
    batches: async function* (from, signal): AsyncGenerator<RecordBatch> {
      const known = from as { readonly feed: Json; readonly lines: number } | undefined;
      const feed = open(known?.feed);
      let lines = known?.lines ?? 0;
      while (!signal.aborted) {
        const nowMs = Math.floor(clock.nowMs());
        const untilMs = Math.min(nowMs, feed.reachedMs() + BACKLOG_STEP_MS);
        const reads: Read[] = [];
        // each line is a whole record: nothing is held back for the next batch
        const reader = createRecordReader({ format: 'json', defaultSource: 'synthetic' });
        const emit = (read: Read): void => {
          reads.push(read);
        };
        feed.advance(untilMs, (text) =>
          reader.push({ text, number: ++lines, endOffsetBytes: 0, isTooLong: false }, emit),
        );
        reader.flush(emit);
        const isCaughtUp = untilMs === nowMs;
        yield {
          reads,
          ingestTimeMs: clock.nowMs(),
          position: { feed: feed.snapshot(), lines },
          isCaughtUp,
        };
        // a pause either way: a catching-up feed must let signals through
        await clock.sleep(isCaughtUp ? STEP_MS : 0, signal);
      }
    },
  };
}
