// The loop of a producer: raw records of a source at their pace, past those that arrived already, to the shipper.
// The pace is open loop: every record has its intended moment, and a stall makes records late, never slow.
import { encodeMessage, type RawRecord } from '../kafka/kafka-message.js';
import type { Clock, Json } from '../ports.js';
import { createShipper, type MessageSink, type Place, type SafePlace, TICKS_PER_MS } from './shipper.js';
import type { Histogram } from '../latency/histogram.js';

/** A part of an input as it was written. */
export interface RawBatch {
  readonly records: readonly RawRecord[];
  readonly lines: number;
  readonly blankLines: number;
  /** Where reading goes on behind this batch; undefined where it cannot. Plain JSON. */
  readonly position: Json;
  /** The records' own times are when they are to be sent; otherwise they go as fast as they can or are told to. */
  readonly isTimed: boolean;
}

export interface RawSource {
  /** Names the input, the same in every run. */
  readonly streamId: string;
  batches(from: Json, signal: AbortSignal): AsyncIterable<RawBatch>;
}

/** Records that an earlier run sent and could not note down any more. */
export interface Arrived {
  /** Where this record lies already, if it does; asked for each record in the order of the input. */
  take(record: RawRecord): Place | undefined;
}

export interface ProduceOptions {
  readonly source: RawSource;
  readonly sink: MessageSink;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Position of an earlier run. */
  readonly from: Json;
  readonly arrived?: Arrived;
  /** Records a second of a source that has no times of its own; undefined: as fast as they are taken. */
  readonly ratePerSecond?: number | undefined;
  /** Called whenever more of the input is safe, and once more at the end. */
  readonly onSafe: (place: SafePlace, isEnd: boolean) => void;
  readonly onProgress?: (counts: ProduceCounts) => void;
}

export interface ProduceCounts {
  readonly lines: number;
  readonly blankLines: number;
  readonly records: number;
  /** Among the records: lines that are none, which the consumer sets aside. */
  readonly unreadable: number;
  /** Among the records: those of which only the beginning was sent, being too long. */
  readonly cut: number;
  /** Among the records: an earlier run had sent them. */
  readonly alreadyThere: number;
  readonly sent: number;
  readonly acknowledged: number;
  /** Neither acknowledged nor known to be lost. */
  readonly failed: number;
}

export interface ProduceSummary {
  readonly counts: ProduceCounts;
  readonly seconds: number;
  /** From the intended moment of each record. */
  readonly latenessMs: Quantiles;
  readonly latencyMs: Quantiles;
  /** What ended it early. */
  readonly failure?: Error;
}

export type Quantiles = Readonly<Record<'p50' | 'p95' | 'p99' | 'max', number>>;

const PROGRESS_EVERY_MS = 5000;
/** Below this it is not worth sleeping: timers are no finer. */
const SLEEP_FROM_MS = 1;

export async function produce(options: ProduceOptions): Promise<ProduceSummary> {
  const { source, clock, arrived, ratePerSecond, onSafe, onProgress = () => {} } = options;
  const trouble = new AbortController();
  const signal = AbortSignal.any([options.signal, trouble.signal]);
  const shipper = createShipper(options.sink, clock, {
    onSafe: (place) => onSafe(place, false),
    // a source that waits for more would not be told otherwise
    onFailure: () => trouble.abort(),
  });
  const tally = { lines: 0, blankLines: 0, records: 0, unreadable: 0, cut: 0, alreadyThere: 0 };
  const countsNow = (): ProduceCounts => {
    const { sent, open } = shipper.counts();
    return { ...tally, sent, acknowledged: sent - open, failed: open };
  };
  const startMs = clock.nowMs();
  let paced = 0;
  let progressMs = startMs;

  /** When the record is to go. Waits until then, if it is still to come. */
  const intendedMsOf = async (record: RawRecord, isTimed: boolean, readMs: number): Promise<number> => {
    const own = isTimed ? record.eventTimeMs : undefined;
    if (own === undefined && ratePerSecond === undefined) return readMs;
    const intendedMs = own ?? startMs + (paced++ * 1000) / ratePerSecond!;
    const aheadMs = intendedMs - clock.nowMs();
    if (aheadMs >= SLEEP_FROM_MS) {
      shipper.kick();
      await clock.sleep(aheadMs, signal);
    }
    return intendedMs;
  };

  const take = async (record: RawRecord, isTimed: boolean, readMs: number): Promise<void> => {
    tally.records++;
    if (record.eventTimeMs === undefined) tally.unreadable++;
    if (record.isCut) tally.cut++;
    const place = arrived?.take(record);
    if (place !== undefined) {
      tally.alreadyThere++;
      await shipper.room();
      shipper.pass(place);
      return;
    }
    const intendedMs = await intendedMsOf(record, isTimed, readMs);
    await shipper.room();
    shipper.add(encodeMessage(record, clock.nowMs()), intendedMs);
  };

  let failure: Error | undefined;
  try {
    for await (const batch of source.batches(options.from, signal)) {
      const readMs = clock.nowMs();
      tally.lines += batch.lines;
      tally.blankLines += batch.blankLines;
      for (const record of batch.records) {
        if (signal.aborted) break;
        await take(record, batch.isTimed, readMs);
      }
      // what a stop left over of this batch is read again: its position is not marked
      if (signal.aborted) break;
      if (batch.position !== undefined) shipper.mark(batch.position);
      shipper.kick();
      if (clock.nowMs() - progressMs >= PROGRESS_EVERY_MS) {
        progressMs = clock.nowMs();
        onProgress(countsNow());
      }
    }
    await shipper.drain();
  } catch (error) {
    failure = error instanceof Error ? error : new Error(String(error));
  }
  const place = shipper.safePlace();
  if (place !== undefined) onSafe(place, true);
  return {
    counts: countsNow(),
    seconds: (clock.nowMs() - startMs) / 1000,
    latenessMs: quantilesOf(shipper.latenessMs),
    latencyMs: quantilesOf(shipper.latencyMs),
    ...(failure === undefined ? {} : { failure }),
  };
}

function quantilesOf(histogram: Histogram): Quantiles {
  const at = (value: number): number => Math.round(value / 10) / (TICKS_PER_MS / 10);
  return {
    p50: at(histogram.quantile(0.5)),
    p95: at(histogram.quantile(0.95)),
    p99: at(histogram.quantile(0.99)),
    max: at(histogram.max()),
  };
}
