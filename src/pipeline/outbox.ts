// Alerts on their way out: committed first, sent then, marked as sent last. A crash in between sends one again, with the
// same id; none is lost. A sink that hangs holds up the scoring for a bounded time, and is left alone for a while then.
import {
  type AlertSink,
  type AlertNotice,
  type Clock,
  type StoredWindow,
  type StreamOwner,
  type Telemetry,
} from './ports.js';
import type { GatheredCommit } from './intake.js';

export interface Outbox {
  /** Remembers what was just committed, for the stages' times. */
  note(commit: GatheredCommit, storedTimeMs: number): void;
  /** Sends what waits. @throws FencedError when another process owns the stream */
  deliver(liveSinceMs: number | undefined): Promise<void>;
  /** Events that could not be sent yet. */
  unsent(): number;
}

const SEND_WITHIN_MS = 5000;
const RETRY_AFTER_MS = 5000;

export function createOutbox(
  owner: StreamOwner,
  sinks: readonly AlertSink[],
  clock: Clock,
  telemetry: Telemetry,
  onWarning: (sentence: string) => void,
): Outbox {
  const rows = new Map<string, StoredWindow & { readonly storedTimeMs: number }>();
  // an earlier run may have left some
  let mayHaveMore = true;
  let unsent = 0;
  let notBeforeMs = Number.NEGATIVE_INFINITY;

  const noticeOf = (
    event: AlertNotice['event'],
    alertedTimeMs: number,
    liveSinceMs: number | undefined,
  ): AlertNotice => {
    const row = rows.get(event.eventId);
    const isLive = event.endMs >= (liveSinceMs ?? Infinity);
    if (row === undefined || !isLive) return { event, isLive, stagesMs: {} };
    return {
      event,
      isLive,
      stagesMs: {
        endToEligible: row.eligibleTimeMs - row.endMs,
        eligibleToScored: row.scoredTimeMs - row.eligibleTimeMs,
        scoredToStored: row.storedTimeMs - row.scoredTimeMs,
        storedToAlerted: alertedTimeMs - row.storedTimeMs,
        ...(event.type === 'opened' ? { eventToAlert: alertedTimeMs - event.startMs } : {}),
      },
    };
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
    note: ({ alerts, alertRows }, storedTimeMs) => {
      for (const { eventId } of alerts) {
        const row = alertRows.get(eventId);
        if (row) rows.set(eventId, { ...row, storedTimeMs });
      }
      mayHaveMore ||= alerts.length > 0;
    },
    deliver: async (liveSinceMs) => {
      if (!mayHaveMore || clock.nowMs() < notBeforeMs) return;
      const events = await owner.unsentAlerts();
      const sent: string[] = [];
      try {
        for (const event of events) {
          const notice = noticeOf(event, clock.nowMs(), liveSinceMs);
          await send(notice);
          const { storedToAlerted, eventToAlert } = noticeOf(event, clock.nowMs(), liveSinceMs).stagesMs;
          if (storedToAlerted !== undefined) telemetry.observe('storedToAlerted', true, storedToAlerted);
          if (eventToAlert !== undefined) telemetry.observe('eventToAlert', true, eventToAlert);
          sent.push(event.eventId);
          rows.delete(event.eventId);
        }
      } catch (error) {
        notBeforeMs = clock.nowMs() + RETRY_AFTER_MS;
        onWarning(`an alert could not be sent (${(error as Error).message}): it is kept and tried again`);
      }
      if (sent.length > 0) await owner.markSent(sent, Math.floor(clock.nowMs()));
      unsent = events.length - sent.length;
      mayHaveMore = unsent > 0;
    },
    unsent: () => unsent,
  };
}
