// A sink's `send` that ends in any case: with the sink's answer, with its time, or because it is broken off.
import type { Clock } from '../ports.js';
import type { AlertMessage, RemoteSink } from './sink.js';

export interface TimedSend {
  /** One at a time. @param owner by which it can be broken off @throws BrokenOffError, and whatever the sink throws */
  readonly send: (message: AlertMessage, owner?: object) => Promise<void>;
  /** What is under way, of this owner or of any. */
  breakOff(owner?: object): void;
}

/** The attempt says nothing about the sink. */
export class BrokenOffError extends Error {
  override readonly name = 'BrokenOffError';
}

const LOOK_ONCE_MORE_MS = 100;

export function createTimedSend(sink: RemoteSink, clock: Clock): TimedSend {
  let current: { readonly owner: object | undefined; readonly abort: AbortController } | undefined;
  return {
    send: async (message, owner) => {
      const abort = new AbortController();
      current = { owner, abort };
      const done = new AbortController();
      const late = clock
        .sleep(sink.timeoutMs, done.signal)
        // if it was us who were busy, its answer lies there by now
        .then(() => clock.sleep(LOOK_ONCE_MORE_MS, done.signal))
        .then(() => {
          if (!done.signal.aborted) throw new Error(`no answer within ${sink.timeoutMs / 1000} s`);
        });
      const broken = new Promise<never>((_, reject) => {
        const words = 'broken off: the consumer stops, or has lost the stream';
        abort.signal.addEventListener('abort', () => reject(new BrokenOffError(words)), { once: true });
      });
      try {
        await Promise.race([sink.send(message, abort.signal), late, broken]);
      } finally {
        done.abort();
        // also after its time: nobody waits for what comes of it
        abort.abort();
        current = undefined;
      }
    },
    breakOff: (owner) => {
      if (owner === undefined || current?.owner === owner) current?.abort.abort();
    },
  };
}
