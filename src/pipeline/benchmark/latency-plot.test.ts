import { expect, test } from 'vitest';
import { latencyPlot } from './latency-plot.js';

const times = (p50: number) => ({ count: 9, p50, p95: p50 * 2, p99: p50 * 4, max: p50 * 5 });

/** Centres of the circles behind the legend, left to right as drawn. */
function dots(svg: string): readonly number[] {
  return [...svg.matchAll(/<circle cx="([\d.]+)" cy="([\d.]+)"/g)]
    .filter((match) => Number(match[2]) > 60)
    .map((match) => Number(match[1]));
}

test('a stage is a range from p50 to p99 on an axis of tens', () => {
  const svg = latencyPlot(
    ['1,000/s'],
    [
      { name: 'a', times: [times(1)] },
      { name: 'b', times: [times(10)] },
    ],
  );

  const [a50, a95, a99, b50] = dots(svg);

  expect([a50! < a95!, a95! < a99!, a99! < b50!]).toEqual([true, true, true]);
  // 1 to 2 and 2 to 4 are as far apart
  expect(a99! - a95!).toBeCloseTo(a95! - a50!, 0);
});

test('a stage that one rate lacks is drawn for the others, and what is too quick at the edge', () => {
  const svg = latencyPlot(['1/s', '2/s'], [{ name: 'a <b>', times: [undefined, times(0)] }]);

  expect(dots(svg)).toEqual([230, 230, 230]);
  expect(svg).toContain('a &lt;b&gt;');
  expect(svg).not.toContain('NaN');
});
