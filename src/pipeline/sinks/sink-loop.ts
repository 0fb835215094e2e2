// One sink's own loop over the streams of this process: what waits for it is sent in order, an outage of it is waited out,
// and nothing else waits with it. Each attempt is claimed in the store first, so that a stream's owner alone makes it.
import type { SinkLoopOptions, SinkStream } from './sink-loop-options.js';
import { FencedError } from '../ports.js';
import { visibleText } from '../alerts/visible-text.js';
import { within } from '../partitions/within.js';
import { createBackOff } from './back-off.js';
import { createAttempts } from './attempt.js';
import { lookAt } from './look.js';
import { repeatTold } from './repeat-told.js';
import { createTimedSend } from './timed-send.js';

/** A stream as the loop goes over it. */
interface Attached extends SinkStream {
  lookAtMs: number;
  repeatAtMs: number;
  /** As of the last look; 1 before the first. */
  waiting: number;
  isGone: boolean;
}

export interface SinkLoop {
  attach(stream: SinkStream): {
    /** Something was committed. */
    wake(): void;
    /** Events that wait to be sent; at least 1 while that is not known. */
    waiting(): number;
    /** Sends what it can in so much time, then lets go of the stream; afterwards the stream is not used any more. */
    release(withinMs: number): Promise<void>;
  };
  /** Ends the loop; what is under way is broken off. */
  stop(): Promise<void>;
}

/** How often what is kept back, or what a look failed at, is looked at again. */
const LOOK_AGAIN_MS = 10_000;
const MOST_ERROR_CHARACTERS = 300;
const RELEASE_LOOK_MS = 20;
/** A store that is away must not keep the process from ending. */
const WRITE_WITHIN_MS = 1000;

export function createSinkLoop(options: SinkLoopOptions): SinkLoop {
  const { sink, clock, onWarning } = options;
  const backOff = createBackOff(options.random);
  const sender = createTimedSend(sink, clock);
  const streams = new Set<Attached>();
  const stopping = new AbortController();
  let wakeUp = new AbortController();
  let isDown = false;
  let turn: { readonly stream: Attached; readonly over: Promise<void> } | undefined;

  const onDown = (error: Error): void => {
    if (!isDown)
      onWarning(
        `sink ${sink.name} takes no alerts (${wordsOf(error)}): they are kept, and tried again with more and more patience`,
      );
    isDown = true;
  };
  const onUp = (): void => {
    if (isDown) onWarning(`sink ${sink.name} takes alerts again`);
    isDown = false;
  };

  const attempt = createAttempts({ ...options, backOff, send: sender.send, onUp, onDown, wordsOf });

  /** Sends what is due of one stream, each alert's in order. */
  const goOver = async (stream: Attached): Promise<void> => {
    stream.lookAtMs = Number.POSITIVE_INFINITY;
    const look = await lookAt(stream, options);
    stream.waiting = look.waiting;
    if (look.lookAgainMs !== undefined)
      stream.lookAtMs = Math.min(stream.lookAtMs, look.lookAgainMs, clock.nowMs() + LOOK_AGAIN_MS);
    for (const delivery of look.due) {
      if (stream.isGone || stopping.signal.aborted) return;
      if (backOff.notBeforeMs() > clock.nowMs()) {
        stream.lookAtMs = Math.min(stream.lookAtMs, backOff.notBeforeMs());
        return;
      }
      stream.lookAtMs = Math.min(stream.lookAtMs, await attempt(delivery, stream));
    }
  };

  const repeat = async (stream: Attached): Promise<void> => {
    stream.repeatAtMs = clock.nowMs() + sink.repeatEveryMs!;
    const repeating = { ...options, backOff, send: sender.send, onUp, onDown };
    await repeatTold(stream, repeating, () => stream.isGone || stopping.signal.aborted);
  };

  const serve = async (stream: Attached): Promise<void> => {
    try {
      const isRepeater = sink.repeatEveryMs !== undefined;
      // first, or what is sent just now would be told twice
      if (isRepeater && stream.repeatAtMs <= clock.nowMs()) await repeat(stream);
      if (stream.lookAtMs <= clock.nowMs() && !stream.isGone) await goOver(stream);
    } catch (error) {
      if (error instanceof FencedError) {
        // the new owner goes on with what waits
        stream.waiting = 0;
        streams.delete(stream);
        return;
      }
      stream.lookAtMs = clock.nowMs() + LOOK_AGAIN_MS;
      onWarning(
        `what waits for sink ${sink.name} cannot be looked at (${wordsOf(error as Error)}): trying again in ${LOOK_AGAIN_MS / 1000} s`,
      );
    }
  };

  const run = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      wakeUp = new AbortController();
      for (const stream of streams) {
        if (stream.isGone || stopping.signal.aborted) continue;
        turn = { stream, over: serve(stream) };
        await turn.over;
        turn = undefined;
      }
      if (wakeUp.signal.aborted) continue;
      const nextMs = Math.min(
        ...[...streams].flatMap(({ lookAtMs, repeatAtMs }) =>
          sink.repeatEveryMs === undefined ? [lookAtMs] : [lookAtMs, repeatAtMs],
        ),
      );
      const waitMs = nextMs - clock.nowMs();
      if (waitMs > 0) await rest(waitMs, wakeUp.signal);
    }
  };

  const rest = async (durationMs: number, signal: AbortSignal): Promise<void> => {
    if (durationMs !== Number.POSITIVE_INFINITY) return clock.sleep(durationMs, signal);
    return new Promise((resolve) => {
      if (signal.aborted) resolve();
      else signal.addEventListener('abort', () => resolve(), { once: true });
    });
  };

  const running = run();
  const wake = (stream: Attached): void => {
    stream.lookAtMs = Number.NEGATIVE_INFINITY;
    stream.waiting = Math.max(1, stream.waiting);
    wakeUp.abort();
  };

  return {
    attach: (own) => {
      const stream: Attached = {
        key: own.key,
        box: own.box,
        isLive: () => own.isLive(),
        lookAtMs: Number.NEGATIVE_INFINITY,
        repeatAtMs: clock.nowMs(),
        waiting: 1,
        isGone: false,
      };
      streams.add(stream);
      wakeUp.abort();
      return {
        wake: () => wake(stream),
        waiting: () => stream.waiting,
        release: async (withinMs) => {
          const untilMs = clock.nowMs() + withinMs;
          const hasWork = (): boolean => turn?.stream === stream || stream.lookAtMs <= clock.nowMs();
          while (hasWork() && streams.has(stream) && clock.nowMs() < untilMs && !stopping.signal.aborted)
            await clock.sleep(RELEASE_LOOK_MS);
          stream.isGone = true;
          streams.delete(stream);
          sender.breakOff(stream);
          // what is being written of it is written to its end
          if (turn?.stream === stream) await within(WRITE_WITHIN_MS, clock, turn.over);
        },
      };
    },
    stop: async () => {
      stopping.abort();
      wakeUp.abort();
      sender.breakOff();
      await within(WRITE_WITHIN_MS, clock, running);
      sink.close?.();
    },
  };
}

/** One line, without what a terminal would act on. */
function wordsOf({ message }: Error): string {
  return visibleText(message, MOST_ERROR_CHARACTERS);
}
