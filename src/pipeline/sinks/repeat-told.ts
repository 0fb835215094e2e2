// Telling a sink again what fires: one that forgets what it is not told again, such as Alertmanager.
import type { SinkLoopOptions, SinkStream } from './sink-loop-options.js';
import type { BackOff } from './back-off.js';
import type { ToldEvent } from './delivery.js';
import { BrokenOffError, type TimedSend } from './timed-send.js';

export interface RepeatOptions extends Pick<SinkLoopOptions, 'sink' | 'clock' | 'messageOf'> {
  readonly backOff: BackOff;
  readonly send: TimedSend['send'];
  readonly onUp: () => void;
  readonly onDown: (error: Error) => void;
}

/** @param isOver whether there is no use in going on */
export async function repeatTold(
  stream: SinkStream,
  { sink, clock, messageOf, backOff, send, onUp, onDown }: RepeatOptions,
  isOver: () => boolean,
): Promise<void> {
  const latest = new Map<string, ToldEvent>();
  for (const told of await stream.box.toldEvents(sink.name)) latest.set(told.event.alertId, told);
  for (const told of latest.values()) {
    // it opened again, and that was kept back so far
    if (told.event.type === 'resolved') continue;
    if (isOver() || backOff.notBeforeMs() > clock.nowMs()) return;
    try {
      await send(messageOf(told, stream.key, clock.nowMs()), stream);
      backOff.succeeded();
      onUp();
    } catch (error) {
      if (error instanceof BrokenOffError) return;
      // the next round comes in any case
      backOff.failed(clock.nowMs());
      onDown(error as Error);
    }
  }
}
