import { expect, test } from 'vitest';
import type { AlertState } from '../api.js';
import { tellingAlert } from './incident-order.js';

test('an incident is opened at what goes on before what is over, and at its root before the others', () => {
  const alert = (source: string, state: AlertState): never =>
    ({ source, state, alertId: `${source} ${state}` }) as never;
  const opened = (...alerts: readonly never[]): string =>
    tellingAlert({ rootSource: 'payments', alerts }).alertId;

  expect(opened(alert('payments', 'resolved'), alert('checkout', 'firing'))).toBe('checkout firing');
  expect(opened(alert('payments', 'resolved'), alert('payments', 'firing'))).toBe('payments firing');
  expect(opened(alert('checkout', 'firing'), alert('payments', 'firing'))).toBe('payments firing');
  expect(opened(alert('payments', 'silenced'), alert('checkout', 'acknowledged'))).toBe(
    'checkout acknowledged',
  );
  expect(opened(alert('payments', 'resolved'), alert('checkout', 'resolved'))).toBe('payments resolved');
});
