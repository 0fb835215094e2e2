import { expect, test } from 'vitest';
import type { Labels } from '../labels.js';
import { agreementRows, feedbackRows, viewFeedback } from './feedback-view.js';
import { parseFeedback } from './read-feedback.js';

const line = (changes: object = {}): string =>
  JSON.stringify({
    alertId: 'a1',
    source: 'api',
    sinceMs: 100_000,
    untilMs: 160_000,
    verdict: 'real',
    who: 'kim',
    atMs: 1,
    text: '',
    ...changes,
  });
const labels: Labels = {
  version: 1,
  startMs: 0,
  endMs: 1_000_000,
  labels: [
    {
      id: 'l1',
      kind: 'error-spike',
      category: 'point',
      startMs: 90_000,
      endMs: 120_000,
      onsetMs: 90_000,
      services: ['api'],
      rootService: 'api',
      strength: 1,
    },
  ],
  benign: [{ kind: 'deploy', startMs: 500_000, endMs: 520_000, services: ['web'] }],
};

test('judged alerts stand beside the labels, false ones first', () => {
  const judged = parseFeedback(
    [
      line(),
      line({
        alertId: 'a2',
        source: 'web',
        sinceMs: 530_000,
        untilMs: 560_000,
        verdict: 'false',
        text: 'deploy',
      }),
      line({ alertId: 'a3', source: 'web', verdict: 'not-mine' }),
      line({ alertId: 'a4', sinceMs: 2_000_000, untilMs: 2_030_000 }),
      '',
    ].join('\n'),
    'feedback.ndjson',
  );

  const view = viewFeedback(judged, labels, 30_000);

  expect(view.outside).toBe(1);
  expect(agreementRows(view)).toEqual([
    { judged: 'false', alerts: 1, 'of a label': 0, 'of something harmless': 1, 'of nothing labelled': 0 },
    { judged: 'not-mine', alerts: 1, 'of a label': 0, 'of something harmless': 0, 'of nothing labelled': 1 },
    { judged: 'real', alerts: 1, 'of a label': 1, 'of something harmless': 0, 'of nothing labelled': 0 },
  ]);
  expect(feedbackRows(view)[0]).toMatchObject({
    judged: 'false',
    'harmless cause': 'deploy',
    said: 'deploy',
  });
});

test.each([
  ['no json', '{"alertId":', 'line 2: is no JSON'],
  ['no alert', '7', 'alertId and source must be texts'],
  ['no time', line({ sinceMs: 'now' }), 'sinceMs and untilMs must be milliseconds'],
  [
    'another verdict',
    line({ verdict: 'maybe' }),
    'verdict must be one of real, false, not-mine, got "maybe"',
  ],
])('%s is refused with its line', (_, bad, sentence) => {
  expect(() => parseFeedback(`${line()}\n${bad}`, 'feedback.ndjson')).toThrow(sentence);
});
