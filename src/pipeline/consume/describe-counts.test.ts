import { expect, test } from 'vitest';
import { createCounter } from './counts.js';
import { alertWords, describeCounts } from './describe-counts.js';

test('an alert that opens again is the alert that it was', () => {
  const counter = createCounter();
  const event = (type: 'opened' | 'updated' | 'resolved', reason?: 'reopened' | 'quiet') =>
    counter.onAlert({ source: 'api', type, ...(reason === undefined ? {} : { reason }) });

  event('opened');
  event('resolved', 'quiet');
  event('opened', 'reopened');
  event('updated');
  expect(describeCounts(counter.counts(0))).toBe('0 records, 0 windows, 1 alert, still firing');
  event('resolved', 'quiet');
  event('opened');

  expect(counter.counts(0)).toMatchObject({ alertsOpened: 2, alertsResolved: 1 });
});

test('alerts that are told apart are counted apart, however often they open', () => {
  const counter = createCounter(undefined, (source) => source === 'canary');
  counter.onAlert({ source: 'canary', type: 'opened' });
  counter.onAlert({ source: 'canary', type: 'resolved', reason: 'quiet' });
  counter.onAlert({ source: 'canary', type: 'opened', reason: 'reopened' });

  expect(counter.counts(0).apart).toMatchObject({ alertsOpened: 1, alertsResolved: 0 });
  expect(describeCounts(counter.counts(0))).toBe('0 records, 0 windows, no alerts');
});

test.each([
  [0, 0, 'no alerts'],
  [1, 0, '1 alert'],
  [1, 1, '1 alert, still firing'],
  [3, 3, '3 alerts, still firing'],
  [1200, 2, '1,200 alerts, 2 of them still firing'],
])('%d alerts of which %d fire are %s', (alerts, firing, words) => {
  expect(alertWords(alerts, firing)).toBe(words);
});
