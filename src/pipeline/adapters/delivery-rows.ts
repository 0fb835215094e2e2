// Rows about deliveries as both databases give them, in the order of the columns of their questions.
import type { SinkSummary, StoredDelivery } from '../sinks/delivery.js';
import { readStoredText } from '../store/stored-text.js';

export function readDelivery(row: readonly unknown[]): StoredDelivery {
  const [eventId, sink, state, attempts, nextAttemptMs, lastError, commitTimeMs, sentTimeMs] = row;
  return {
    eventId: eventId as string,
    sink: sink as string,
    state: state as StoredDelivery['state'],
    attempts: attempts as number,
    nextAttemptMs: nextAttemptMs as number | null,
    lastError: lastError === null ? null : readStoredText(lastError as string),
    commitTimeMs: commitTimeMs as number,
    sentTimeMs: sentTimeMs as number | null,
  };
}

export function readSinkSummary(row: readonly unknown[]): SinkSummary {
  const [sink, waiting, oldestWaitingMs, sent, givenUp, lastSentMs, lastError] = row;
  return {
    sink: sink as string,
    waiting: waiting as number,
    oldestWaitingMs: oldestWaitingMs as number | null,
    sent: sent as number,
    givenUp: givenUp as number,
    lastSentMs: lastSentMs as number | null,
    lastError: lastError === null ? null : readStoredText(lastError as string),
  };
}
