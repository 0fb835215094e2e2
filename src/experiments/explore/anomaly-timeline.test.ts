import { expect, test } from 'vitest';
import { anomalyTimelineFigure } from './anomaly-timeline.js';
import { fakeLabel, WINDOW_MS } from './fake-table.testkit.js';

test('anomalies and harmless stretches lie where they were, short ones long enough to be seen', () => {
  const day = 86_400_000;
  const figure = anomalyTimelineFigure({
    version: 1,
    startMs: 0,
    endMs: day,
    labels: [fakeLabel('silence', 'api', 10, 100), fakeLabel('error-spike', 'api', 200, 201)],
    benign: [{ kind: 'deploy', startMs: 0, endMs: day / 2, services: ['api'] }],
  });

  expect(figure.data).toMatchObject([
    { y: ['deploy'], base: [0], x: [day / 2] },
    {
      y: ['silence', 'error-spike'],
      base: [10 * WINDOW_MS, 200 * WINDOW_MS],
      x: [90 * WINDOW_MS, 12 * 60_000],
    },
  ]);
  expect(figure.layout).toMatchObject({
    yaxis: { categoryarray: ['deploy', 'silence', 'error-spike'] },
  });
});
