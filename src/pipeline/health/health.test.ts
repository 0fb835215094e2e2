import { expect, test } from 'vitest';
import type { ConsumeState } from './consume-status.js';
import { readinessOf } from './health.js';

const NOW_MS = 1_000_000;

function state(changes: Partial<ConsumeState>): ConsumeState {
  const totals = {
    read: 0,
    scored: 0,
    late: 0,
    deadLettered: 0,
    lost: 0,
    windows: 0,
    corrections: 0,
    alertsOpened: 0,
  };
  return { assigned: undefined, streams: [], totals, watermarksMs: new Map(), isStopping: false, ...changes };
}

const stream = (streamId: string, waitsSinceMs?: number): ConsumeState['streams'][number] => ({
  streamId,
  position: undefined,
  waitsSinceMs,
});

test.each([
  [{ isStopping: true }, 'it is stopping'],
  [{}, 'it has not joined its consumer group yet'],
  [{ assigned: [0, 3], streams: [stream('kafka:logs/0')] }, 'partition 3 is assigned and not taken over yet'],
  [
    { assigned: [0], streams: [stream('kafka:logs/0', NOW_MS - 31_000)] },
    'what was read of kafka:logs/0 31 s ago is not stored: look at the store',
  ],
] satisfies [Partial<ConsumeState>, string][])('not ready, and why: %o', (changes, reason) => {
  expect(readinessOf(state(changes), 'logs', NOW_MS)).toEqual({ isReady: false, reason });
});

test('ready with partitions that are taken over, as one stream or each', () => {
  const each = state({ assigned: [0], streams: [stream('kafka:logs/0', NOW_MS - 29_000)] });
  const whole = state({ assigned: [0, 1], streams: [stream('kafka:logs')] });

  expect(readinessOf(each, 'logs', NOW_MS).isReady).toBe(true);
  expect(readinessOf(whole, 'logs', NOW_MS).isReady).toBe(true);
});

test('a spare consumer is ready to step in', () => {
  expect(readinessOf(state({ assigned: [] }), 'logs', NOW_MS)).toEqual({
    isReady: true,
    reason: 'spare: other consumers have all partitions',
  });
});

test('without a group it is ready once it has its stream', () => {
  expect(readinessOf(state({}), undefined, NOW_MS).reason).toBe('it has not taken over its stream yet');
  expect(readinessOf(state({ streams: [stream('stdin')] }), undefined, NOW_MS).isReady).toBe(true);
});
