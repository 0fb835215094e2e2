import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { StoredWindow } from '../../ports.js';
import { TEST_KEY, testCommit } from '../../store/result-store.testkit.js';
import { createTestDashboard, T0, windowsOf } from '../dashboard.testkit.js';
import { compareScores } from './score-comparison.js';
import { compareShadow } from './shadow-comparison.js';

const RANGE = { fromMs: T0, toMs: T0 + 6 * 3_600_000 };

test('however few scores may be read, agreement is counted over all windows that both have', async () => {
  const arbScores = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 700, maxLength: 720 });
  await fc.assert(
    fc.asyncProperty(arbScores, arbScores, fc.nat(3), async (api, web, lateHours) => {
      const { data, commit, store } = await createTestDashboard();
      const rows = [...windowsOf('api', api, 0.9), ...windowsOf('web', web, 0.9)];
      await commit({ windows: rows });
      const shadowKey = { ...TEST_KEY, artifact: { ...TEST_KEY.artifact, version: 'shadow' } };
      const rescored = rows
        .filter(({ startMs }) => startMs >= T0 + lateHours * 3_600_000)
        .map((row, n): StoredWindow => {
          const score = Math.abs(Math.sin(n) * row.score);
          return { ...row, score, alert: score >= 0.8 };
        });
      await (await store.takeOver(shadowKey, [])).commit(testCommit({ windows: rescored }));
      const champion = { key: TEST_KEY.artifact, threshold: 0.9 };
      const shadow = { key: shadowKey.artifact, threshold: 0.8 };
      const compare = (mostWindows: number) =>
        compareShadow(data.reader, champion, shadow, { range: RANGE, canarySource: undefined, mostWindows });

      const [all, few] = [await compare(Infinity), await compare(300)];

      expect(all).toEqual({ ...compareScores(rows, 0.9, rescored, 0.8), scoresFromMs: T0 });
      const { windows, bothAlert, onlyChampion, onlyShadow } = all;
      expect(few).toMatchObject({ windows, bothAlert, onlyChampion, onlyShadow });
      expect(few.scoresFromMs).toBe(T0 + 5 * 3_600_000);
      const newest = (row: StoredWindow): boolean => row.startMs >= few.scoresFromMs;
      expect(few.rankCorrelation).toBe(
        compareScores(rows.filter(newest), 0.9, rescored.filter(newest), 0.8).rankCorrelation,
      );
    }),
    { numRuns: 5 },
  );
}, 20_000);
