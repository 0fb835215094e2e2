import { expect, test } from 'vitest';
import { type BenchmarkReport, column, meanSd } from './report.js';
import { renderReport } from './render-report.js';

const REPORT: BenchmarkReport = {
  title: 'Two detectors',
  tables: [
    {
      caption: 'By window.',
      columns: [column('detector'), column('ROC'), column('runs', 0)],
      rows: [
        ['combined', { mean: 0.9484, sd: 0.0041 }, 1234],
        ['null', null, 0],
      ],
    },
  ],
  notes: ['Chance is .5.'],
};

test('mean and sample deviation by hand', () => {
  expect(meanSd([1, 3])).toEqual({ mean: 2, sd: Math.SQRT2 });
  expect(meanSd([5])).toEqual({ mean: 5, sd: 0 });
});

test('a repetition without a value leaves no mean, rather than one over the others', () => {
  expect(meanSd([1, null])).toBeNull();
  expect(meanSd([])).toBeNull();
});

test('for a person: words to the left, figures to the right, what is undefined as a dash', () => {
  expect(renderReport(REPORT, 'loghorn benchmark x', 'text').split('\n')).toEqual([
    'Two detectors',
    '',
    'loghorn benchmark x',
    '',
    'By window.',
    '',
    'detector          ROC   runs',
    'combined  .948 (.004)  1,234',
    'null                –      0',
    '',
    '- Chance is .5.',
    '',
  ]);
});

test('for a document: a Markdown table', () => {
  expect(renderReport(REPORT, 'loghorn benchmark x', 'markdown')).toContain(
    [
      '| detector |         ROC |  runs |',
      '| -------- | ----------: | ----: |',
      '| combined | .948 (.004) | 1,234 |',
      '| null     |           – |     0 |',
    ].join('\n'),
  );
});

test('for a machine: rows as objects, with every digit', () => {
  expect(JSON.parse(renderReport(REPORT, 'loghorn benchmark x', 'json'))).toEqual({
    title: 'Two detectors',
    command: 'loghorn benchmark x',
    tables: [
      {
        caption: 'By window.',
        rows: [
          { detector: 'combined', ROC: { mean: 0.9484, sd: 0.0041 }, runs: 1234 },
          { detector: 'null', ROC: null, runs: 0 },
        ],
      },
    ],
    notes: ['Chance is .5.'],
  });
});
