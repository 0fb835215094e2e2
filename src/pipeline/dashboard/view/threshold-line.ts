// The threshold beside the scores of an alert's windows: each model has its own, and a score says nothing against another's.
import type { AlertDetail } from '../api-alerts.js';
import { scoreText } from './number-text.js';

/** Windows that follow one another under one threshold. */
export interface ThresholdStretch {
  readonly fromMs: number;
  readonly toMs: number;
  readonly threshold: number;
}

/** @param history ascending */
export function thresholdStretches(history: AlertDetail['history']): readonly ThresholdStretch[] {
  const stretches: ThresholdStretch[] = [];
  for (const { startMs, endMs, threshold } of history) {
    const last = stretches.at(-1);
    if (last?.threshold === threshold) stretches[stretches.length - 1] = { ...last, toMs: endMs };
    // windows may overlap, and some may be missing: it ends where the next one begins
    else {
      if (last) stretches[stretches.length - 1] = { ...last, toMs: startMs };
      stretches.push({ fromMs: startMs, toMs: endMs, threshold });
    }
  }
  return stretches;
}

/** `the threshold 0.950`, or `the threshold 0.950, from 14:02 on 0.620`. @param at a time in words */
export function thresholdWords(
  stretches: readonly ThresholdStretch[],
  at: (timeMs: number) => string,
): string {
  const [first, ...later] = stretches;
  if (first === undefined) return '';
  const changes = later.map(({ fromMs, threshold }) => `, from ${at(fromMs)} on ${scoreText(threshold)}`);
  return `the threshold ${scoreText(first.threshold)}${changes.join('')}`;
}
