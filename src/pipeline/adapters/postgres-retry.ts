// Work for a PostgreSQL server tried again while that may help: it was not there, or another transaction in the way.
import { DatabaseError } from 'pg';
import type { Clock } from '../ports.js';
import { describePostgresError, isLogin, isRetryable } from './postgres-errors.js';

export interface RetryOptions {
  /** Without the password. */
  readonly shownAddress: string;
  readonly clock: Clock;
  readonly onWarning?: (sentence: string) => void;
  /** How long a server is waited for that answered before. Default one minute. */
  readonly retryForMs?: number;
  /** The process was told to stop: from then on it waits for a few seconds only. */
  readonly stopping?: AbortSignal | undefined;
}

const RETRY_FOR_MS = 60_000;
/** Below what the loops of a consumer are given to come to their end, so that it is told. */
const RETRY_WHEN_STOPPING_MS = 4000;
/** A wrong address shall not take a minute to be told. */
const FIRST_ANSWER_WITHIN_MS = 5000;
const FIRST_BACK_OFF_MS = 50;
const MOST_BACK_OFF_MS = 2000;
const WARN_AFTER_MS = 1000;

/**
 * Work is run from its beginning each time, so it must give the same over what an earlier try may have left.
 *
 * @returns what runs it; throws an Error naming the server once it is no use to try again
 */
export function createRetry({
  shownAddress,
  clock,
  onWarning = () => {},
  retryForMs = RETRY_FOR_MS,
  stopping,
}: RetryOptions): <T>(work: () => Promise<T>) => Promise<T> {
  let hasAnswered = false;
  let stopAtMs = Number.POSITIVE_INFINITY;
  const onStopping = (): void => {
    stopAtMs = clock.nowMs() + RETRY_WHEN_STOPPING_MS;
  };
  if (stopping?.aborted) onStopping();
  else stopping?.addEventListener('abort', onStopping, { once: true });

  return async <T>(work: () => Promise<T>): Promise<T> => {
    const startedAtMs = clock.nowMs();
    let backOffMs = FIRST_BACK_OFF_MS;
    let hasWarned = false;
    for (;;) {
      try {
        const result = await work();
        hasAnswered = true;
        return result;
      } catch (error) {
        if (!isOfServer(error)) throw error;
        const passedMs = clock.nowMs() - startedAtMs;
        const patienceMs = hasAnswered ? retryForMs : Math.min(retryForMs, FIRST_ANSWER_WITHIN_MS);
        const untilMs = Math.min(startedAtMs + patienceMs, stopAtMs);
        const isOver = clock.nowMs() + backOffMs > untilMs;
        if (!isRetryable(error) || isOver) {
          const tried = isRetryable(error) ? ` (tried for ${Math.round(passedMs / 1000)} s)` : '';
          throw new Error(`${shownAddress}: ${describePostgresError(error)}${tried}`, { cause: error });
        }
        if (!hasWarned && passedMs >= WARN_AFTER_MS) {
          onWarning(`${shownAddress}: ${describePostgresError(error)}; trying again`);
          hasWarned = true;
        }
        await clock.sleep(backOffMs);
        backOffMs = Math.min(2 * backOffMs, MOST_BACK_OFF_MS);
      }
    }
  };
}

/** A mistake of ours, or a decision such as being fenced, goes through as it is. */
export function isOfServer(error: unknown): boolean {
  return (
    error instanceof DatabaseError || isRetryable(error) || isLogin(error) || 'code' in (error as object)
  );
}
