import { expect, test } from 'vitest';
import { compareReplays } from './compare-replays.js';
import type { ReplayedAlert } from './replay-alerts.js';
import { told, WINDOW_MS } from './tune.testkit.js';

const DAY_MS = 86_400_000;

function replayed(window: number, windows = 1, source = 'api'): ReplayedAlert {
  return { source, sinceMs: window * WINDOW_MS, untilMs: (window + windows) * WINDOW_MS, peakScore: 0.9 };
}

test('what is gone is told with what people said of it, and the right ones among it are lost', () => {
  // window  0      10      20        30
  // before  false  real    unjudged  not mine
  // after          real
  const before = [0, 10, 20, 30].map((window) => replayed(window));
  const alerts = [told(0), told(10, { verdict: 'real' }), told(30, { verdict: 'not-mine' })];

  const {
    removed,
    lost,
    added,
    before: count,
    after,
  } = compareReplays(before, [replayed(10)], alerts, DAY_MS);

  expect([count, after]).toEqual([4, 1]);
  expect(removed.map(({ verdict, alertId }) => [verdict, alertId])).toEqual([
    ['false', 'api-0'],
    [null, null],
    ['not-mine', 'api-30'],
  ]);
  expect(lost.map(({ alertId }) => alertId)).toEqual(['api-30']);
  expect(added).toEqual([]);
});

test('a right alert that begins later is told later, and by how much', () => {
  const alerts = [told(10, { verdict: 'real' })];

  const { later, removed } = compareReplays([replayed(10, 4)], [replayed(12, 2)], alerts, DAY_MS);

  expect(removed).toEqual([]);
  expect(later).toMatchObject([{ alertId: 'api-10', delayMs: 2 * WINDOW_MS }]);
});

test('an alert of the replay that two people were told of is right when one of them says so', () => {
  const alerts = [told(0), told(1, { verdict: 'real' })];

  expect(compareReplays([replayed(0, 2)], [], alerts, DAY_MS).lost).toHaveLength(1);
});

test('the same time in another service is another alert', () => {
  const { removed, added, bySource } = compareReplays([replayed(0)], [replayed(0, 1, 'db')], [], 2 * DAY_MS);

  expect([removed.length, added.length]).toEqual([1, 1]);
  expect(bySource).toEqual([
    { source: 'api', before: 1, after: 0, beforePerDay: 0.5, afterPerDay: 0 },
    { source: 'db', before: 0, after: 1, beforePerDay: 0, afterPerDay: 0.5 },
  ]);
});

test('judged alerts that the replay does not have are said', () => {
  const { notReplayed } = compareReplays([replayed(0)], [replayed(0)], [told(0), told(99)], DAY_MS);

  expect(notReplayed.map(({ alertId }) => alertId)).toEqual(['api-99']);
});
