import { expect, test } from 'vitest';
import type { AlertRecord } from '../dashboard/reader.js';
import type { AlertNote, Verdict } from './desk.js';
import { feedbackOf } from './feedback.js';

const artifact = { name: 'shop', version: 'v1' };
const alertOf = (alertId: string, sinceMs: number): Pick<AlertRecord, 'artifact' | 'alert'> => ({
  artifact,
  alert: {
    alertId,
    source: 'api',
    sinceMs,
    untilMs: sinceMs + 30_000,
    startMs: sinceMs,
    endMs: sinceMs + 30_000,
    revision: 0,
    score: 0.9,
    threshold: 0.8,
    peakScore: 0.9,
    isOpen: false,
  },
});
let sequence = 0;
const judged = (alertId: string, verdict: Verdict, text?: string): AlertNote => ({
  sequence: ++sequence,
  alertId,
  action: { type: 'judged', verdict, ...(text === undefined ? {} : { text }) },
  who: 'kim',
  atMs: sequence,
});

test('a verdict that was taken back is no feedback, until somebody judges again', () => {
  const takenBack = (alertId: string): AlertNote => ({
    ...judged(alertId, 'real'),
    action: { type: 'unjudged' },
  });
  const notes = [
    judged('a', 'false'),
    judged('b', 'false'),
    takenBack('a'),
    takenBack('b'),
    judged('b', 'real'),
  ];

  const lines = feedbackOf([alertOf('a', 0), alertOf('b', 30_000)], notes);

  expect(lines.map(({ alertId, verdict }) => [alertId, verdict])).toEqual([['b', 'real']]);
});

test('the last verdict of each alert stands, those that nobody judged are left out', () => {
  const notes = [
    judged('b', 'real'),
    judged('a', 'false'),
    judged('b', 'not-mine', 'of billing'),
    { ...judged('c', 'real'), action: { type: 'commented', text: 'hm' } } as const,
  ];

  const lines = feedbackOf([alertOf('b', 60_000), alertOf('c', 30_000), alertOf('a', 0)], notes);

  expect(lines.map(({ alertId, verdict, text }) => [alertId, verdict, text])).toEqual([
    ['a', 'false', ''],
    ['b', 'not-mine', 'of billing'],
  ]);
  expect(lines[1]).toMatchObject({ artifact, source: 'api', sinceMs: 60_000, untilMs: 90_000, who: 'kim' });
});
