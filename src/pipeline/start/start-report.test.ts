import { expect, test } from 'vitest';
import { createPaint } from '../alerts/show-alert.js';
import { createCounter } from '../consume/counts.js';
import { describeEnd, startSummary } from './start-report.js';

const counter = createCounter();
for (const type of ['opened', 'opened', 'resolved'] as const) counter.onAlert({ source: 'api', type });
counter.onWindow('api', false);
const summary = {
  streamId: 'file:app.log',
  counts: counter.counts(0),
  speakers: [{ name: 'app', version: '1', fromMs: null }],
  latencyMs: {},
  backfillMs: {},
  isOver: false,
  unsentAlerts: 0,
};
const prepared = { modelFolder: 'data/models/app/1', storePath: 'data/app/results.db', isNew: false };
const judgement = { injected: 1, caught: 1, missed: 0, undecided: 0, falseAlerts: 1 };

test('the end says what came of it in the words of every other command, and how to look again', () => {
  expect(describeEnd(summary, undefined, prepared, createPaint(false)).split('\n')).toEqual([
    '',
    '0 records, 1 window, 2 alerts, 1 of them still firing; 0 lines read: 0 scored, 0 late, 0 set aside',
    '  page       loghorn dashboard --store sqlite:data/app/results.db',
    '  artifact   loghorn inspect data/models/app/1',
    '  canary     --canary (does detection itself work? a known anomaly every hour)',
  ]);
});

test('where the truth is known it is judged, and whoever sees the demo is told of logs of their own', () => {
  const lines = describeEnd(summary, judgement, prepared, createPaint(false)).split('\n');

  expect(lines).toContain('1 anomaly injected: 1 caught, 0 missed; 1 false alert');
  expect(lines.at(-1)).toMatch(/your logs {2}npm start -- --file/);
});

test('the summary counts what the sentence counts', () => {
  expect(startSummary(summary, undefined, prepared)).toMatchObject({ windows: 1, alerts: 2, firing: 1 });
});

test('after a promotion it is said who spoke from when on, and the summary names them', () => {
  const speakers = [...summary.speakers, { name: 'app', version: '2', fromMs: 43_410_000 }];

  const lines = describeEnd({ ...summary, speakers }, undefined, prepared, createPaint(false)).split('\n');

  expect(lines[2]).toBe('app@1 spoke, from 12:03:30Z on app@2');
  expect(startSummary({ ...summary, speakers }, undefined, prepared)['models']).toEqual(speakers);
});
