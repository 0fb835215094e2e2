// The contract of a results store's retention where an alert goes on under another artifact than the one that opened it, as
// tests that any of them must pass.
import { expect, test } from 'vitest';
import type { ResultStore } from '../ports.js';
import type { StreamKey } from '../stream-key.js';
import { HOUR_MS, sweepAll, testSettings } from '../retention/sweep.testkit.js';
import { TEST_KEY, testCommit, testEvent, testWindow } from './result-store.testkit.js';

const BEFORE_MS = 20 * HOUR_MS;
const former = { name: 'demo', version: 'former' };
const { artifact } = TEST_KEY;
const windowAt = (source: string, startMs: number) =>
  testWindow({ source, startMs, endMs: startMs + 30_000, score: 0.95 });
const memory = (source: string) => ({ source, windows: { of: source }, alertLife: null });

/** @param open a store that was never used before, each time another */
export function testRetentionAcrossSwitches(
  name: string,
  open: () => ResultStore | Promise<ResultStore>,
): void {
  const startsOf = async (store: ResultStore, key: Pick<StreamKey, 'artifact'>): Promise<number[]> =>
    (await store.windows({ artifact: key.artifact })).map(({ startMs }) => startMs);
  const retire = async (store: ResultStore, streamId = TEST_KEY.streamId): Promise<void> => {
    const old = await store.takeOver({ streamId, artifact: former }, []);
    const opened = testEvent({ alertId: 'goes on', eventId: 'goes on-0', source: 'db', sinceMs: HOUR_MS });
    await old.commit(
      testCommit({
        alerts: [opened],
        windows: [windowAt('db', 0), windowAt('db', HOUR_MS), windowAt('web', HOUR_MS)],
        sources: [memory('db'), memory('web')],
        lane: { fromMs: null, role: 'retired', hasAlerts: true },
      }),
    );
  };

  test(`${name}: windows of an open alert stay, whoever opened it and whoever scored them`, async () => {
    const store = await open();
    await retire(store);
    const owner = await store.takeOver(TEST_KEY, []);
    const middle = { ...TEST_KEY, artifact: { name: 'demo', version: 'middle' } };
    const between = await store.takeOver(middle, []);
    await between.commit(
      testCommit({
        windows: [windowAt('db', 2 * HOUR_MS), windowAt('web', 2 * HOUR_MS)],
        sources: [memory('db'), memory('web')],
        lane: { fromMs: null, role: 'retired' },
      }),
    );
    await owner.commit(
      testCommit({
        windows: [windowAt('db', 3 * HOUR_MS), windowAt('web', 3 * HOUR_MS), windowAt('db', 5 * HOUR_MS)],
        sources: [memory('db'), memory('web')],
      }),
    );

    await sweepAll(owner, testSettings(BEFORE_MS), [
      ['db', BEFORE_MS],
      ['web', BEFORE_MS],
    ]);

    expect(await startsOf(store, { artifact: former })).toEqual([0, HOUR_MS]);
    expect(await startsOf(store, middle)).toEqual([2 * HOUR_MS]);
    expect(await startsOf(store, TEST_KEY)).toEqual([3 * HOUR_MS, 5 * HOUR_MS]);
    await store.close();
  });

  test(`${name}: windows of an open alert stay where its source came from another stream`, async () => {
    const store = await open();
    await retire(store, 'kafka:logs/0');
    const old = await store.takeOver({ streamId: 'kafka:logs/0', artifact }, []);
    await old.commit(testCommit({ windows: [windowAt('db', 2 * HOUR_MS)] }));
    const owner = await store.takeOver({ streamId: 'kafka:logs/3', artifact }, []);
    await owner.commit(testCommit({ windows: [windowAt('db', 3 * HOUR_MS)], sources: [memory('db')] }));

    await sweepAll(owner, testSettings(BEFORE_MS), [['db', BEFORE_MS]]);

    expect(await startsOf(store, TEST_KEY)).toEqual([2 * HOUR_MS, 3 * HOUR_MS]);
    await store.close();
  });

  test(`${name}: an alert that has nothing to do with a stream keeps nothing of it`, async () => {
    const store = await open();
    await retire(store, 'file:/b.log');
    const owner = await store.takeOver(TEST_KEY, []);
    await owner.commit(testCommit({ windows: [windowAt('db', 2 * HOUR_MS)], sources: [memory('db')] }));

    await sweepAll(owner, testSettings(BEFORE_MS), [['db', BEFORE_MS]]);

    expect(await startsOf(store, TEST_KEY)).toEqual([]);
    await store.close();
  });
}
