import { expect, test } from 'vitest';
import { HOSTILE_TEXTS } from './report.testkit.js';
import type { ErrorAnalysis } from './error-analysis.js';
import { renderFeedback } from './render-feedback.js';

const judged = {
  alertId: 'a1',
  source: HOSTILE_TEXTS.join(' '),
  sinceMs: 0,
  untilMs: 60_000,
  verdict: 'false',
  who: '<b>kim</b>',
  text: '<script>alert(1)</script>',
  label: null,
  benign: 'deploy',
} as const;

const pageOf = (feedback: ErrorAnalysis['feedback']): string =>
  renderFeedback({ feedback } as ErrorAnalysis).text;

test('verdicts stand beside the labels, and what people wrote is shown as text', () => {
  const page = pageOf({ cases: [judged], outside: 2 });

  expect(page).toContain('2 more lie outside');
  expect(page).toContain('Verdicts beside labels');
  expect(page).toContain('&lt;script&gt;');
  expect(page).not.toMatch(/<script|<b>/);
});

test('feedback without a judgement says so', () => {
  expect(pageOf({ cases: [], outside: 0 })).toContain('Nobody has judged an alert yet');
  expect(pageOf({ cases: [], outside: 1 })).toContain('1 more lie outside');
});
