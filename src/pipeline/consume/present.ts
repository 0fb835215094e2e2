// What is being worked on just now, and since when: the batch, the record of it, and the window that it closes. Every stage
// that is measured, and every stamp of a window, is read off here.
import type { Stage } from '../latency/stages.js';
import { arrivalStages, type WindowStamps } from '../latency/stamps.js';
import type { Clock, RecordBatch, StampedWindow, Telemetry } from '../ports.js';

export interface Present {
  /** A batch is begun; its records follow one by one. */
  beginBatch(batch: RecordBatch): void;
  beginRecord(): void;
  /** Something other than a record closes windows: a tick, or the end. */
  beginWithoutRecord(nowMs: number): void;
  /** A window is to be closed: the first of those that one record closes says when. */
  windowIsDue(): void;
  /** A window was scored just now. @param isLive whether its end was still to come when the stream caught up */
  stampWindow(
    row: Pick<StampedWindow, 'endMs' | 'revision'>,
  ): Pick<StampedWindow, 'eligibleTimeMs' | 'scoredTimeMs' | 'stamps'>;
  /** The batch is over, and all of its records are counted in. */
  endBatch(): void;
  /** The stream is known to be live, whatever was read of it. */
  goLive(nowMs: number): void;
  /** When the stream caught up with its input and the input was recent, ms by the wall clock; undefined before. */
  liveSinceMs(): number | undefined;
  batch(): RecordBatch | undefined;
  readTimeMs(): number;
  index(): number;
}

/** An input whose newest record is no older than this when everything was read is live, ms. */
export const LIVE_LAG_MS = 60_000;

/**
 * @param newestMs greatest event time that was believed so far
 * @param mostSilenceMs of a stream that an earlier run saw live: it is live again as soon as all was read, if its newest record
 *   is no older than this. 0 of any other: a log of yesterday that is read for the first time says nothing about the night.
 */
export function createPresent(
  clock: Clock,
  telemetry: Telemetry,
  newestMs: number,
  mostSilenceMs: number,
): Present {
  let newestSoFarMs = newestMs;
  let liveSinceMs: number | undefined;
  let readTimeMs = 0;
  let startedTimeMs = 0;
  let current: RecordBatch | undefined;
  let currentIndex = -1;
  /** The others that the record closes wait for the first. */
  let eligibleTimeMs: number | undefined;

  const stampsOf = (endMs: number): WindowStamps => {
    const read = current?.reads[currentIndex];
    const message = read?.ok ? current?.messageOf?.(currentIndex) : undefined;
    return {
      isLive: endMs >= (liveSinceMs ?? Infinity),
      recordTimeMs: read?.ok ? read.record.eventTimeMs : null,
      appendTimeMs: message?.isAppendTime ? message.timestampMs : null,
      readTimeMs,
      startedTimeMs,
    };
  };

  const observeReads = ({ reads, messageOf }: RecordBatch): void => {
    const doneMs = clock.nowMs();
    const sinceMs = liveSinceMs ?? Infinity;
    let liveRecords = 0;
    for (let index = 0; index < reads.length; index++) {
      const read = reads[index]!;
      if (!read.ok || read.record.eventTimeMs < sinceMs) continue;
      liveRecords++;
      const message = messageOf?.(index);
      const appendTimeMs = message?.isAppendTime ? message.timestampMs : null;
      const stages = arrivalStages(read.record.eventTimeMs, appendTimeMs, readTimeMs);
      telemetry.observe('eventToScored', true, doneMs - read.record.eventTimeMs);
      for (const stage in stages) telemetry.observe(stage as Stage, true, stages[stage as Stage]!);
    }
    const [waitedMs, tookMs] = [startedTimeMs - readTimeMs, doneMs - startedTimeMs];
    const others = reads.length - liveRecords;
    telemetry.observe('readToStarted', true, waitedMs, liveRecords);
    telemetry.observe('readToStarted', false, waitedMs, others);
    telemetry.observe('startedToScored', true, tookMs, liveRecords);
    telemetry.observe('startedToScored', false, tookMs, others);
  };

  return {
    beginBatch: (batch) => {
      readTimeMs = batch.ingestTimeMs;
      startedTimeMs = clock.nowMs();
      current = batch;
      currentIndex = -1;
      // one clock that is ahead must not hide for long how recent the others are
      if (batch.reads.length > 0) newestSoFarMs = Number.NEGATIVE_INFINITY;
    },
    beginRecord: () => {
      currentIndex++;
      eligibleTimeMs = undefined;
      const read = current!.reads[currentIndex]!;
      if (read.ok && read.record.eventTimeMs > newestSoFarMs) newestSoFarMs = read.record.eventTimeMs;
    },
    beginWithoutRecord: (nowMs) => {
      readTimeMs = nowMs;
      startedTimeMs = nowMs;
      currentIndex = -1;
      eligibleTimeMs = undefined;
    },
    windowIsDue: () => {
      eligibleTimeMs ??= clock.nowMs();
    },
    stampWindow: ({ endMs, revision }) => {
      const scoredTimeMs = clock.nowMs();
      const dueTimeMs = eligibleTimeMs!;
      const stamps = stampsOf(endMs);
      const { isLive } = stamps;
      if (revision === 0) telemetry.observe('endToEligible', isLive, dueTimeMs - endMs);
      telemetry.observe('startedToEligible', isLive, dueTimeMs - startedTimeMs);
      telemetry.observe('eligibleToScored', isLive, scoredTimeMs - dueTimeMs);
      return { eligibleTimeMs: dueTimeMs, scoredTimeMs, stamps };
    },
    endBatch: () => {
      const batch = current!;
      current = undefined;
      observeReads(batch);
      const ageMs = batch.ingestTimeMs - newestSoFarMs;
      const isRecent = ageMs >= -LIVE_LAG_MS && ageMs <= Math.max(LIVE_LAG_MS, mostSilenceMs);
      if (batch.isCaughtUp && isRecent) liveSinceMs ??= batch.ingestTimeMs;
    },
    goLive: (nowMs) => {
      liveSinceMs ??= nowMs;
    },
    liveSinceMs: () => liveSinceMs,
    batch: () => current,
    readTimeMs: () => readTimeMs,
    index: () => currentIndex,
  };
}
