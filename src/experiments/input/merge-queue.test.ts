import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { createMergeQueue } from './merge-queue.js';

test('items come out by time, then by rank, however pushes and pops alternate', () => {
  const arbStep = fc.oneof(
    fc.constant('pop' as const),
    fc.oneof(fc.integer({ min: 0, max: 20 }), fc.constant(-Infinity), fc.constant(Infinity)),
  );
  fc.assert(
    fc.property(fc.array(arbStep, { maxLength: 80 }), (steps) => {
      const queue = createMergeQueue<number>();
      const held: { timeMs: number; rank: number }[] = [];

      steps.forEach((step, rank) => {
        if (step !== 'pop') {
          queue.push(rank, step, rank);
          held.push({ timeMs: step, rank });
          return;
        }
        held.sort((a, b) => (a.timeMs === b.timeMs ? a.rank - b.rank : a.timeMs - b.timeMs));
        expect(queue.timeMs()).toBe(held[0]?.timeMs ?? Infinity);
        expect(queue.pop()).toBe(held.shift()?.rank);
        expect(queue.size()).toBe(held.length);
      });
    }),
  );
});
