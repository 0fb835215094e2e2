import { expect, test } from 'vitest';
import { alertStory } from './alert-story.js';
import { detectBar } from './detect-bar.js';
import { orderOf, stagesOf } from './incident-order.js';

test('consumer, sinks and people come in one order of time, and what waits comes last', () => {
  const { steps, waiting } = alertStory({
    events: [
      { type: 'opened', atMs: 10, score: 0.99 },
      { type: 'opened', atMs: 40, score: 0.95, reason: 'reopened' },
    ],
    deliveries: [
      { sink: 'terminal', state: 'sent', atMs: 12, attempts: 1, error: null },
      { sink: 'mail', state: 'given-up', atMs: 30, attempts: 9, error: 'no such \u001b host' },
      { sink: 'slack', state: 'waiting', atMs: null, attempts: 3, error: 'refused' },
    ],
    notes: [
      { sequence: 1, alertId: 'a', action: { type: 'judged', verdict: 'false' }, who: 'Ada', atMs: 11 },
      {
        sequence: 2,
        alertId: 'a',
        action: { type: 'commented', text: 'a\nb\u001b[31m' },
        who: 'Ben',
        atMs: 20,
      },
      { sequence: 3, alertId: 'a', action: { type: 'unjudged' }, who: 'Ada', atMs: 21 },
    ],
    silences: [],
  });

  expect(steps.map(({ text }) => text)).toEqual([
    'Opened, score 0.990',
    'Ada judged it: false alarm',
    'Sent to terminal',
    'Ben wrote',
    'Ada took the verdict back',
    'Given up sending to mail after 9 attempts: no such \\x1b host',
    'Opened again, score 0.950',
  ]);
  expect(steps[3]!.quote).toBe('a\nb\\x1b[31m');
  expect(waiting).toEqual(['Waiting for slack after 3 attempts: refused']);
});

test('an alert that goes on says why it was told of again', () => {
  const words = [undefined, 'changed', 'more lines', 'constructor'].map((reason) => {
    const events = [{ type: 'updated', atMs: 1, score: 0.5, ...(reason === undefined ? {} : { reason }) }];
    return alertStory({ events, deliveries: [], notes: [], silences: [] }).steps[0]!.text;
  });

  expect(words).toEqual([
    'Still on, score 0.500',
    'Still on, for other reasons now, score 0.500',
    'Still on, with more lines of errors, score 0.500',
    'Still on (constructor), score 0.500',
  ]);
});

test('the time to detect is the sum of its known stages, and history has none', () => {
  const window = { stage: 'window', what: 'the window', ms: 30_000 };
  const closing = { stage: 'endToEligible', what: 'closing', ms: 10_000 };
  const sending = { stage: 'emittedToDelivered', what: 'sending', ms: null };

  const bar = detectBar([window, closing, sending])!;

  expect(bar.totalMs).toBe(40_000);
  expect(bar.parts.map(({ share }) => share)).toEqual([0.75, 0.25]);
  expect(bar.unknown).toEqual(['sending']);
  expect(detectBar([window, { ...closing, ms: null }])).toBeUndefined();
});

test('services stand in the order in which they deviated, once each, the root first', () => {
  const alert = (source: string, deviatedMs: number): { source: string; deviatedMs: number } => ({
    source,
    deviatedMs,
  });
  const alerts = [alert('checkout', 50), alert('payments', 20), alert('cart', 20), alert('checkout', 40)];

  const steps = orderOf({ rootSource: 'payments', tied: ['cart'], alerts: alerts as never });

  expect(steps).toEqual([
    { source: 'payments', afterMs: 0, isTied: false },
    { source: 'cart', afterMs: 0, isTied: true },
    { source: 'checkout', afterMs: 20, isTied: false },
  ]);

  const later = [
    { source: 'web', afterMs: 20, isTied: false },
    { source: 'search', afterMs: 50, isTied: false },
  ];
  expect(stagesOf([...steps, ...later])).toEqual([
    { sources: ['payments', 'cart'], afterMs: 0 },
    { sources: ['checkout', 'web'], afterMs: 20 },
    { sources: ['search'], afterMs: 50 },
  ]);
});
