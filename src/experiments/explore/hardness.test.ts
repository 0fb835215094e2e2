import { expect, test } from 'vitest';
import { EYES, type WatchedSource } from './eyes.js';
import { fakeLabel, WINDOW_MS } from './fake-table.testkit.js';
import { hardnessFigure, hardnessTable, measureHardness } from './hardness.js';

const WINDOWS = 1000;

/** Between 3 and 7 records a window, an error in every 20th; changed where told. */
function watched(change: { from: number; to: number; volume?: number; errors?: number }): WatchedSource {
  const values = EYES.map(() => new Float64Array(WINDOWS));
  for (let window = 0; window < WINDOWS; window++) {
    const isChanged = window >= change.from && window < change.to;
    values[0]![window] = isChanged && change.volume !== undefined ? change.volume : 3 + ((window * 7) % 5);
    values[1]![window] = isChanged && change.errors !== undefined ? change.errors : window % 20 === 0 ? 1 : 0;
  }
  return { source: 'api', windowMs: WINDOW_MS, startMs: 0, values };
}

const label = fakeLabel('some-kind', 'api', 600, 610);
const shareOf = (source: WatchedSource, eye: string): number =>
  measureHardness([source], [label], 0)[0]!.shares[EYES.findIndex(({ name }) => name === eye)]!;

test('more errors than in any healthy stretch are visible to who counts errors, and to no other eye', () => {
  const source = watched({ from: 600, to: 610, errors: 3 });

  expect(shareOf(source, 'errors')).toBeLessThan(0.002);
  expect(shareOf(source, 'volume')).toBeGreaterThan(0.1);
  expect(shareOf(source, 'warnings')).toBe(1);
});

test('silence is as visible by volume as a flood is', () => {
  const silent = shareOf(watched({ from: 600, to: 610, volume: 0 }), 'volume');
  const flooded = shareOf(watched({ from: 600, to: 610, volume: 50 }), 'volume');

  expect(silent).toBe(flooded);
  expect(silent).toBeLessThan(0.005);
});

test('fewer errors than usual are not strange', () => {
  expect(shareOf(watched({ from: 600, to: 610, errors: 0 }), 'errors')).toBe(1);
});

test('healthy time begins where told, and a label outside of the data is not judged', () => {
  const source = watched({ from: 0, to: 200, errors: 9 });
  const outside = fakeLabel('some-kind', 'api', 5000, 5010);

  const hardness = measureHardness([source], [outside, label], 200 * WINDOW_MS);

  expect(hardness.map((each) => each.label)).toEqual([label]);
  // the wild beginning is no part of health: one error in ten windows is in half of the stretches
  expect(hardness[0]!.shares[1]).toBeCloseTo(0.5, 1);
});

test('the table counts what is visible, by kind and in all', () => {
  const hardness = [
    { label, shares: [0.5, 0.001, 1, 1] },
    { label, shares: [0.01, 0.001, 1, 1] },
    { label: { ...label, kind: 'other' }, shares: [0.2, 0.3, 1, 1] },
  ];

  expect(hardnessTable(hardness)).toEqual([
    {
      kind: 'other',
      anomalies: 1,
      volume: 0,
      errors: 0,
      warnings: 0,
      'new lines': 0,
      'visible to none': 1,
    },
    {
      kind: 'some-kind',
      anomalies: 2,
      volume: 1,
      errors: 2,
      warnings: 0,
      'new lines': 0,
      'visible to none': 0,
    },
    { kind: 'all', anomalies: 3, volume: 1, errors: 2, warnings: 0, 'new lines': 0, 'visible to none': 1 },
  ]);
  expect(hardnessFigure(hardness).data).toMatchObject([
    { name: 'other', y: [5] },
    { name: 'some-kind', y: [1000, 1000] },
  ]);
});
