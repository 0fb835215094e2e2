// A clock that a test moves, sinks that behave as told, and a stream with alerts, for tests of what is sent when.
import { setImmediate } from 'node:timers/promises';
import type { AlertEvent } from '../../core/alert-event.js';
import { createMemoryStore } from '../adapters/memory-store.js';
import type { Clock, ResultStore, StreamOwner } from '../ports.js';
import { TEST_KEY, testCommit, testEvent } from '../store/result-store.testkit.js';
import { compileTexts, messageOf } from './alert-message.js';
import { type Courier, type CourierOptions, type CourierStream, createCourier } from './courier.js';
import type { AlertMessage, RemoteSink } from './sink.js';

export interface ManualClock extends Clock {
  /** Wakes whoever sleeps on the way, in order, and lets each do what it does. */
  advance(durationMs: number): Promise<void>;
}

export const START_MS = 1_000_000_000;
const TURNS = 12;

export function createManualClock(): ManualClock {
  let nowMs = START_MS;
  const sleepers = new Set<{ readonly atMs: number; wake(): void }>();
  const settle = async (): Promise<void> => {
    for (let turn = 0; turn < TURNS; turn++) await setImmediate();
  };
  return {
    nowMs: () => nowMs,
    sleep: (durationMs, signal) =>
      new Promise((resolve) => {
        if (signal?.aborted) return resolve();
        const sleeper = {
          atMs: nowMs + durationMs,
          wake: () => {
            sleepers.delete(sleeper);
            resolve();
          },
        };
        sleepers.add(sleeper);
        signal?.addEventListener('abort', () => sleeper.wake(), { once: true });
        return undefined;
      }),
    advance: async (durationMs) => {
      const untilMs = nowMs + durationMs;
      await settle();
      for (;;) {
        const next = [...sleepers].sort((a, b) => a.atMs - b.atMs)[0];
        if (next === undefined || next.atMs > untilMs) break;
        nowMs = Math.max(nowMs, next.atMs);
        next.wake();
        await settle();
      }
      nowMs = untilMs;
    },
  };
}

export interface FakeSink extends RemoteSink {
  /** What was taken, and when. */
  readonly taken: { readonly message: AlertMessage; readonly atMs: number }[];
  /** Ids of the events taken. */
  ids(): string[];
  /** How often it was asked. */
  attempts(): number;
}

/** @param behave throws where it takes nothing; n counts the attempts from 0 */
export function createFakeSink(
  name: string,
  clock: Clock,
  behave: (message: AlertMessage, n: number, signal: AbortSignal) => void | Promise<void> = () => {},
  changes: Partial<RemoteSink> = {},
): FakeSink {
  const taken: FakeSink['taken'] = [];
  let attempts = 0;
  return {
    name,
    timeoutMs: 10_000,
    ...changes,
    taken,
    ids: () => taken.map(({ message }) => message.event.eventId),
    attempts: () => attempts,
    send: async (message, signal) => {
      await behave(message, attempts++, signal);
      taken.push({ message, atMs: clock.nowMs() });
    },
  };
}

export interface Scene {
  readonly clock: ManualClock;
  readonly store: ResultStore;
  readonly warnings: string[];
  /** A process with these sinks; `changes` are its settings. */
  process(sinks: readonly RemoteSink[], changes?: Partial<CourierOptions>): Courier;
  /** Takes the stream over for a process. */
  own(courier: Courier, isLive?: () => boolean): Promise<OwnedStream>;
}

export interface OwnedStream extends CourierStream {
  readonly owner: StreamOwner;
  commit(...alerts: AlertEvent[]): Promise<void>;
}

export function createScene(store: ResultStore = createMemoryStore()): Scene {
  const clock = createManualClock();
  const warnings: string[] = [];
  const texts = compileTexts();
  return {
    clock,
    store,
    warnings,
    process: (sinks, changes = {}) =>
      createCourier({
        sinks,
        clock,
        seed: 'test',
        notifyHistory: false,
        historyAfterMs: 600_000,
        giveUpAfterMs: 3 * 86_400_000,
        messageOf: (told, key, sentMs) => messageOf(told, key, sentMs, texts),
        onWarning: (sentence) => warnings.push(sentence),
        ...changes,
      }),
    own: async (courier, isLive = () => true) => {
      const owner = await store.takeOver(TEST_KEY, []);
      const stream = courier.attach({ key: TEST_KEY, box: owner, isLive });
      return {
        ...stream,
        owner,
        commit: async (...alerts) => {
          const commitTimeMs = clock.nowMs();
          const deliveries = stream.deliveriesOf(alerts, commitTimeMs);
          await owner.commit(testCommit({ alerts, deliveries, commitTimeMs }));
          stream.wake();
        },
      };
    },
  };
}

/** The nth event of an alert, of a window that ended just before the scene began. */
export function alertEvent(
  alertId: string,
  n: number,
  type: AlertEvent['type'] = n === 0 ? 'opened' : 'updated',
  changes: Partial<AlertEvent> = {},
): AlertEvent {
  return testEvent({
    type,
    alertId,
    eventId: `${alertId}-0-${n}`,
    sinceMs: START_MS - 30_000,
    startMs: START_MS - 30_000,
    endMs: START_MS,
    untilMs: START_MS,
    ...(type === 'resolved'
      ? { reason: 'quiet' as const }
      : { explanation: { peakEndMs: START_MS, features: [], templates: [] } }),
    ...changes,
  });
}
