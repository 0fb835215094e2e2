// What a store keeps of a stream, and whose it is. A part of the contract of every results store.
import { expect, test } from 'vitest';
import { createCounter } from '../consume/counts.js';
import { DEAD_LETTERS_KEPT, FencedError, type ResultStore } from '../ports.js';
import { TEST_FEATURES, TEST_KEY, testCommit, testEvent, testWindow } from './result-store.testkit.js';

const { artifact } = TEST_KEY;

/** @see testResultStore */
export function testStreams(
  name: string,
  open: () => ResultStore | Promise<ResultStore>,
  reopen?: (store: ResultStore) => Promise<ResultStore>,
): void {
  test(`${name}: what one commit wrote is what the next owner finds`, async () => {
    let store = await open();
    const owner = await store.takeOver(TEST_KEY, TEST_FEATURES);
    const commit = testCommit({
      position: { offsetBytes: 77, reader: { held: ['"quoted" \u0000 \u{1f600}'] } },
      sources: [{ source: '__proto__', windows: { gate: [1.5, null] }, alertLife: null }],
      windows: [testWindow()],
      counts: { ...createCounter().counts(0), windows: 4 },
    });
    await owner.commit(commit);
    if (reopen) store = await reopen(store);

    const { state, epoch } = await store.takeOver(TEST_KEY, TEST_FEATURES);

    expect(epoch).toBe(owner.epoch + 1);
    expect(state).toEqual({ position: commit.position, counts: commit.counts, sources: commit.sources });
    expect(await store.windows({ artifact })).toEqual([testWindow()]);
    await store.close();
  });

  test(`${name}: a fresh stream has neither position nor sources`, async () => {
    const store = await open();

    const { state } = await store.takeOver(TEST_KEY, TEST_FEATURES);

    expect(state).toEqual({ position: undefined, counts: undefined, sources: [] });
    await store.close();
  });

  test(`${name}: a fenced owner writes nothing at all`, async () => {
    const store = await open();
    const old = await store.takeOver(TEST_KEY, TEST_FEATURES);
    await old.commit(testCommit({ position: { offsetBytes: 1 }, alerts: [testEvent()] }));
    const owner = await store.takeOver(TEST_KEY, TEST_FEATURES);

    const late = old.commit(testCommit({ position: { offsetBytes: 2 }, windows: [testWindow()] }));

    await expect(late).rejects.toThrow(FencedError);
    await expect(old.markSent(['a1-0'], 1)).rejects.toThrow(FencedError);
    expect(await store.windows({ artifact })).toEqual([]);
    expect((await owner.unsentAlerts()).map(({ eventId }) => eventId)).toEqual(['a1-0']);
    expect((await store.takeOver(TEST_KEY, TEST_FEATURES)).state.position).toEqual({ offsetBytes: 1 });
    await store.close();
  });

  test(`${name}: only the sources of a commit are replaced`, async () => {
    const store = await open();
    const owner = await store.takeOver(TEST_KEY, TEST_FEATURES);
    const memory = (source: string, windows: number) => ({ source, windows, alertLife: { open: null } });
    await owner.commit(testCommit({ sources: [memory('a', 1), memory('b', 1)] }));
    await owner.commit(testCommit({ sources: [memory('b', 2), memory('c', 2)] }));

    const { state } = await store.takeOver(TEST_KEY, TEST_FEATURES);

    expect(state.sources).toEqual([memory('a', 1), memory('b', 2), memory('c', 2)]);
    await store.close();
  });

  test(`${name}: of each reason the latest dead letters are kept`, async () => {
    const store = await open();
    const owner = await store.takeOver(TEST_KEY, TEST_FEATURES);
    const letter = (sequence: number) =>
      ({
        reason: 'not-json',
        sequence,
        line: sequence + 1,
        raw: `line ${sequence}`,
        ingestTimeMs: 9,
      }) as const;
    const count = DEAD_LETTERS_KEPT + 5;
    await owner.commit(testCommit({ deadLetters: Array.from({ length: count }, (_, i) => letter(i)) }));
    await owner.commit(testCommit({ deadLetters: [{ ...letter(0), reason: 'late' }] }));

    const kept = await store.deadLetters(TEST_KEY);

    expect(kept).toHaveLength(DEAD_LETTERS_KEPT + 1);
    expect(kept.filter(({ reason }) => reason === 'late')).toHaveLength(1);
    expect(kept.filter(({ reason }) => reason === 'not-json')[0]).toEqual(letter(5));
    await store.close();
  });
}
