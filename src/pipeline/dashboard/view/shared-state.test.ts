import { expect, test } from 'vitest';
import { sharedState } from './shared-state.js';
import { DEFAULT_STATE, readViewState, writeViewState } from './view-state.js';

const SPAN = { fromMs: 1_767_225_600_000.4, toMs: 1_767_229_200_000.4 };

test('a link that is sent on shows the same stretch of time tomorrow, in the looks of whoever opens it', () => {
  const state = { ...DEFAULT_STATE, source: 'payments', theme: 'dark', size: 'wall', zone: 'UTC' } as const;

  const opened = readViewState(writeViewState(sharedState(state, SPAN)));

  expect(opened.range).toEqual({ fromMs: 1_767_225_600_000, toMs: 1_767_229_200_001 });
  expect([opened.source, opened.theme, opened.size, opened.zone]).toEqual([
    'payments',
    'system',
    'normal',
    'UTC',
  ]);
});

test('a link to an alert names the alert and no more', () => {
  const state = { ...DEFAULT_STATE, view: 'alert', alertId: 'a-1', theme: 'dark' } as const;

  expect(writeViewState(sharedState(state, SPAN))).toBe('?view=alert&id=a-1');
});
