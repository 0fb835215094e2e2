import { expect, test } from 'vitest';
import { requestSilence, type SilenceForm } from './silence-form.js';
import { silencePhase } from './silence-phase.js';

const NOW_MS = 1_763_800_000_000;
const FORM: SilenceForm = {
  source: 'search',
  kind: '',
  templateId: '',
  incident: [],
  duration: '2h',
  cause: 'silence',
  reason: ' reindexing ',
};

test('what was filled in goes to the server, and what was left open matches anything', () => {
  expect(requestSilence(FORM, 'Ada', NOW_MS)).toEqual({
    ok: true,
    request: {
      matches: [{ source: 'search' }],
      fromMs: NOW_MS,
      untilMs: NOW_MS + 7_200_000,
      cause: 'silence',
      reason: 'reindexing',
      who: 'Ada',
    },
  });
});

test('an incident is silenced as a whole, whatever else stands in the form', () => {
  const incident = [
    { source: 'payments', kind: 'errors' },
    { source: 'checkout', kind: 'volume' },
  ];

  expect(requestSilence({ ...FORM, incident }, 'Ada', NOW_MS)).toMatchObject({
    request: { matches: incident },
  });
});

test.each([
  ['everything', { source: '' }, /Say what to silence/],
  ['for no reason', { reason: '  ' }, /Give a reason/],
  ['for no duration', { duration: 'soon' }, /'soon' is no duration/],
  ['for ever', { duration: '400d' }, /between a minute and 90 days/],
])('nothing is silenced %s', (_, change, sentence) => {
  const answer = requestSilence({ ...FORM, ...change }, 'Ada', NOW_MS);

  expect(answer).toMatchObject({ ok: false, sentence: expect.stringMatching(sentence) });
});

test('a silence is planned, holds, and is over or lifted', () => {
  const silence = { fromMs: 100, untilMs: 200 };
  const lifted = { ...silence, lifted: { who: 'Ada', atMs: 150 } };

  expect([50, 100, 199, 200].map((nowMs) => silencePhase(silence, nowMs))).toEqual([
    'planned',
    'active',
    'active',
    'over',
  ]);
  expect(silencePhase(lifted, 160)).toBe('lifted');
});
