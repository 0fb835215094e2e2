import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ThresholdPreview } from '../api-reports.js';
import {
  nearestStep,
  previewWords,
  sliderSteps,
  thresholdForBudget,
  thresholdWords,
} from './model-preview.js';

const CURVE = [
  { threshold: 0.999, alerts: 0 },
  { threshold: 0.99, alerts: 4 },
  { threshold: 0.95, alerts: 30 },
  { threshold: 0.9, alerts: 200 },
];
const TWO_DAYS_MS = 2 * 86_400_000;

const PREVIEW: ThresholdPreview = {
  threshold: 0.99,
  alerts: 4,
  coveredMs: TWO_DAYS_MS,
  alertsPerDay: 2,
  alertsNow: 9,
  curve: CURVE,
  bySource: [],
  realLost: 0,
  falseSpared: 0,
  note: '',
};

describe('the steps of the threshold slider', () => {
  test('go from lax to strict through each threshold once, and hold the model’s own', () => {
    expect(sliderSteps(CURVE, 0.97)).toEqual([0.9, 0.95, 0.97, 0.99, 0.999]);
    expect(sliderSteps(CURVE, 0.99)).toEqual([0.9, 0.95, 0.99, 0.999]);
  });

  test('each is found again from its threshold', () => {
    const arbCurve = fc.uniqueArray(fc.double({ min: 0, max: 1, noNaN: true }), {
      minLength: 1,
      maxLength: 60,
    });
    fc.assert(
      fc.property(arbCurve, (thresholds) => {
        const steps = sliderSteps(
          thresholds.map((threshold) => ({ threshold, alerts: 1 })),
          0.5,
        );
        steps.forEach((step, index) => expect(nearestStep(steps, step)).toBe(index));
      }),
    );
  });

  test('can be told apart by their words', () => {
    const steps = [0.98, 0.999991, 0.999992, 1];

    expect(steps.map((step) => thresholdWords(step, steps))).toEqual([
      '0.980',
      '0.9999910',
      '0.9999920',
      '1.0000000',
    ]);
  });
});

describe('a threshold for a budget', () => {
  test('is the laxest that keeps to it', () => {
    expect(thresholdForBudget(CURVE, 2, TWO_DAYS_MS)).toBe(0.99);
    expect(thresholdForBudget(CURVE, 1.9, TWO_DAYS_MS)).toBe(0.999);
    expect(thresholdForBudget(CURVE, 1000, TWO_DAYS_MS)).toBe(0.9);
  });

  test('is not there where even the strictest gives more', () => {
    expect(thresholdForBudget(CURVE.slice(1), 1, TWO_DAYS_MS)).toBeUndefined();
  });
});

describe('a preview in words', () => {
  test('says how many alerts instead of how many', () => {
    expect(previewWords(PREVIEW)).toBe('4 alerts instead of 9, 2 a day over 2 d');
    expect(previewWords({ ...PREVIEW, alertsNow: 4 })).toBe('4 alerts, as many as now, 2 a day over 2 d');
  });

  test('says what people’s verdicts would have lost and spared', () => {
    expect(previewWords({ ...PREVIEW, realLost: 1, falseSpared: 3, alertsPerDay: 0.44 })).toBe(
      '4 alerts instead of 9, 0.4 a day over 2 d; it would have spared 3 judged false and lost 1 judged real',
    );
  });
});

test('of less than an hour no rate by the day is told', () => {
  const words = previewWords({
    ...PREVIEW,
    alerts: 3,
    alertsNow: 3,
    coveredMs: 12 * 60_000,
    alertsPerDay: 360,
  });

  expect(words).toBe('3 alerts, as many as now, in 12 min');
});
