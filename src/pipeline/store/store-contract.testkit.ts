// The contract of a results store, as tests that any of them must pass.
import type { ResultStore } from '../ports.js';
import { testRetention } from './retention.testkit.js';
import { testRetentionAcrossSwitches } from './retention-alerts.testkit.js';
import { testAlerts } from './store-alerts.testkit.js';
import { testLanes } from './store-lanes.testkit.js';
import { testStreams } from './store-streams.testkit.js';
import { testText } from './store-text.testkit.js';
import { testWindows } from './store-windows.testkit.js';

/**
 * @param name of the store, for the tests' names
 * @param open a store that was never used before, each time another
 * @param reopen the same data after its process went away; left out for a store that forgets
 */
export function testResultStore(
  name: string,
  open: () => ResultStore | Promise<ResultStore>,
  reopen?: (store: ResultStore) => Promise<ResultStore>,
): void {
  testStreams(name, open, reopen);
  testWindows(name, open);
  testAlerts(name, open);
  testLanes(name, open, reopen);
  testText(name, open);
  testRetention(name, open);
  testRetentionAcrossSwitches(name, open);
}
