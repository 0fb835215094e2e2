import { expect, test } from 'vitest';
import { createRandom } from '../../core/random.js';
import { fakeLabel, fakeTable } from './fake-table.testkit.js';
import { windowMapFigure } from './show-window-map.js';
import { mapWindows } from './window-map.js';

const WINDOWS = 1200;
const FIT_WINDOWS = 600;
const busy = fakeLabel('traffic-surge', 'api', 700, 705);
const broken = fakeLabel('error-spike', 'api', 900, 905);

/** Records and infos rise and fall together in health; errors hardly ever come. */
function table() {
  const random = createRandom('map');
  const load = Array.from({ length: WINDOWS }, (_, window) =>
    window >= 700 && window < 705 ? 6 : 2 * random.normal(),
  );
  return fakeTable(
    {
      api: {
        log_count: load.map((each) => each + 0.1 * random.normal()),
        info_count: load.map((each) => each + 0.1 * random.normal()),
        error_count: load.map((_, window) => (window >= 900 && window < 905 ? 8 : 0)),
      },
    },
    FIT_WINDOWS * 30_000,
  );
}

const map = mapWindows(table(), [busy, broken], [0, 1, 2]);

test('the first component is what varies together in health', () => {
  expect(map.variance[0]).toBeGreaterThan(0.9);
  expect(new Set(map.meaning[0]!.slice(0, 2).map(({ feature }) => feature))).toEqual(
    new Set(['log_count', 'info_count']),
  );
});

test('more of the usual lies far along the plane, what health never does lies far from it', () => {
  const [surge, spike] = map.anomalies;

  expect(Math.abs(surge!.at[0])).toBeGreaterThan(3);
  expect(surge!.at[2]).toBeLessThan(0.1);
  expect(spike!.at[2]).toBeGreaterThan(7);
});

test('healthy are the windows after the fit, without the anomalies and what they leave behind', () => {
  const labelled = 2 * 5;
  const grace = 2 * 20;

  expect(map.healthy).toHaveLength(WINDOWS - FIT_WINDOWS - labelled - grace);
});

test('the figure counts every healthy window and has each anomaly in both panels', () => {
  const figure = windowMapFigure(map);

  const [density, ...rest] = figure.data as readonly {
    readonly z?: readonly (readonly (number | null)[])[];
    readonly name?: string;
  }[];
  const counted = density!.z!.flat().reduce<number>((sum, log) => sum + (log === null ? 0 : 10 ** log), 0);
  // logarithms are kept with two digits
  expect(counted / map.healthy.length).toBeCloseTo(1, 1);
  expect(rest.filter(({ name }) => name === 'error-spike')).toHaveLength(2);
});
