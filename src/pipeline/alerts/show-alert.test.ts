import { expect, test } from 'vitest';
import type { AlertNotice } from '../ports.js';
import { createPaint, showAlert } from './show-alert.js';

const sinceMs = Date.UTC(2026, 2, 2, 18);
const notice: AlertNotice = {
  isLive: true,
  event: {
    type: 'opened',
    alertId: 'a',
    eventId: 'a-0-0',
    source: 'payment\u001b[31m',
    sinceMs,
    untilMs: sinceMs + 30_000,
    startMs: sinceMs,
    endMs: sinceMs + 30_000,
    revision: 0,
    score: 0.99871,
    threshold: 0.653,
    peakScore: 0.99871,
    explanation: {
      peakEndMs: sinceMs + 30_000,
      // the second one is as usual: no reason to tell
      features: [
        { feature: 'new_template_count', value: 12, usualLow: 0, usualHigh: 0.25, amount: 6 },
        { feature: 'volume_excess', value: 0.4, usualLow: 0, usualHigh: 1.5, amount: 0.1 },
      ],
      templates: [
        {
          event: 'new',
          templateId: 't',
          text: 'card <*> declined',
          service: 'payment',
          severity: 'ERROR',
          count: 12,
          usual: 0,
          example: 'card 12 declined\nat Pay.java:3',
        },
      ],
    },
  },
  stagesMs: {
    endToEligible: 5012,
    eligibleToScored: 0.42,
    scoredToCommit: 2.6,
    commitToStored: 0.5,
    storedToEmitted: 0.2,
    eventToAlert: 35_016,
  },
};
const plain = createPaint(false);

test('a live alert says what, since when, why, and how long each stage took', () => {
  expect(showAlert(notice, plain)).toBe(
    [
      '● ALERT payment\\x1b[31m  critical: new ERROR line, 12 in a window: card <*> declined',
      '          score 0.9987 (alerts from 0.65), since 2026-03-02 18:00:00Z',
      '          Kinds of lines that were never seen: 12, usually 0 to 0.25',
      '          new line ERROR card <*> declined (12 in a window)',
      '             e.g. card 12 declined\\nat Pay.java:3',
      '          took   window closed +5.0 s · scored +0.4 ms · committed +2.6 ms · stored +0.5 ms · told +0.2 ms · 35.0 s since the window began',
    ].join('\n'),
  );
});

test('of a fall it is told how long ago it began, some windows before the one that told of it', () => {
  const explanation = {
    peakEndMs: sinceMs + 30_000,
    features: [{ feature: 'fall', value: 18, usualLow: 0, usualHigh: 1, amount: 12 }],
    fall: { records: 7, usual: 300, spanMs: 90_000 },
    templates: [],
  };

  expect(showAlert({ ...notice, event: { ...notice.event, explanation } }, plain)).toContain(
    ' · 95.0 s since it fell',
  );
});

test('where there is a page the address of the alert on it is the last line', () => {
  expect(showAlert(notice, plain, {}, 'http://127.0.0.1:4173/?view=alert&id=a').split('\n').at(-1)).toBe(
    '          page   http://127.0.0.1:4173/?view=alert&id=a',
  );
});

test('an alert of history is one line with its strongest reason', () => {
  expect(showAlert({ ...notice, isLive: false }, plain)).toBe(
    '● ALERT payment\\x1b[31m  critical: new ERROR line, 12 in a window: card <*> declined · score 0.9987 (alerts from 0.65), since 2026-03-02 18:00:00Z',
  );
});

test('an alert that opens again says so', () => {
  const event = { ...notice.event, reason: 'reopened' } as const;

  expect(showAlert({ ...notice, event }, plain)).toMatch(/^● AGAIN payment/);
});

test('an update for other reasons says what they are and since when they are so', () => {
  const event = {
    ...notice.event,
    type: 'updated',
    reason: 'changed',
    episodeMs: sinceMs + 660_000,
  } as const;

  expect(showAlert({ ...notice, event }, plain)).toBe(
    '▲ other payment\\x1b[31m  critical: new ERROR line, 12 in a window: card <*> declined · score 0.9987 (alerts from 0.65), since 2026-03-02 18:11:00Z',
  );
});

test('an alert that is taken as the new level says that it is still so', () => {
  const event = {
    ...notice.event,
    type: 'resolved',
    reason: 'absorbed',
    untilMs: sinceMs + 3_900_000,
  } as const;

  expect(showAlert({ ...notice, event }, plain)).toBe(
    '≈ level payment\\x1b[31m  still so after 65.0 min: taken as the new level, peak score 0.9987, since 2026-03-02 18:00:00Z',
  );
});

test('a resolved one says how long it was up', () => {
  const event = { ...notice.event, type: 'resolved', reason: 'quiet', untilMs: sinceMs + 270_000 } as const;

  expect(showAlert({ ...notice, event }, plain)).toBe(
    '✓ calm  payment\\x1b[31m  over after 4.5 min, peak score 0.9987, since 2026-03-02 18:00:00Z',
  );
});

test('an alert that somebody silenced is one quiet line that says who, until when and why', () => {
  const silence = {
    id: 7,
    sequence: 9,
    match: { source: 'payment' },
    fromMs: sinceMs,
    untilMs: sinceMs + 3_600_000,
    cause: 'silence',
    reason: 'deploy of 2.3\u001b[2J',
    who: 'anna',
    atMs: sinceMs,
  } as const;

  expect(showAlert(notice, plain, { silence, acknowledgedBy: 'bert' })).toBe(
    '⊘ ● ALERT payment\\x1b[31m  critical: new ERROR line, 12 in a window: card <*> declined · score 0.9987 (alerts from 0.65), since 2026-03-02 18:00:00Z (silenced by anna until 2026-03-02 19:00:00Z: deploy of 2.3\\x1b[2J)',
  );
  expect(showAlert(notice, createPaint(true), { silence })).not.toContain('\u001b[31m');
});

test('of one that somebody has in hand all is told, and who', () => {
  const lines = showAlert(notice, plain, { acknowledgedBy: 'anna' }).split('\n');

  expect(lines[0]).toMatch(/declined \(anna has it in hand\)$/);
  expect(lines.slice(1)).toEqual(showAlert(notice, plain).split('\n').slice(1));
});

test('colours are for terminals only', () => {
  expect(showAlert(notice, createPaint(true))).toContain('\u001b[31m● ALERT\u001b[0m');
  expect(showAlert(notice, plain)).not.toContain('\u001b');
});
