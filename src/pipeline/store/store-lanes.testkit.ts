// Artifacts in a store: several that read one stream, and their switches. A part of the contract of every results store.
import { expect, test } from 'vitest';
import { FencedError, type ResultStore } from '../ports.js';
import type { StreamKey } from '../stream-key.js';
import { TEST_FEATURES, TEST_KEY, testCommit, testWindow } from './result-store.testkit.js';

const { artifact } = TEST_KEY;

/** @see testResultStore */
export function testLanes(
  name: string,
  open: () => ResultStore | Promise<ResultStore>,
  reopen?: (store: ResultStore) => Promise<ResultStore>,
): void {
  test(`${name}: artifacts are listed with the names of their features`, async () => {
    const store = await open();
    expect(await store.artifacts()).toEqual([]);
    for (const version of ['v2', 'v1', 'v2'])
      await store.takeOver({ ...TEST_KEY, artifact: { name: 'demo', version } }, TEST_FEATURES);

    expect(await store.artifacts()).toEqual([
      { name: 'demo', version: 'v1', featureNames: TEST_FEATURES },
      { name: 'demo', version: 'v2', featureNames: TEST_FEATURES },
    ]);
    await store.close();
  });

  test(`${name}: artifacts of one stream are committed together with their switch, or not at all`, async () => {
    let store = await open();
    const other: StreamKey = { ...TEST_KEY, artifact: { name: 'demo', version: 'v2' } };
    const first = await store.takeOver(TEST_KEY, TEST_FEATURES);
    const second = await store.takeOver(other, TEST_FEATURES);
    const asked = {
      kind: 'promote',
      stream: TEST_KEY.streamId,
      to: other.artifact,
      replaces: artifact,
      by: 'me \u0000',
      requestTimeMs: 5.5,
    } as const;
    const request = await store.requestPromotion(asked);
    const planned = {
      requestId: request.id,
      streamId: TEST_KEY.streamId,
      from: artifact,
      to: other.artifact,
      atMs: 60_000,
      plannedTimeMs: 7,
      effectTimeMs: null,
      refused: null,
    };
    const lane = { role: 'champion', fromMs: 30_000 } as const;
    const part = (key: StreamKey, epoch: number, offsetBytes: number) => ({
      key,
      epoch,
      commit: testCommit({ position: { offsetBytes }, windows: [testWindow()], lane }),
    });
    await store.commitTogether(
      [part(TEST_KEY, first.epoch, 1), part(other, second.epoch, 1)],
      [planned, { ...planned, effectTimeMs: 9 }],
    );
    const newer = await store.takeOver(other, TEST_FEATURES);

    const late = store.commitTogether(
      [part(TEST_KEY, first.epoch, 2), part(other, second.epoch, 2)],
      [{ ...planned, refused: 'too late' }],
    );

    await expect(late).rejects.toThrow(FencedError);
    // an ordinary commit leaves the note as it is
    await newer.commit(testCommit({ position: { offsetBytes: 3 } }));
    if (reopen) store = await reopen(store);
    expect((await store.takeOver(TEST_KEY, TEST_FEATURES)).state).toMatchObject({
      position: { offsetBytes: 1 },
      lane,
    });
    expect((await store.takeOver(other, TEST_FEATURES)).state).toMatchObject({
      position: { offsetBytes: 3 },
      lane,
    });
    expect(await store.windows(other)).toEqual([testWindow()]);
    expect(await store.modelSwitches()).toEqual([{ ...planned, effectTimeMs: 9 }]);
    expect(await store.promotionRequests()).toEqual([{ ...asked, id: request.id }]);
    expect(await store.lanes()).toEqual([
      { ...TEST_KEY, lane },
      { ...other, lane },
    ]);
    expect((await store.requestPromotion(asked)).id).toBeGreaterThan(request.id);
    await store.close();
  });

  test(`${name}: an artifact is kept as it was first given`, async () => {
    const store = await open();
    expect(await store.keptModel(artifact)).toBeUndefined();
    await store.keepModel(artifact, '{"a":"\\u0000"}');
    await store.keepModel(artifact, 'another');

    expect(await store.keptModel(artifact)).toBe('{"a":"\\u0000"}');
    await store.close();
  });
}
