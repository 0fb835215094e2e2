// One partition as a source of records: from the position in the store on, whatever offset the client would start at, and
// with a look at whether the log is still the one that was read.
import type { Clock, RecordBatch, RecordSource } from '../ports.js';
import { askAgain } from './ask-again.js';
import { createContinuity } from './continuity.js';
import { createMessageDecoder, type DecoderOptions, type FormatMemory } from './decode-messages.js';
import { decodeMessages, findStop } from './find-stop.js';
import type { OffsetRange, PartitionBatch, PartitionGroup, PartitionMessage } from './partition-group.js';
import type { PartitionQueue } from './partition-queue.js';
import { findResumePoint, type ReadTo } from './resume-point.js';
import type { SourceGate } from './source-gate.js';
import { sourceMessageOf } from './source-message.js';
import { streamIdOfPartition } from './stream-id.js';

export interface PartitionSourceOptions extends DecoderOptions {
  readonly group: Pick<PartitionGroup, 'topic' | 'offsets'>;
  readonly queue: PartitionQueue;
  readonly partition: number;
  /** Asked whenever a source is new; left out where it does not matter to which partition a source belongs. */
  readonly gate?: SourceGate;
  /** The input is over here; undefined to go on for ever. */
  readonly endOffset?: number | undefined;
  readonly onWarning: (sentence: string) => void;
}

/** Plain JSON. */
export interface PartitionPosition extends ReadTo {
  readonly formats?: FormatMemory;
  /** Of the topic, when its results began. */
  readonly partitions?: number;
}

/** Small enough that heartbeats and commits never wait long for what is being scored. */
const CHUNK_MESSAGES = 1000;
const LOOK_AGAIN_AFTER_MS = 1000;

/**
 * Gives out nothing twice and leaves nothing out that the broker still has; what it no longer has is told as lost.
 * Its batches end before a source that the gate does not let in.
 */
export function createPartitionSource(options: PartitionSourceOptions, clock: Clock): RecordSource {
  const { group, queue, partition, endOffset = Infinity, onWarning, gate } = options;
  const name = `partition ${partition} of topic ${group.topic}`;

  /** Undefined once the signal aborts. */
  const rangeNow = async (signal: AbortSignal): Promise<OffsetRange | undefined> => {
    for (let tries = 0; !signal.aborted; tries++) {
      const asking = { clock, signal, onWarning };
      const range = (await askAgain(`the offsets of ${name}`, () => group.offsets(), asking))?.get(partition);
      if (range !== undefined) return range;
      if (tries === 0 && !signal.aborted) onWarning(`${name} is not there: waiting for it`);
      await clock.sleep(LOOK_AGAIN_AFTER_MS, signal);
    }
    return undefined;
  };

  return {
    streamId: streamIdOfPartition(group.topic, partition),
    batches: async function* (from, signal): AsyncGenerator<RecordBatch> {
      const known = from as PartitionPosition | undefined;
      let formats = known?.formats;
      let decoder = createMessageDecoder(options, formats);
      let readTo: ReadTo | undefined = known && { offset: known.offset, timestampMs: known.timestampMs };
      const continuity = createContinuity();
      let partitions = known?.partitions;

      const position = (): PartitionPosition => {
        formats = decoder.memory();
        const to = readTo ?? { offset: continuity.nextOffset(), timestampMs: null };
        return {
          ...to,
          ...(formats === undefined ? {} : { formats }),
          ...(partitions === undefined ? {} : { partitions }),
        };
      };
      const told = (changes: Partial<RecordBatch>): RecordBatch => ({
        reads: [],
        ingestTimeMs: clock.nowMs(),
        position: position(),
        isCaughtUp: false,
        ...changes,
      });
      const toldLost = (lost: number): RecordBatch => {
        onWarning(
          `${lost} messages of ${name} were deleted by retention before they were read: they are counted as lost; keep them for longer or add consumers`,
        );
        return told({ lost });
      };
      const toldRecreated = (): RecordBatch => {
        onWarning(`${name} was deleted and made anew: reading the new one from its beginning`);
        return told({ isRecreated: true });
      };

      /** Finds out where to go on and lets the client fetch from there. */
      async function* settle(): AsyncGenerator<RecordBatch> {
        const range = await rangeNow(signal);
        if (range === undefined) return;
        if (gate !== undefined) partitions = await gate.begin(partitions);
        const point = findResumePoint(readTo, range);
        const isSame = point.isCheckable && readTo !== undefined;
        const check = isSame ? { offset: readTo!.offset - 1, timestampMs: readTo!.timestampMs! } : undefined;
        continuity.begin(point.offset, check);
        if (check === undefined) gate?.onReadTo(point.offset);
        if (point.isRecreated || point.lost > 0) readTo = { offset: point.offset, timestampMs: null };
        if (point.isRecreated) yield toldRecreated();
        if (point.lost > 0) yield toldLost(point.lost);
        queue.restartAt(check?.offset ?? point.offset);
        if (point.offset >= range.highOffset && check === undefined) yield told({ isCaughtUp: true });
      }

      const isOver = (): boolean => !continuity.isChecking() && continuity.nextOffset() >= endOffset;

      yield* settle();
      while (!signal.aborted && !isOver()) {
        const came = await queue.take(signal);
        if (came === undefined) return;
        if (came === 'rejoined') {
          yield* settle();
          continue;
        }
        const batch = upTo(endOffset, came);
        const verdict = continuity.judge(batch);
        if (verdict.kind === 'ask-again') {
          queue.restartAt(continuity.nextOffset());
          continue;
        }
        if (verdict.kind !== 'next') {
          if (verdict.kind === 'other-log') {
            readTo = undefined;
            continuity.begin(0, undefined);
            yield toldRecreated();
          }
          yield* settle();
          continue;
        }
        if (verdict.isAfterGap) {
          // compaction leaves gaps, too: only what lies before the log's beginning is lost
          const lowOffset = (await rangeNow(signal))?.lowOffset ?? 0;
          const lost = Math.min(lowOffset, batch.firstOffset) - continuity.nextOffset();
          if (lost > 0) yield toldLost(lost);
        }
        const { messages } = verdict;
        const isLast = batch.nextOffset >= batch.highWatermark;
        for (let at = 0; at === 0 || at < messages.length; at += CHUNK_MESSAGES) {
          let chunk = messages.slice(at, at + CHUNK_MESSAGES);
          let decoded = decodeMessages(decoder, chunk);
          const stop = gate && (await findStop(gate, chunk, decoded, batch.isAppendTime === true));
          if (signal.aborted) return;
          if (stop !== undefined) {
            // what is behind it must not have been looked at
            chunk = chunk.slice(0, stop.messageIndex);
            decoder = createMessageDecoder(options, formats);
            decoded = decodeMessages(decoder, chunk);
            if (chunk.length === 0) {
              // whoever waits before the very first record can follow a promotion all the same: that it is here is stored
              if (known === undefined) yield told({ lost: 0 });
              gate!.stopBefore(stop);
              return;
            }
          }
          const isEndOfBatch = stop === undefined && at + CHUNK_MESSAGES >= messages.length;
          const { reads, messageIndices } = decoded;
          const last: PartitionMessage | undefined = chunk.at(-1);
          continuity.moveTo(isEndOfBatch ? batch.nextOffset : Number(last!.offset) + 1);
          readTo = {
            offset: continuity.nextOffset(),
            timestampMs: last === undefined ? (readTo?.timestampMs ?? null) : Number(last.timestamp),
          };
          const taken = chunk;
          yield {
            reads,
            ingestTimeMs: batch.receivedTimeMs,
            position: position(),
            isCaughtUp: isLast && isEndOfBatch && queue.isEmpty(),
            messageOf: (readIndex) =>
              sourceMessageOf(
                group.topic,
                partition,
                taken[messageIndices[readIndex]!]!,
                batch.isAppendTime === true,
              ),
          };
          gate?.onReadTo(continuity.nextOffset());
          if (stop !== undefined) {
            gate!.stopBefore(stop);
            return;
          }
          // the network, heartbeats and the other partitions have their turn
          await new Promise((resolve) => {
            setImmediate(resolve);
          });
        }
      }
      if (isOver()) gate?.onEnd();
    },
  };
}

/** What came after the end was found is for another run. */
function upTo(endOffset: number, batch: PartitionBatch): PartitionBatch {
  if (batch.nextOffset <= endOffset) return batch;
  const messages = batch.messages.filter(({ offset }) => Number(offset) < endOffset);
  return { ...batch, messages, nextOffset: endOffset };
}
