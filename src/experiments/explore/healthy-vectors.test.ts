import { expect, test } from 'vitest';
import { fakeLabel, fakeTable, WINDOW_MS } from './fake-table.testkit.js';
import { healthyVectors } from './healthy-vectors.js';

test('vectors are those after the fit and outside of labels, in the features asked for', () => {
  const counts = Array.from({ length: 40 }, (_, window) => window);
  const table = fakeTable({ api: { log_count: counts, silence: counts.map((x) => -x) } }, 10 * WINDOW_MS);
  // what the label leaves behind is healthy again ten minutes, 20 windows, later
  const label = fakeLabel('error-spike', 'api', 12, 14);

  const vectors = healthyVectors(table, [label], [1]);

  expect(vectors.map(([silence]) => -silence!)).toEqual([10, 11, 34, 35, 36, 37, 38, 39]);
});
