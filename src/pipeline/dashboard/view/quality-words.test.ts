import { describe, expect, test } from 'vitest';
import type { QualityFigures } from '../api-reports.js';
import {
  type Anomaly,
  detectTileWords,
  detectWords,
  intervalWords,
  isWide,
  precisionWords,
  recallWords,
  worstFirst,
} from './quality-words.js';

const FIGURES = {
  injected: 12,
  caught: 10,
  missed: 1,
  undecided: 1,
  alerts: 14,
  falseAlerts: 2,
  allowed: null,
  precision: { value: 0.83, low: 0.55, high: 0.95 },
} as unknown as QualityFigures;

describe('live quality in words', () => {
  test('recall counts only anomalies that are decided', () => {
    expect(recallWords(FIGURES)).toBe('10 of 11 injected anomalies caught; 1 cannot be decided yet');
    expect(recallWords({ ...FIGURES, injected: 0, caught: 0, undecided: 0 })).toBe(
      'nothing was injected in this range',
    );
  });

  test('precision is not said where nothing was told', () => {
    expect(precisionWords(FIGURES)).toBe(
      '14 alerts: 2 about nothing, 12 about the 10 anomalies that were caught',
    );
    expect(precisionWords({ ...FIGURES, alerts: 1, caught: 1, falseAlerts: 0 })).toBe(
      '1 alert: none about nothing, 1 about the anomaly that was caught',
    );
    expect(precisionWords({ ...FIGURES, alerts: 2, allowed: { perDay: 0.2, overMs: 6 * 3_600_000 } })).toBe(
      '2 alerts: 2 about nothing; 0.2 false ones a day and service allowed, 2 seen in 6 h',
    );
    expect(precisionWords({ ...FIGURES, caught: 0, precision: null })).toBe(
      'no alert was told in this range',
    );
    expect(precisionWords({ ...FIGURES, precision: null })).toBe('not measured');
  });

  test('an interval is said with its figure, and a wide one is known for one', () => {
    expect(intervalWords({ value: 0.83, low: 0.552, high: 0.953 })).toBe('55 % to 95 %');
    expect(isWide({ value: 0.83, low: 0.55, high: 0.95 })).toBe(false);
    expect(isWide({ value: 0.5, low: 0.1, high: 0.9 })).toBe(true);
  });

  test('what was alerting before has no time to detect, and the figures say how many', () => {
    const told = { wasAlerting: false, timeToDetectMs: 25_000 } as Anomaly;
    const before = { wasAlerting: true, timeToDetectMs: null } as Anomaly;
    const missed = { wasAlerting: false, timeToDetectMs: null } as Anomaly;
    expect([told, before, missed].map(detectWords)).toEqual(['25 s', 'already alerting', '—']);

    const figures = { ...FIGURES, timeToDetectMs: { p50: 25_000, p95: 58_000 }, anomalies: [told] };
    expect(detectTileWords(figures)).toBe('half of them within this, 95 % within 58 s');
    expect(detectTileWords({ ...figures, anomalies: [told, before] })).toBe(
      'half of them within this, 95 % within 58 s; 1 came while an alert was up already',
    );
    expect(detectTileWords({ ...figures, timeToDetectMs: null, anomalies: [before] })).toBe(
      'not measured; 1 came while an alert was up already',
    );
    expect(detectTileWords({ ...figures, timeToDetectMs: null, anomalies: [missed] })).toBe(
      'nothing was caught in this range',
    );
  });

  test('missed anomalies come first, then the undecided, then the slowest', () => {
    const anomalies = [
      { id: 'fast', outcome: 'caught', timeToDetectMs: 20_000, startMs: 5 },
      { id: 'slow', outcome: 'caught', timeToDetectMs: 90_000, startMs: 1 },
      { id: 'open', outcome: 'undecided', timeToDetectMs: null, startMs: 9 },
      { id: 'missed-early', outcome: 'missed', timeToDetectMs: null, startMs: 2 },
      { id: 'missed-late', outcome: 'missed', timeToDetectMs: null, startMs: 8 },
    ] as Anomaly[];

    expect(worstFirst(anomalies).map(({ id }) => id)).toEqual([
      'missed-late',
      'missed-early',
      'open',
      'slow',
      'fast',
    ]);
  });
});
