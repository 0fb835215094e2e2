// What a reader hands on by the million: every window of a range once, as it was stored, without its features.
import { expect } from 'vitest';
import { HOSTILE_TEXT } from '../desk/desk.testkit.js';
import { TEST_KEY, testCommit } from '../store/result-store.testkit.js';
import { HOUR_MS, windowAt, WINDOW_MS, type WithStore } from './reader-store.testkit.js';
import type { TimeRange, WindowFigures } from './reader.js';

const { artifact } = TEST_KEY;

export function testFigures(withStore: WithStore): void {
  withStore('figures of windows come once each, by source and start, over days and gaps', async (opened) => {
    const { store, reader } = opened;
    const owner = await store.takeOver(TEST_KEY, ['log_count']);
    const starts = [-HOUR_MS, 0, WINDOW_MS, 23.9 * HOUR_MS, 24 * HOUR_MS, 71 * HOUR_MS];
    const windows = ['web', HOSTILE_TEXT, 'api'].flatMap((source, at) =>
      starts.map((startMs) => windowAt(source, startMs, { records: at, alert: at === 1 })),
    );
    await owner.commit(testCommit({ windows }));
    const read = async (range: TimeRange, source?: string): Promise<readonly WindowFigures[]> => {
      const all: WindowFigures[] = [];
      for await (const part of reader.windowFigures(artifact, range, source)) all.push(...part);
      return all;
    };
    const placeOf = ({ source, startMs }: WindowFigures): string => `${source} ${startMs}`;

    const all = await read({ fromMs: 0, toMs: 71 * HOUR_MS });

    const wanted = windows
      .filter(({ startMs }) => startMs >= 0 && startMs < 71 * HOUR_MS)
      .map(({ source, startMs, endMs, records, score, threshold, alert }) => ({
        source,
        streamId: TEST_KEY.streamId,
        startMs,
        endMs,
        records,
        score,
        threshold,
        alert,
      }));
    expect(new Set(all)).toEqual(new Set(wanted));
    expect(all).toHaveLength(wanted.length);
    // each source in one go, in the order of time
    const web = await read({ fromMs: -HOUR_MS, toMs: 72 * HOUR_MS }, 'web');
    expect(web.map(placeOf)).toEqual(starts.map((startMs) => `web ${startMs}`));
    const from = all.findIndex(({ source }) => source === HOSTILE_TEXT);
    expect(all.slice(from, from + 4).every(({ source }) => source === HOSTILE_TEXT)).toBe(true);
    expect(await read({ fromMs: 0, toMs: HOUR_MS }, 'nobody')).toEqual([]);
    expect(await read({ fromMs: 200 * HOUR_MS, toMs: 201 * HOUR_MS })).toEqual([]);
  });
}
