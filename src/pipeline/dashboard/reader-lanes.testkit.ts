// What a reader tells of windows: their sums by source and time, their scores, and up to when they reach.
import * as fc from 'fast-check';
import { expect } from 'vitest';
import { HOSTILE_TEXT } from '../desk/desk.testkit.js';
import type { StoredWindow } from '../ports.js';
import { TEST_KEY, testCommit } from '../store/result-store.testkit.js';
import { HOUR_MS, windowAt, WINDOW_MS, type WithStore } from './reader-store.testkit.js';
import type { LaneBucket } from './reader.js';

const { artifact } = TEST_KEY;

export function testLanes(withStore: WithStore): void {
  withStore('law: lanes are the sums of the windows, however they came', async ({ store, reader }) => {
    let version = 0;
    const arbRow = fc.record({
      source: fc.constantFrom('api', 'web', HOSTILE_TEXT),
      slot: fc.integer({ min: -250, max: 250 }),
      revision: fc.constantFrom(0, 0, 0, 1, 2),
      score: fc.integer({ min: 0, max: 100 }),
      records: fc.nat(50),
    });
    const arbRange = fc.record({
      from: fc.integer({ min: -260, max: 200 }),
      length: fc.integer({ min: 1, max: 400 }),
      bucket: fc.constantFrom(1, 2, 7, 20, 120, 240),
      isAligned: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(arbRow, { minLength: 1, maxLength: 12 }), { minLength: 1, maxLength: 4 }),
        arbRange,
        async (commits, { from, length, bucket, isAligned }) => {
          const key = { ...TEST_KEY, artifact: { name: 'law', version: `v${version++}` } };
          const owner = await store.takeOver(key, []);
          const fromMs = isAligned ? Math.floor(from / 120) * HOUR_MS : from * WINDOW_MS;
          const range = { fromMs, toMs: fromMs + length * WINDOW_MS };
          let stored: StoredWindow[] = [];
          for (const rows of commits) {
            await owner.commit(
              testCommit({
                windows: rows.map(({ source, slot, score, ...row }) =>
                  windowAt(source, slot * WINDOW_MS, { ...row, score: score / 100, alert: score >= 90 }),
                ),
              }),
            );
            stored = (await store.windows({ artifact: key.artifact })).filter(
              ({ startMs }) => startMs >= range.fromMs && startMs < range.toMs,
            );

            // asked after each commit, so that what a reader keeps must not outlive a change
            const lanes = await reader.swimlane(key.artifact, range, bucket * WINDOW_MS);

            expect(byBucket(lanes)).toEqual(byBucket(lanesOf(stored, fromMs, bucket * WINDOW_MS)));
          }
          for (const atLeast of [0, 0.5]) {
            const scores: unknown[] = [];
            for await (const part of reader.scores(key.artifact, range, atLeast)) scores.push(...part);
            expect(new Set(scores)).toEqual(
              new Set(
                stored
                  .filter(({ score }) => score >= atLeast)
                  .map(({ source, startMs, score }) => ({ source, startMs, score })),
              ),
            );
          }
          const peaks = new Set(
            (await store.windows({ artifact: key.artifact }))
              .filter(({ score }) => score >= 0.9)
              .map(({ source, startMs }) => `${Math.floor(startMs / HOUR_MS)} ${source}`),
          );
          const isNearPeak = ({ source, startMs }: StoredWindow): boolean =>
            [0, 1].some((hours) => peaks.has(`${Math.floor(startMs / HOUR_MS) - hours} ${source}`));
          const nearPeaks: unknown[] = [];
          for await (const part of reader.scores(key.artifact, range, 0.2, 0.9)) nearPeaks.push(...part);
          expect(new Set(nearPeaks)).toEqual(
            new Set(
              stored
                .filter((row) => row.score >= 0.2 && isNearPeak(row))
                .map(({ source, startMs, score }) => ({ source, startMs, score })),
            ),
          );
          expect(new Set(await reader.sources(key.artifact))).toEqual(
            new Set(commits.flat().map(({ source }) => source)),
          );
        },
      ),
      { numRuns: 25 },
    );
  });

  withStore('why windows alerted is read of those that did, by start', async ({ store, reader }) => {
    const owner = await store.takeOver(TEST_KEY, []);
    const explanation = { peakEndMs: 5, features: [], templates: [] };
    const alerting = (source: string, startMs: number) =>
      windowAt(source, startMs, { alert: true, score: 0.95, explanation });
    await owner.commit(
      testCommit({
        windows: [alerting(HOSTILE_TEXT, HOUR_MS), alerting('api', 0), windowAt('api', WINDOW_MS)],
      }),
    );

    expect(await reader.reasons(artifact, { fromMs: 0, toMs: HOUR_MS + 1 })).toEqual([
      { source: 'api', startMs: 0, explanation },
      { source: HOSTILE_TEXT, startMs: HOUR_MS, explanation },
    ]);
    expect(await reader.reasons(artifact, { fromMs: 1, toMs: HOUR_MS })).toEqual([]);
  });

  withStore('lanes come by source and bucket, the watermark is the last end', async ({ store, reader }) => {
    const owner = await store.takeOver(TEST_KEY, []);
    const starts = [0, 90 * 60_000, 130 * 60_000];
    await owner.commit(
      testCommit({ windows: ['web', 'api'].flatMap((source) => starts.map((at) => windowAt(source, at))) }),
    );

    const lanes = await reader.swimlane(artifact, { fromMs: 0, toMs: 2.5 * HOUR_MS }, HOUR_MS);

    expect(lanes.map(({ source, bucket }) => `${source} ${bucket}`)).toEqual([
      'api 0',
      'api 1',
      'api 2',
      'web 0',
      'web 1',
      'web 2',
    ]);
    expect(await reader.watermarkMs(artifact)).toBe(130 * 60_000 + WINDOW_MS);
    expect(await reader.sources(artifact)).toEqual(['api', 'web']);
  });
}

function lanesOf(rows: readonly StoredWindow[], fromMs: number, bucketMs: number): LaneBucket[] {
  const lanes = new Map<string, LaneBucket>();
  for (const { source, startMs, score, alert, records } of rows) {
    const bucket = Math.floor((startMs - fromMs) / bucketMs);
    const known = lanes.get(`${bucket} ${source}`);
    lanes.set(`${bucket} ${source}`, {
      source,
      bucket,
      maxScore: Math.max(score, known?.maxScore ?? 0),
      windows: 1 + (known?.windows ?? 0),
      alerting: (alert ? 1 : 0) + (known?.alerting ?? 0),
      records: records + (known?.records ?? 0),
    });
  }
  return [...lanes.values()];
}

function byBucket(lanes: readonly LaneBucket[]): ReadonlyMap<string, LaneBucket> {
  return new Map(lanes.map((lane) => [`${lane.bucket} ${lane.source}`, lane]));
}
