// Windows in a store: which revision stays, how they are asked for, their stamps. A part of the contract of every results store.
import { expect, test } from 'vitest';
import { type ResultStore, type StoredWindow } from '../ports.js';
import type { StreamKey } from '../stream-key.js';
import { TEST_FEATURES, TEST_KEY, testCommit, testWindow } from './result-store.testkit.js';

const { artifact } = TEST_KEY;

/** @see testResultStore */
export function testWindows(name: string, open: () => ResultStore | Promise<ResultStore>): void {
  test(`${name}: the highest revision of a window stays, in whatever order they come`, async () => {
    const store = await open();
    const owner = await store.takeOver(TEST_KEY, TEST_FEATURES);
    const rows = [1, 2, 0].map((revision) =>
      testWindow({ revision, score: revision / 10, alert: revision === 2 }),
    );
    await owner.commit(testCommit({ windows: rows }));
    await owner.commit(testCommit({ windows: [testWindow({ revision: 2, score: 0.99 }), rows[0]!] }));

    expect(await store.windows({ artifact })).toEqual([rows[1]]);
    expect(await store.windows({ artifact, onlyAlerting: true })).toEqual([rows[1]]);
    await store.close();
  });

  test(`${name}: windows are kept apart by artifact, and asked for by stream`, async () => {
    const store = await open();
    const other: StreamKey = { ...TEST_KEY, artifact: { name: 'demo', version: 'v2' } };
    const second: StreamKey = { ...TEST_KEY, streamId: 'file:/b.log' };
    await (await store.takeOver(TEST_KEY, TEST_FEATURES)).commit(testCommit({ windows: [testWindow()] }));
    await (
      await store.takeOver(other, TEST_FEATURES)
    ).commit(testCommit({ windows: [testWindow({ score: 0.5 })] }));
    const fromB = testWindow({ source: 'b' });
    await (await store.takeOver(second, TEST_FEATURES)).commit(testCommit({ windows: [fromB] }));

    expect(await store.windows({ artifact })).toEqual([testWindow(), fromB]);
    expect(await store.windows({ artifact, streamId: 'file:/b.log' })).toEqual([fromB]);
    expect(await store.windows({ artifact: other.artifact })).toEqual([testWindow({ score: 0.5 })]);
    expect(await store.windows({ artifact: { name: 'never', version: 'v1' } })).toEqual([]);
    await store.close();
  });

  test(`${name}: a correction brings its own stamps`, async () => {
    const store = await open();
    const owner = await store.takeOver(TEST_KEY, TEST_FEATURES);
    const stamps = { isLive: true, recordTimeMs: 1, appendTimeMs: 2, readTimeMs: 3, startedTimeMs: 4 };
    const later = { isLive: false, recordTimeMs: null, appendTimeMs: null, readTimeMs: 7, startedTimeMs: 8 };
    await owner.commit(testCommit({ windows: [testWindow({ stamps })] }));
    await owner.commit(
      testCommit({ windows: [testWindow({ revision: 1, stamps: later })], commitTimeMs: 9 }),
    );

    const [row] = await store.windows({ artifact, stamps: true });

    expect([row!.revision, row!.stamps, row!.commitTimeMs]).toEqual([1, later, 9]);
    await store.close();
  });

  test(`${name}: windows by time or source, in pages, are those that were asked for`, async () => {
    const store = await open();
    const owner = await store.takeOver(TEST_KEY, TEST_FEATURES);
    const rows = ['web', 'api', 'db'].flatMap((source) =>
      [0, 1, 2, 3].map((n) =>
        testWindow({
          source,
          startMs: n * 30_000,
          endMs: (n + 1) * 30_000,
          alert: n === 2 && source !== 'db',
        }),
      ),
    );
    await owner.commit(testCommit({ windows: rows }));
    const keys = (found: readonly StoredWindow[]): string[] =>
      found.map(({ source, startMs }) => `${source} ${startMs / 30_000}`);

    expect(keys(await store.windows({ artifact, source: 'web', fromMs: 30_000, toMs: 90_000 }))).toEqual([
      'web 1',
      'web 2',
    ]);
    expect(keys(await store.windows({ artifact, onlyAlerting: true, order: 'time' }))).toEqual([
      'api 2',
      'web 2',
    ]);
    for (const order of ['source', 'time'] as const) {
      const pages: StoredWindow[] = [];
      for (let after: StoredWindow | undefined; ;) {
        const page = await store.windows({
          artifact,
          fromMs: 30_000,
          order,
          limit: 2,
          ...(after ? { after } : {}),
        });
        if (page.length === 0) break;
        pages.push(...page);
        after = page.at(-1)!;
      }
      expect(pages).toEqual(await store.windows({ artifact, fromMs: 30_000, order }));
      expect(keys(pages).slice(0, 3)).toEqual(
        order === 'time' ? ['api 1', 'db 1', 'web 1'] : ['api 1', 'api 2', 'api 3'],
      );
      expect(pages).toHaveLength(9);
    }
    await store.close();
  });
}
