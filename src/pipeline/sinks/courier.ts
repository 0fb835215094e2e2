// All sinks of this process that are elsewhere, and what a stream has to do with them: which deliveries a commit writes,
// that there are new ones, and that it is over.
import { createRandom } from '../../core/random.js';
import type { AlertEvent } from '../../core/alert-event.js';
import type { NewDelivery } from './delivery.js';
import type { RemoteSink } from './sink.js';
import type { SinkLoopOptions, SinkStream } from './sink-loop-options.js';
import { createSinkLoop } from './sink-loop.js';

export interface CourierOptions extends Omit<SinkLoopOptions, 'sink' | 'random'> {
  readonly sinks: readonly RemoteSink[];
  /** For the spread of attempts; another one in each process. */
  readonly seed: string;
  /** Whether history is sent as well. */
  readonly notifyHistory: boolean;
  /** A window that was over for longer when it was committed is history, ms. */
  readonly historyAfterMs: number;
}

export interface Courier {
  attach(stream: SinkStream): CourierStream;
  /** Breaks off what is under way; to be called once all streams are released. */
  stop(): Promise<void>;
}

export interface CourierStream {
  /** What is to be committed together with the events. */
  deliveriesOf(events: readonly AlertEvent[], commitTimeMs: number): readonly NewDelivery[];
  /** Something was committed. */
  wake(): void;
  /** Events that wait to be sent, of the sink that has most; at least 1 while that is not known. */
  waiting(): number;
  /** Sends what it can in FLUSH_WITHIN_MS; afterwards the stream is not used any more. */
  release(): Promise<void>;
}

export const FLUSH_WITHIN_MS = 4000;

/** @param options.sinks of different names */
export function createCourier(options: CourierOptions): Courier {
  const { sinks, seed, notifyHistory, historyAfterMs } = options;
  const loops = sinks.map((sink) =>
    createSinkLoop({ ...options, sink, random: createRandom(`${seed} ${sink.name}`) }),
  );
  return {
    attach: (stream) => {
      const parts = loops.map((loop) => loop.attach(stream));
      return {
        deliveriesOf: (events, commitTimeMs) =>
          events.flatMap(({ eventId, alertId, endMs }) => {
            const isHistory = !notifyHistory && endMs + historyAfterMs < commitTimeMs;
            const state = isHistory ? 'history' : 'waiting';
            return sinks.map(({ name }): NewDelivery => ({ eventId, alertId, sink: name, state }));
          }),
        wake: () => {
          for (const part of parts) part.wake();
        },
        waiting: () => Math.max(0, ...parts.map((part) => part.waiting())),
        release: async () => {
          await Promise.all(parts.map((part) => part.release(FLUSH_WITHIN_MS)));
        },
      };
    },
    stop: async () => {
      await Promise.all(loops.map((loop) => loop.stop()));
    },
  };
}
