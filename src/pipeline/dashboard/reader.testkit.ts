// The contract of what the dashboard reads, as tests that both databases must pass: a store is filled through its own port
// by a writer, and read beside it.
import { expect } from 'vitest';
import { TEST_KEY } from '../store/result-store.testkit.js';
import { testAlerts } from './reader-alerts.testkit.js';
import { testChanges } from './reader-changes.testkit.js';
import { testFigures } from './reader-figures.testkit.js';
import { testLanes } from './reader-lanes.testkit.js';
import { testRetained } from './reader-retention.testkit.js';
import { ALWAYS, HOUR_MS, type OpenedStore, storeTests } from './reader-store.testkit.js';
import { testTemplates } from './reader-templates.testkit.js';
import { testTold } from './reader-told.testkit.js';

const { artifact } = TEST_KEY;

/** @param open of a store that holds nothing yet */
export function testReader(name: string, open: () => Promise<OpenedStore>): void {
  const withStore = storeTests(name, open);

  withStore('an empty store answers every question with nothing', async ({ reader }) => {
    expect(await reader.swimlane(artifact, { fromMs: 0, toMs: 10 * HOUR_MS }, HOUR_MS)).toEqual([]);
    expect(await reader.alerts(ALWAYS)).toEqual([]);
    expect(await reader.alert('a1')).toBeUndefined();
    expect(await reader.eventsOf('a1')).toEqual([]);
    expect(await reader.watermarkMs(artifact)).toBeUndefined();
    expect(await reader.sources(artifact)).toEqual([]);
    expect(await reader.templates(artifact, { fromMs: 0, bucketMs: HOUR_MS, buckets: 3 })).toEqual([]);
    expect(await reader.heartbeats(ALWAYS)).toEqual([]);
    expect(await reader.lastHeartbeats(0)).toEqual([]);
    expect(await reader.markers(ALWAYS)).toEqual([]);
    expect(await reader.labels(ALWAYS)).toEqual([]);
    expect(await reader.bytes()).toBeGreaterThan(0);
    const cursor = await reader.cursor();
    expect(await reader.changesSince(cursor)).toMatchObject({ events: [], windows: undefined });
  });

  testLanes(withStore);
  testFigures(withStore);
  testAlerts(withStore);
  testChanges(withStore);
  testTemplates(withStore);
  testTold(withStore);
  testRetained(withStore);
}
