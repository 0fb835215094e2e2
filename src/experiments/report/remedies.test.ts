import { expect, test } from 'vitest';
import type { Explanation, TemplateEvidence } from '../../core/alert.js';
import { label } from '../evaluate/evaluate.testkit.js';
import type { ErrorAnalysis } from './error-analysis.js';
import type { FalseAlertCard } from './false-alert-cards.js';
import type { MissedCard } from './missed-cards.js';
import { countRemedies, remedyOfFalseAlert, remedyOfMissed } from './remedies.js';

const FALSE_ALERTS_A_DAY = 10;

function missed(change: Partial<MissedCard>): MissedCard {
  return {
    label: label('a', 0, 60_000),
    peak: { source: 'api', startMs: 0, endMs: 30_000, records: 5, score: 0.4 },
    threshold: 0.5,
    separation: 0.7,
    falseAlertsADayToCatch: 100,
    reasons: [],
    weighed: [],
    moved: [],
    templates: [],
    lines: { lines: [], total: 0 },
    history: [],
    ...change,
  };
}
const moved = (feature: string, z: number) =>
  ({ feature, unit: 'records', value: 9, usualLow: 0, usualHigh: 3, z }) as const;
const weighed = (feature: string) => ({ feature, value: 9, usualLow: 0, usualHigh: 3, amount: 1 });

function falseAlert(events: readonly TemplateEvidence['event'][], change: Partial<FalseAlertCard> = {}) {
  const templates = events.map((event): TemplateEvidence => ({
    event,
    templateId: 'id',
    text: 'pool exhausted',
    service: 'api',
    severity: 'ERROR',
    count: 1,
    usual: 0,
    example: '',
  }));
  const explanation: Explanation = { peakEndMs: 30_000, features: [], templates };
  return { source: 'api', benign: [], explanation, ...change } as unknown as FalseAlertCard;
}

test.each([
  ['input', { peak: null }],
  ['threshold', { falseAlertsADayToCatch: 20 }],
  ['feature', { moved: [moved('log_count', 3)] }],
  ['weight', { moved: [moved('log_count', -4)], weighed: [weighed('error_count')] }],
  ['contrast', { moved: [moved('log_count', 4)], weighed: [weighed('log_count')] }],
] as const)('a missed label asks for %s', (remedy, change) => {
  expect(remedyOfMissed(missed(change), FALSE_ALERTS_A_DAY)).toBe(remedy);
});

test('where nothing alerts falsely yet, no price is twice as high', () => {
  expect(remedyOfMissed(missed({ falseAlertsADayToCatch: 0.5 }), 0)).toBe('feature');
  expect(remedyOfMissed(missed({ falseAlertsADayToCatch: 0 }), 0)).toBe('threshold');
});

test('a false alert asks for the harmless cause first, then for lines that were never seen', () => {
  const deploy = { kind: 'deploy', startMs: 0, endMs: 60_000, services: ['api'] };

  expect(remedyOfFalseAlert(falseAlert(['new'], { benign: [deploy] }))).toBe('benign');
  expect(remedyOfFalseAlert(falseAlert(['spike', 'new']))).toBe('history');
  expect(remedyOfFalseAlert(falseAlert(['spike']))).toBe('variation');
  expect(remedyOfFalseAlert(falseAlert([], { explanation: null }))).toBe('variation');
});

test('every card is counted once, the most frequent remedy first, with where it was needed', () => {
  const surge = { label: label('b', 0, 60_000, { kind: 'surge' }) };
  const analysis = {
    missed: [missed({ peak: null }), missed(surge), missed({}), missed(surge)],
    falseAlerts: [falseAlert(['new'])],
    evaluation: { events: { falseAlertsADay: FALSE_ALERTS_A_DAY } },
  } as unknown as ErrorAnalysis;

  expect(countRemedies(analysis)).toEqual([
    {
      error: 'missed',
      remedy: 'feature',
      count: 3,
      where: [
        ['surge', 2],
        ['error-spike', 1],
      ],
    },
    { error: 'missed', remedy: 'input', count: 1, where: [['error-spike', 1]] },
    { error: 'false alert', remedy: 'history', count: 1, where: [['api', 1]] },
  ]);
});
