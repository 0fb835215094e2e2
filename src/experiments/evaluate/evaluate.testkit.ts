// Scored windows and labels to test with: half-minute windows of a few services, minutes written as minutes.

import * as fc from 'fast-check';
import type { Label, Labels } from '../labels.js';
import type { ScoredWindow } from './scored-window.js';

export const minuteMs = 60_000;
export const windowMs = 30_000;

export function row(
  source: string,
  startMs: number,
  score: number,
  more: Partial<ScoredWindow> = {},
): ScoredWindow {
  return {
    source,
    startMs,
    endMs: startMs + windowMs,
    records: 5,
    score,
    threshold: 0.5,
    alert: score >= 0.5,
    ...more,
  };
}

/** One window after another from 0 on. */
export function rowsOf(source: string, scores: readonly number[]): ScoredWindow[] {
  return scores.map((score, i) => row(source, i * windowMs, score));
}

export function label(id: string, startMs: number, endMs: number, more: Partial<Label> = {}): Label {
  return {
    id,
    kind: 'error-spike',
    category: 'point',
    startMs,
    endMs,
    onsetMs: startMs,
    services: ['api'],
    rootService: 'api',
    strength: 0.5,
    ...more,
  };
}

export function labelsOf(labels: readonly Label[], endMs: number, benign: Labels['benign'] = []): Labels {
  return { version: 1, startMs: 0, endMs, labels, benign };
}

const SOURCES = ['api', 'billing', 'search'];

/** Hours of windows of three services, and labels that lie about anywhere in them. */
export const arbScored: fc.Arbitrary<{ rows: ScoredWindow[]; labels: Labels }> = fc
  .integer({ min: 1, max: 150 })
  .chain((windows) =>
    fc.record({
      // a coarse grid of scores, so that ties happen
      scores: fc.array(fc.integer({ min: 0, max: 20 }), {
        minLength: windows * SOURCES.length,
        maxLength: windows * SOURCES.length,
      }),
      labels: fc.array(
        fc.record({
          startMs: fc.integer({ min: 0, max: windows * windowMs - 1 }),
          lengthMs: fc.integer({ min: 1, max: 20 * minuteMs }),
          services: fc.subarray(SOURCES, { minLength: 1 }),
          kind: fc.constantFrom('error-spike', 'silence', 'surge'),
        }),
        { maxLength: 5 },
      ),
      endMs: fc.constant(windows * windowMs),
    }),
  )
  .map(({ scores, labels, endMs }) => ({
    rows: scores.map((score, i) =>
      row(SOURCES[i % SOURCES.length]!, Math.floor(i / SOURCES.length) * windowMs, score / 20, {
        threshold: 0.8,
        alert: score / 20 >= 0.8,
      }),
    ),
    labels: labelsOf(
      labels.map(({ startMs, lengthMs, services, kind }, i) =>
        label(`label-${i}`, startMs, startMs + lengthMs, { services, kind, rootService: services[0]! }),
      ),
      endMs,
    ),
  }));
