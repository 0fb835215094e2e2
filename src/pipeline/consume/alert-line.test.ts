import { expect, test } from 'vitest';
import type { AlertLifeState } from '../../core/alert-life-state.js';
import type { OpenAlert } from '../../core/alert-life-open.js';
import { openersOf, restoreAlerts } from './alert-line.js';

const open: OpenAlert = {
  alertId: 'a1',
  openedByRevision: 0,
  sinceMs: 0,
  startsMs: [0],
  isLong: false,
  peakScore: 0.9,
  toldScore: 0.9,
  events: 1,
};
const state = (newestStartMs: number, more: Partial<AlertLifeState> = {}): AlertLifeState => ({
  newestStartMs,
  resolvedUntilMs: null,
  generation: 0,
  open: null,
  ...more,
});
const memory = (source: string, alertLife: AlertLifeState | null) => ({ source, windows: null, alertLife });
const V1 = { name: 'demo', version: 'v1' };
const V2 = { name: 'demo', version: 'v2' };

test('what an earlier version stored in the middle of a switch goes on: of each source what was seen last, under who opened it', () => {
  const states = new Map<string, AlertLifeState>();

  restoreAlerts(
    states,
    [
      memory('api', state(60_000)),
      memory('db', state(60_000, { open })),
      memory('web', state(90_000, { open })),
    ],
    V1,
  );
  restoreAlerts(
    states,
    [memory('api', state(90_000, { resolved: open })), memory('db', null), memory('web', state(60_000))],
    V2,
  );

  expect(states.get('api')!.lately).toEqual([{ openedBy: 'demo@v2', ...open }]);
  expect(states.get('db')!.open!.openedBy).toBe('demo@v1');
  expect(states.get('web')!.open!.openedBy).toBe('demo@v1');
  expect([...openersOf(states)].sort()).toEqual(['demo@v1', 'demo@v2']);
});
