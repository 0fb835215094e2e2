// A stream, a commit, a window and an alert event, for tests of whatever stores or reads them.
import type { AlertEvent } from '../../core/alert-event.js';
import { createCounter } from '../consume/counts.js';
import type { Commit, StoredWindow } from '../ports.js';
import type { StreamKey } from '../stream-key.js';

export const TEST_KEY: StreamKey = { streamId: 'file:/a.log', artifact: { name: 'demo', version: 'v1' } };
/** Of the features of a window. */
export const TEST_FEATURES = ['log_count', 'error_count'];

export function testCommit(changes: Partial<Commit> = {}): Commit {
  return {
    position: { offsetBytes: 10 },
    counts: createCounter().counts(0),
    sources: [],
    windows: [],
    alerts: [],
    deadLetters: [],
    commitTimeMs: 1_000_000,
    ...changes,
  };
}

export function testWindow(changes: Partial<StoredWindow> = {}): StoredWindow {
  return {
    source: 'api',
    startMs: 0,
    endMs: 30_000,
    revision: 0,
    records: 3,
    features: [3, 0.1 + 0.2],
    score: 0.1 + 0.7,
    threshold: 0.9,
    alert: false,
    eligibleTimeMs: 31_000.25,
    scoredTimeMs: 31_001.5,
    ...changes,
  };
}

export function testEvent(changes: Partial<AlertEvent> = {}): AlertEvent {
  return {
    type: 'opened',
    alertId: 'a1',
    eventId: 'a1-0',
    source: 'api',
    sinceMs: 0,
    untilMs: 30_000,
    startMs: 0,
    endMs: 30_000,
    revision: 0,
    score: 0.95,
    threshold: 0.9,
    peakScore: 0.95,
    ...changes,
  };
}
