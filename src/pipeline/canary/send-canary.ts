// The canary of a producer: its lines go to the topic as time passes, over a connection of their own, whatever else is sent and
// however fast. After a pause it goes on with the present: what was not sent in time is missed, and that is told elsewhere.
import { canaryLine } from '../../core/canary/canary-line.js';
import { canaryAnomalies } from '../../core/canary/canary-plan.js';
import { canaryRecords } from '../../core/canary/canary-trouble.js';
import type { StoredLabel } from '../dashboard/reader.js';
import { encodeMessage } from '../kafka/kafka-message.js';
import { STOP_WITHIN_MS, within } from '../partitions/within.js';
import type { Clock } from '../ports.js';
import type { MessageSink } from '../produce/shipper.js';
import { labelOf } from './canary-outcome.js';

export interface CanarySender {
  /** Anomalies that have begun since it sends. */
  labels(): readonly StoredLabel[];
  /** Acknowledged so far. */
  sent(): number;
  stop(): Promise<void>;
}

const STEP_MS = 500;
/** Lines that could not be sent for longer are given up. */
const MOST_BEHIND_MS = 300_000;

export function sendCanary(
  sink: Pick<MessageSink, 'send'>,
  everyMs: number,
  clock: Clock,
  onWarning: (sentence: string) => void,
): CanarySender {
  const beganMs = Math.floor(clock.nowMs());
  const stopping = new AbortController();
  let reachedMs = beganMs;
  let sent = 0;
  let isFailing = false;

  const step = async (): Promise<void> => {
    const nowMs = Math.floor(clock.nowMs());
    const messages = canaryRecords(everyMs, Math.max(reachedMs, nowMs - MOST_BEHIND_MS), nowMs).map(
      (record) => {
        const { source, eventTimeMs } = record;
        return encodeMessage({ source, text: canaryLine(record), eventTimeMs, isCut: false }, nowMs);
      },
    );
    if (messages.length > 0) await sink.send(messages);
    reachedMs = nowMs;
    sent += messages.length;
  };

  const run = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      await clock.sleep(STEP_MS, stopping.signal);
      try {
        await step();
        isFailing = false;
      } catch (error) {
        if (!isFailing) onWarning(`the canary's lines are not taken: ${(error as Error).message}`);
        isFailing = true;
      }
    }
  };
  const running = run();

  return {
    labels: () =>
      canaryAnomalies(everyMs, beganMs, Math.floor(clock.nowMs()))
        .filter(({ startMs }) => startMs >= beganMs)
        .map(labelOf),
    sent: () => sent,
    stop: async () => {
      stopping.abort();
      await within(STOP_WITHIN_MS, clock, running);
    },
  };
}
