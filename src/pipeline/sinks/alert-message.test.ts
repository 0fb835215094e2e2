import { expect, test } from 'vitest';
import type { AlertEvent } from '../../core/alert-event.js';
import { showTime } from '../alerts/show-alert.js';
import { TEST_KEY } from '../store/result-store.testkit.js';
import { compileTexts, messageOf } from './alert-message.js';
import { alertEvent, START_MS } from './courier.testkit.js';
import { verifyFeedback } from './signed-link.js';

const SECRET = 'a secret of some length';
const explanation = {
  peakEndMs: START_MS,
  features: [{ feature: 'error_count', value: 12, usualLow: 0, usualHigh: 2, amount: 6 }],
  templates: [
    {
      event: 'new' as const,
      templateId: 't',
      text: 'card <*> declined',
      service: 'pay',
      severity: 'ERROR',
      count: 12,
      usual: 0,
      example: 'card 12 declined',
    },
  ],
};
const first = alertEvent('a', 0, 'opened', { source: 'pay', explanation, score: 0.97, peakScore: 0.97 });
const resolved = alertEvent('a', 1, 'resolved', { source: 'pay', score: 0.2, peakScore: 0.97 });
const options = { dashboardUrl: 'https://logs.example.net/x', linkSecret: SECRET, ...compileTexts() };

test('an alert says what, where, why, since when, and where to look', () => {
  const message = messageOf({ event: first, first }, TEST_KEY, START_MS, options);

  expect(message.title).toBe('ALERT critical pay: new ERROR line, 12 in a window: card <*> declined');
  expect(message.text).toBe(
    [
      'new ERROR line, 12 in a window: card <*> declined',
      'ERROR records: 12, usually 0 to 2',
      'new line ERROR card <*> declined (12 in a window)',
      'e.g. card 12 declined',
      'score 0.97 (alerts from 0.90), since 1970-01-12 13:46:10Z',
      'https://logs.example.net/x/?view=alert&id=a',
    ].join('\n'),
  );
});

test('a level that is taken for usual is not said to be over, nor is an alert that came back', () => {
  const absorbed = messageOf(
    { event: { ...resolved, reason: 'absorbed' }, first },
    TEST_KEY,
    START_MS,
    options,
  );
  const again = messageOf({ event: { ...first, reason: 'reopened' }, first }, TEST_KEY, START_MS, options);

  expect(absorbed.text).toContain('still so after 30.0 s: taken as the new level\n');
  expect(absorbed.text).not.toContain('over after');
  expect(again.text).not.toMatch(/over after|reopened/);
});

test('its end says how long it was, by the reasons that it opened with', () => {
  const message = messageOf({ event: resolved, first }, TEST_KEY, START_MS, options);

  expect(message.title).toBe('RESOLVED critical pay: new ERROR line, 12 in a window: card <*> declined');
  expect(message.text).toContain('over after 30.0 s\n');
  expect(message.text).not.toContain('error_count');
  expect(message.opened).toEqual({ eventId: 'a-0-0', kind: 'errors', severity: 'critical' });
});

test('an update says why it is told, and since when what it tells is so; the end says the same lines', () => {
  const more = {
    ...explanation,
    templates: [{ ...explanation.templates[0]!, count: 36, text: 'ledger is gone' }],
  };
  const event = {
    ...first,
    type: 'updated',
    explanation: more,
    episodeMs: first.sinceMs + 660_000,
  } as const;
  const title = (changes: Partial<AlertEvent>): string =>
    messageOf({ event: { ...event, ...changes }, first }, TEST_KEY, START_MS, options).title;

  const headline = 'critical pay: new ERROR line, 36 in a window: ledger is gone';
  expect(title({})).toBe(`WORSE ${headline}`);
  expect(title({ reason: 'changed' })).toBe(`CHANGED ${headline}`);
  expect(title({ reason: 'more lines' })).toBe(`MORE ${headline}`);
  expect(title({ ...resolved, explanation: more })).toBe(`RESOLVED ${headline}`);
  const { text } = messageOf({ event, first }, TEST_KEY, START_MS, options);
  expect(text).toContain(`since ${showTime(event.episodeMs)}`);
});

test('the feedback links are those that the dashboard verifies, for thirty days', () => {
  const { feedback } = messageOf({ event: first, first }, TEST_KEY, START_MS, options);
  const token = feedback!['not-mine'].replace('https://logs.example.net/x/f/', '');

  expect(verifyFeedback(token, SECRET, START_MS + 29 * 86_400_000)).toMatchObject({
    ok: true,
    claim: { alertId: 'a', verdict: 'not-mine' },
  });
  expect(verifyFeedback(token, SECRET, START_MS + 30 * 86_400_000)).toMatchObject({ reason: 'expired' });
});

test('without the address of a dashboard there are no links', () => {
  const { link, feedback, text } = messageOf({ event: first, first }, TEST_KEY, START_MS, {
    ...options,
    dashboardUrl: undefined,
  });

  expect([link, feedback]).toEqual([null, null]);
  expect(text.endsWith('Z')).toBe(true);
});
