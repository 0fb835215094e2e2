import { expect, test } from 'vitest';
import { createMemoryStore } from '../../adapters/memory-store.js';
import { DAY_MS, HOUR_MS, sweepAll, testSettings } from '../../retention/sweep.testkit.js';
import { TEST_KEY, testCommit, testWindow } from '../../store/result-store.testkit.js';
import { readKeptWindows } from './kept-windows.js';

const { artifact } = TEST_KEY;

test('it is told from when on windows are there, once some were deleted', async () => {
  const store = createMemoryStore();
  const owner = await store.takeOver(TEST_KEY, []);
  await owner.commit(testCommit({ windows: [testWindow()] }));
  await owner.beginSweep(testSettings(HOUR_MS));
  expect(await readKeptWindows({ store }, [artifact])).toBeUndefined();

  await sweepAll(owner, testSettings(HOUR_MS), [['api', HOUR_MS]]);

  const other = { name: 'other', version: 'v1' };
  const kept = { beforeMs: HOUR_MS, keepMs: DAY_MS };
  expect(await readKeptWindows({ store }, [other, artifact])).toEqual(kept);
  expect(await readKeptWindows({ store }, [other])).toBeUndefined();
});
