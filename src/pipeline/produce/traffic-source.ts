// Synthetic traffic to be produced: every record is handed out when its own time has come.
import { createRecordReader } from '../../core/format/reader.js';
import type { SyntheticFeed } from '../adapters/feed-source.js';
import type { RawRecord } from '../kafka/kafka-message.js';
import type { Clock, Json } from '../ports.js';
import type { RawBatch, RawSource } from './produce.js';

/** So often the traffic is asked for what is due. */
const STEP_MS = 2;
/** Time that one batch covers at most while it catches up. */
const BACKLOG_STEP_MS = 1000;
/** A snapshot takes long at a high rate. */
const POSITION_EVERY_MS = 2000;

/** @param keepsPosition whether anybody wants to go on from where it was */
export function createTrafficSource(
  open: (from: Json) => SyntheticFeed,
  clock: Clock,
  keepsPosition: boolean,
): RawSource {
  return {
    streamId: 'synthetic',
    batches: async function* (from, signal): AsyncGenerator<RawBatch> {
      const feed = open(from);
      let snapshotMs = clock.nowMs();
      if (keepsPosition) yield { ...EMPTY, position: feed.snapshot() };
      while (!signal.aborted) {
        const nowMs = Math.floor(clock.nowMs());
        const untilMs = Math.min(nowMs, feed.reachedMs() + BACKLOG_STEP_MS);
        const records = recordsUntil(feed, untilMs);
        const isDue = keepsPosition && clock.nowMs() - snapshotMs >= POSITION_EVERY_MS;
        if (isDue) snapshotMs = clock.nowMs();
        if (records.length > 0 || isDue)
          yield {
            records,
            lines: records.length,
            blankLines: 0,
            position: isDue ? feed.snapshot() : undefined,
            isTimed: true,
          };
        if (untilMs === nowMs) await clock.sleep(STEP_MS, signal);
      }
    },
  };
}

const EMPTY: RawBatch = { records: [], lines: 0, blankLines: 0, position: undefined, isTimed: true };

function recordsUntil(feed: SyntheticFeed, untilMs: number): readonly RawRecord[] {
  const records: RawRecord[] = [];
  let line = '';
  const reader = createRecordReader({ format: 'json', defaultSource: 'synthetic' });
  const take = (text: string): void => {
    line = text;
    reader.push({ text, number: 1, endOffsetBytes: 0, isTooLong: false }, () => {});
    reader.flush((read) => {
      if (read.ok)
        records.push({
          source: read.record.source,
          text: line,
          eventTimeMs: read.record.eventTimeMs,
          isCut: false,
        });
    });
  };
  feed.advance(untilMs, take);
  return records;
}
