import { expect, test } from 'vitest';
import type { Explanation } from '../../core/alert.js';
import type { Desk, Silence } from '../desk/desk.js';
import type { Clock } from '../ports.js';
import { createAskSaidOf } from './said-of.js';

const clock: Clock = { nowMs: () => 1000, sleep: () => new Promise(() => {}) };
const silent: Explanation = {
  peakEndMs: 0,
  features: [{ feature: 'silence', value: 9, usualLow: 0, usualHigh: 1, amount: 9 }],
  templates: [],
};
const silence = { id: 1, match: { kind: 'silence' }, who: 'anna' } as unknown as Silence;
const deskOf = (silences: readonly Silence[], who?: string): Pick<Desk, 'silences' | 'notes'> => ({
  silences: async () => silences,
  notes: async ({ alertId = '' }) =>
    who === undefined ? [] : [{ alertId, action: { type: 'acknowledged' }, who, atMs: 0, sequence: 1 }],
});
const opened = { alertId: 'a', source: 'api', type: 'opened', explanation: silent } as const;
const resolved = { alertId: 'a', source: 'api', type: 'resolved' } as const;

test('the end of an alert falls under the silence that its beginning did', async () => {
  const ask = createAskSaidOf(deskOf([silence]), clock);

  expect((await ask(resolved)).silence).toBeUndefined();
  expect((await ask(opened)).silence).toBe(silence);
  expect((await ask(resolved)).silence).toBe(silence);
});

test('who has it in hand is said', async () => {
  expect(await createAskSaidOf(deskOf([], 'bert'), clock)(opened)).toEqual({ acknowledgedBy: 'bert' });
});

test('a desk that fails or does not answer keeps no alert back', async () => {
  const broken = { ...deskOf([]), silences: () => Promise.reject(new Error('away')) };
  const mute = { ...deskOf([]), silences: () => new Promise<never>(() => {}) };
  const impatient: Clock = { ...clock, sleep: async () => {} };

  expect(await createAskSaidOf(broken, clock)(opened)).toEqual({});
  expect(await createAskSaidOf(mute, impatient)(opened)).toEqual({});
  expect(await createAskSaidOf(undefined, clock)(opened)).toEqual({});
});
