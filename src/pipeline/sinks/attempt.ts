// One attempt to send an event to a sink: claimed before, its outcome kept after, whatever it is.
import type { Random } from '../../core/random.js';
import { type BackOff, backOffMs } from './back-off.js';
import type { OpenDelivery } from './delivery.js';
import { type AlertMessage, SinkError } from './sink.js';
import type { SinkLoopOptions, SinkStream } from './sink-loop-options.js';
import { BrokenOffError } from './timed-send.js';

export interface AttemptOptions extends Pick<SinkLoopOptions, 'sink' | 'clock' | 'messageOf' | 'onWarning'> {
  readonly random: Random;
  /** Of the sink: while it is away, all wait. */
  readonly backOff: BackOff;
  /** Within the sink's time. @throws BrokenOffError when there is no use in going on */
  readonly send: (message: AlertMessage, stream: SinkStream) => Promise<void>;
  readonly onUp: () => void;
  readonly onDown: (error: Error) => void;
  readonly wordsOf: (error: Error) => string;
}

/** A message that the sink refuses as such is given up then: another one has to get its turn. */
const MOST_REFUSALS = 5;
/** What a claim lasts beyond the time for the attempt: for the note of its outcome. */
const LEASE_MARGIN_MS = 1000;

/**
 * @returns what makes an attempt, and says when the stream is to be looked at again, ms: at once after a success
 */
export function createAttempts(
  options: AttemptOptions,
): (delivery: OpenDelivery, stream: SinkStream) => Promise<number> {
  const { sink, clock, backOff, random, onWarning, wordsOf } = options;
  const refused = new Map<string, { readonly times: number; readonly notBeforeMs: number }>();

  return async (delivery, stream) => {
    const { eventId } = delivery.event;
    const refusal = refused.get(eventId);
    if (refusal !== undefined && refusal.notBeforeMs > clock.nowMs()) return refusal.notBeforeMs;
    const attempt = delivery.attempts + 1;
    const startMs = clock.nowMs();
    const leasedUntilMs = startMs + sink.timeoutMs + LEASE_MARGIN_MS;
    await stream.box.claimDelivery({ eventId, sink: sink.name, attempt, leasedUntilMs, atMs: startMs });

    const note = (
      state: 'sent' | 'waiting' | 'given-up',
      nextAttemptMs: number | null,
      lastError: string | null,
    ): Promise<void> =>
      stream.box.noteOutcomes([
        {
          eventId,
          sink: sink.name,
          attempts: attempt,
          state,
          isSettled: state !== 'waiting',
          nextAttemptMs,
          lastError,
          atMs: clock.nowMs(),
        },
      ]);
    try {
      await options.send(options.messageOf(delivery, stream.key, startMs), stream);
    } catch (error) {
      const words = wordsOf(error as Error);
      if (error instanceof BrokenOffError) {
        await note('waiting', null, words);
        return Number.POSITIVE_INFINITY;
      }
      if (error instanceof SinkError && error.isAboutMessage) {
        // it answers, and that is all that the others need
        backOff.succeeded();
        options.onUp();
        const times = (refusal?.times ?? 0) + 1;
        if (times >= MOST_REFUSALS) {
          refused.delete(eventId);
          onWarning(
            `sink ${sink.name} refused alert ${eventId} ${times} times and is not asked again: ${words}`,
          );
          await note('given-up', null, words);
          return Number.NEGATIVE_INFINITY;
        }
        const notBeforeMs = clock.nowMs() + backOffMs(times - 1, random);
        refused.set(eventId, { times, notBeforeMs });
        await note('waiting', notBeforeMs, words);
        return notBeforeMs;
      }
      options.onDown(error as Error);
      const retryAfterMs = error instanceof SinkError ? error.retryAfterMs : undefined;
      const notBeforeMs = backOff.failed(clock.nowMs(), retryAfterMs);
      await note('waiting', notBeforeMs, words);
      return notBeforeMs;
    }
    backOff.succeeded();
    options.onUp();
    refused.delete(eventId);
    await note('sent', null, null);
    return Number.NEGATIVE_INFINITY;
  };
}
