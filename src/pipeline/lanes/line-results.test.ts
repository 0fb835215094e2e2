import { expect, test } from 'vitest';
import { plainLog } from '../../core/log-like.testkit.js';
import { createRandom } from '../../core/random.js';
import { a, b, play } from './lanes.testkit.js';
import { lineResults } from './line-results.js';

test('what a stream came to is of both artifacts, each for the windows that it spoke for', async () => {
  const records = plainLog(1200, createRandom('plain'));
  const { store, switches } = await play({ records, ticks: false, requests: new Map([[20, [a, b]]]) });
  const { atMs } = switches[0]!;
  const alertingOf = async ({ name, version }: typeof a) =>
    store.windows({ artifact: { name, version }, streamId: 'list', onlyAlerting: true });

  // whoever is asked by: the line is the same
  const fromFirst = await lineResults(store, a, 'list');
  const fromSecond = await lineResults(store, b, 'list');

  const before = (await alertingOf(a)).filter(({ startMs }) => startMs < atMs!);
  const after = (await alertingOf(b)).filter(({ startMs }) => startMs >= atMs!);
  expect(fromFirst.windows).toEqual([...before, ...after]);
  expect(before.length * after.length).toBeGreaterThan(0);
  expect(fromSecond.windows).toHaveLength(fromFirst.windows.length);
  expect(fromFirst.alerts.length).toBeGreaterThan(0);
});
