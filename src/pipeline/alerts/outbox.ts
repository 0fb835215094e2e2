// Alerts on their way out: committed first, sent then, marked as sent last. A crash in between sends one again, with the
// same id; none is lost. A sink that hangs holds up the scoring for a bounded time, and is left alone for a while then.
import type { AlertSink, AlertNotice, Clock, StreamOwner, Telemetry } from '../ports.js';
import type { GatheredCommit } from '../consume/intake.js';
import type { Stage } from '../latency/stages.js';
import { alertStages, type AlertWay, type DeliveryStamps, windowStages } from '../latency/stamps.js';

export interface Outbox {
  /** Remembers what was just committed, for the stages' times: of events whose rows are known. */
  note(commit: Pick<GatheredCommit, 'alerts' | 'alertRows' | 'commitTimeMs'>, storedTimeMs: number): void;
  /** Sends what waits. @throws FencedError when another process owns the stream */
  deliver(liveSinceMs: number | undefined): Promise<void>;
  /** Events that could not be sent yet. */
  unsent(): number;
}

const SEND_WITHIN_MS = 5000;
const RETRY_AFTER_MS = 5000;

/** @param isForNobody events that are marked as sent and told to no sink */
export function createOutbox(
  owner: StreamOwner,
  sinks: readonly AlertSink[],
  clock: Clock,
  telemetry: Telemetry,
  onWarning: (sentence: string) => void,
  isForNobody: (event: AlertNotice['event']) => boolean = () => false,
): Outbox {
  const ways = new Map<string, Omit<AlertWay, 'emittedTimeMs' | 'deliveredTimeMs'>>();
  // an earlier run may have left some
  let mayHaveMore = true;
  let unsent = 0;
  let notBeforeMs = Number.NEGATIVE_INFINITY;

  const noticeOf = (
    event: AlertNotice['event'],
    emittedTimeMs: number,
    liveSinceMs: number | undefined,
  ): AlertNotice => {
    const way = ways.get(event.eventId);
    const isLive = event.endMs >= (liveSinceMs ?? Infinity);
    if (way === undefined || !isLive) return { event, isLive, stagesMs: {} };
    // what it takes to deliver it is not known to whom it is delivered
    const { emittedToDelivered: _, ...stages } = alertStages({
      ...way,
      emittedTimeMs,
      deliveredTimeMs: emittedTimeMs,
    });
    return { event, isLive, stagesMs: { ...windowStages(way), ...stages } };
  };

  const send = async (notice: AlertNotice): Promise<void> => {
    const timeout = new AbortController();
    const late = clock.sleep(SEND_WITHIN_MS, timeout.signal).then(() => {
      if (!timeout.signal.aborted) throw new Error(`no answer within ${SEND_WITHIN_MS / 1000} s`);
    });
    try {
      await Promise.race([Promise.all(sinks.map((sink) => sink.send(notice))), late]);
    } finally {
      timeout.abort();
    }
  };

  return {
    note: ({ alerts, alertRows, commitTimeMs }, storedTimeMs) => {
      for (const { eventId, type, source, startMs } of alerts) {
        const row = alertRows.get(eventId);
        if (row === undefined) continue;
        const { endMs, eligibleTimeMs, scoredTimeMs, stamps } = row;
        const times = { endMs, eligibleTimeMs, scoredTimeMs, commitTimeMs, storedTimeMs };
        ways.set(eventId, { eventId, type, source, startMs, ...stamps, ...times });
      }
      mayHaveMore ||= alerts.length > 0;
    },
    deliver: async (liveSinceMs) => {
      if (!mayHaveMore || clock.nowMs() < notBeforeMs) return;
      const events = await owner.unsentAlerts();
      const sent: string[] = [];
      const stamps = new Map<string, DeliveryStamps>();
      try {
        for (const event of events) {
          const emittedTimeMs = clock.nowMs();
          if (!isForNobody(event)) await send(noticeOf(event, emittedTimeMs, liveSinceMs));
          sent.push(event.eventId);
          const way = ways.get(event.eventId);
          if (way === undefined) continue;
          ways.delete(event.eventId);
          const { storedTimeMs } = way;
          const delivery = { storedTimeMs, emittedTimeMs, deliveredTimeMs: clock.nowMs() };
          stamps.set(event.eventId, delivery);
          const { commitToStored: _, ...stages } = alertStages({ ...way, ...delivery });
          for (const [stage, durationMs] of Object.entries(stages) as [Stage, number][])
            telemetry.observe(stage, way.isLive, durationMs);
        }
      } catch (error) {
        notBeforeMs = clock.nowMs() + RETRY_AFTER_MS;
        onWarning(`an alert could not be sent (${(error as Error).message}): it is kept and tried again`);
      }
      if (sent.length > 0) await owner.markSent(sent, Math.floor(clock.nowMs()), stamps);
      unsent = events.length - sent.length;
      mayHaveMore = unsent > 0;
    },
    unsent: () => unsent,
  };
}
