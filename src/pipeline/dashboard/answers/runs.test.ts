import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { createAlertLife } from '../../../core/alert-life.js';
import { countRuns } from './runs.js';

const HOP_MS = 30_000;
const scoresOf = (source: string, scores: readonly number[]) => ({
  source,
  startsMs: Float64Array.from(scores.keys(), (at) => at * HOP_MS),
  scores: Float64Array.from(scores),
});

test('two quiet windows end a run, one does not', () => {
  // 9 1 9 1 1 9
  const api = scoresOf('api', [0.9, 0.1, 0.9, 0.1, 0.1, 0.9]);

  expect(countRuns([api, scoresOf('db', [0.1])], [0.5, 0.95], HOP_MS)).toEqual([
    { total: 2, bySource: new Map([['api', 2]]) },
    { total: 0, bySource: new Map() },
  ]);
});

test('a gap in the windows is quiet', () => {
  const api = { source: 'api', startsMs: Float64Array.of(0, 3 * HOP_MS), scores: Float64Array.of(0.9, 0.9) };

  expect(countRuns([api], [0.5], HOP_MS)[0]!.total).toBe(2);
});

test('scores below the laxest threshold may be left out: they change no count', () => {
  const score = fc.integer({ min: 0, max: 100 }).map((n) => n / 100);
  fc.assert(
    fc.property(fc.array(score, { maxLength: 200 }), score, (scores, threshold) => {
      const all = scoresOf('api', scores);
      const kept = [...scores.keys()].filter((at) => scores[at]! >= threshold);
      const some = {
        source: 'api',
        startsMs: Float64Array.from(kept, (at) => at * HOP_MS),
        scores: Float64Array.from(kept, (at) => scores[at]!),
      };
      expect(countRuns([some], [threshold], HOP_MS)).toEqual(countRuns([all], [threshold], HOP_MS));
    }),
  );
});

test('where scores jump between calm and clear, runs are the alerts that a stream opens', () => {
  // an alert that hovers, comes back soon or stays for long is one for longer: such runs are no part of this
  const stretch = fc.tuple(fc.integer({ min: 200, max: 220 }), fc.integer({ min: 1, max: 5 }));
  fc.assert(
    fc.property(fc.array(stretch, { maxLength: 6 }), (stretches) => {
      const scores = stretches.flatMap(([calm, clear]) => [
        ...Array.from({ length: calm }, () => 0.1),
        ...Array.from({ length: clear }, () => 0.95),
      ]);
      const life = createAlertLife({ artifactName: 'demo', windowMs: HOP_MS, hopMs: HOP_MS });
      let opened = 0;
      for (const [at, score] of scores.entries())
        life.onRow(
          {
            source: 'api',
            startMs: at * HOP_MS,
            endMs: (at + 1) * HOP_MS,
            revision: 0,
            records: 1,
            features: new Float64Array(),
            score,
            threshold: 0.9,
            alert: score >= 0.9,
          },
          ({ type }) => (opened += Number(type === 'opened')),
        );
      expect(countRuns([scoresOf('api', scores)], [0.9], HOP_MS)[0]!.total).toBe(opened);
    }),
  );
});
