// Alerts in a store: their events on the way out, and when each stage was. A part of the contract of every results store.
import { expect, test } from 'vitest';
import type { ResultStore } from '../ports.js';
import { TEST_FEATURES, TEST_KEY, testCommit, testEvent, testWindow } from './result-store.testkit.js';

const { artifact } = TEST_KEY;

/** @see testResultStore */
export function testAlerts(name: string, open: () => ResultStore | Promise<ResultStore>): void {
  test(`${name}: an alert event stays in the outbox until it is marked as sent, and enters it once`, async () => {
    const store = await open();
    const owner = await store.takeOver(TEST_KEY, TEST_FEATURES);
    const opened = testEvent({ explanation: { peakEndMs: 30_000, features: [], templates: [] } });
    const resolved = testEvent({ type: 'resolved', eventId: 'a1-1', reason: 'quiet', startMs: 90_000 });
    await owner.commit(testCommit({ alerts: [opened, resolved] }));
    await owner.markSent(['a1-0'], 5);
    await owner.commit(testCommit({ alerts: [opened] }));

    expect(await owner.unsentAlerts()).toEqual([resolved]);
    const [alert, ...others] = await store.alerts({ artifact });
    expect(others).toEqual([]);
    expect(alert).toMatchObject({ alertId: 'a1', sinceMs: 0, peakScore: 0.95 });
    await store.close();
  });

  test(`${name}: stamps of windows and alerts come back to the bit, where they are asked for`, async () => {
    const store = await open();
    const owner = await store.takeOver(TEST_KEY, TEST_FEATURES);
    const stamps = {
      isLive: true,
      recordTimeMs: 30_900,
      appendTimeMs: 30_950,
      readTimeMs: 30_999.125,
      startedTimeMs: 31_000.1,
    };
    const byTick = { ...stamps, isLive: false, recordTimeMs: null, appendTimeMs: null };
    const row = testWindow({ stamps });
    const ticked = testWindow({ source: 'db', stamps: byTick });
    const old = testWindow({ source: 'web' });
    const delivery = { storedTimeMs: 1_000_003.5, emittedTimeMs: 1_000_003.75, deliveredTimeMs: 1_000_009.1 };
    await owner.commit(
      testCommit({
        windows: [row, ticked, old],
        alerts: [testEvent(), testEvent({ type: 'updated', eventId: 'a1-1' })],
        alertRows: new Map([['a1-0', row]]),
        commitTimeMs: 1_000_000.5,
      }),
    );
    await owner.markSent(['a1-0', 'a1-1'], 1_000_009, new Map([['a1-0', delivery]]));

    expect(await store.windows({ artifact })).toEqual([testWindow(), testWindow({ source: 'db' }), old]);
    expect(await store.windows({ artifact, stamps: true })).toEqual([
      { ...row, commitTimeMs: 1_000_000.5 },
      { ...ticked, commitTimeMs: 1_000_000.5 },
      { ...old, commitTimeMs: 1_000_000.5 },
    ]);
    const { eligibleTimeMs, scoredTimeMs, endMs } = row;
    const way = {
      eventId: 'a1-0',
      type: 'opened',
      source: 'api',
      startMs: 0,
      endMs,
      ...stamps,
      eligibleTimeMs,
      scoredTimeMs,
      commitTimeMs: 1_000_000.5,
      ...delivery,
    };
    expect(await store.alertWays({ artifact })).toEqual([way]);
    expect(await store.alertWays({ artifact, source: 'db' })).toEqual([]);
    expect(await store.alertWays({ artifact, fromMs: 1 })).toEqual([]);
    await store.close();
  });
}
