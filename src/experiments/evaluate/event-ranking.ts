// How well scores rank whole incidents, with no threshold: each label against healthy stretches of its own
// services and its own length. Comparing like with like keeps chance at one half: the highest of many windows is
// high by itself, so a long label of many services would beat single healthy windows with random scores.

import type { JudgedWindow, Judgement } from './match-labels.js';
import { ratio } from './metrics.js';
import { ALL_SOURCES } from '../../core/window/window-spec.js';

export interface LabelRank {
  /** Highest score of the windows that belong to the label, with grace; null when there is no such window. */
  readonly score: number | null;
  /**
   * Share of the healthy stretches whose highest score is below the label's, ties counting half; null when there
   * is no healthy stretch to compare with, or its services were never scored.
   */
  readonly separation: number | null;
}

/** By label index, judged labels only. The mean of the separations is the ROC-AUC by event. */
export function rankLabels(judgement: Judgement, graceMs: number): Map<number, LabelRank> {
  const bySource = new Map<string, JudgedWindow[]>();
  let longestMs = 0;
  for (const window of judgement.windows) {
    longestMs = Math.max(longestMs, window.row.endMs - window.row.startMs);
    const known = bySource.get(window.row.source);
    if (known === undefined) bySource.set(window.row.source, [window]);
    else known.push(window);
  }
  const ranks = new Map<number, LabelRank>();
  for (const index of judgement.judgedLabels) {
    const label = judgement.labels[index]!;
    const sources = new Set([...label.services, ALL_SOURCES]);
    const series = [...sources].flatMap((source) => [bySource.get(source) ?? []]);
    const lengthMs = label.endMs + graceMs - label.startMs;
    // a step is no shorter than a window, or one window would be counted as many stretches
    const shape = { startMs: label.startMs, lengthMs, stepMs: Math.max(lengthMs, longestMs) };
    ranks.set(index, rankLabel(index, shape, series));
  }
  return ranks;
}

/**
 * A stretch cut short where the data begins or ends had fewer chances of a high score and is not compared; it may
 * lack a tenth of the label's windows, since its phase against the windows may differ.
 */
const LEAST_SHARE = 0.9;

/** The label's span with its grace, and how far it is moved each time. */
interface Shape {
  readonly startMs: number;
  readonly lengthMs: number;
  readonly stepMs: number;
}

/** The shape moved by some number of steps along the time of one file. */
interface Stretch {
  highest: number;
  windows: number;
  isHealthy: boolean;
}

type Series = readonly (readonly JudgedWindow[])[];

function rankLabel(index: number, shape: Shape, series: Series): LabelRank {
  let score: number | null = null;
  let own = 0;
  for (const windows of series) {
    for (const { row, coveredBy } of windows) {
      if (coveredBy.length === 0 || !coveredBy.includes(index)) continue;
      own++;
      score = Math.max(score ?? 0, row.score);
    }
  }
  let healthy = 0;
  let below = 0;
  for (const stretch of stretchesLike(shape, series)) {
    if (!stretch.isHealthy || stretch.windows < LEAST_SHARE * own) continue;
    healthy++;
    // no window where there should have been one is no sign of trouble: it ranks lowest
    if (stretch.highest < (score ?? 0)) below += 1;
    else if (stretch.highest === (score ?? 0)) below += 0.5;
  }
  return { score, separation: ratio(below, healthy) };
}

function stretchesLike({ startMs, lengthMs, stepMs }: Shape, series: Series): Stretch[] {
  const byFile = new Map<string | undefined, Map<number, Stretch>>();
  for (const windows of series) {
    for (const { row, coveredBy } of windows) {
      let ofFile = byFile.get(row.file);
      if (ofFile === undefined) byFile.set(row.file, (ofFile = new Map<number, Stretch>()));
      // a window belongs to every stretch it overlaps, exactly as it does to a label
      const last = Math.ceil((row.endMs - startMs) / stepMs) - 1;
      for (let step = Math.floor((row.startMs - startMs - lengthMs) / stepMs) + 1; step <= last; step++) {
        let stretch = ofFile.get(step);
        if (stretch === undefined) ofFile.set(step, (stretch = { highest: 0, windows: 0, isHealthy: true }));
        if (row.score > stretch.highest) stretch.highest = row.score;
        stretch.windows++;
        if (coveredBy.length > 0) stretch.isHealthy = false;
      }
    }
  }
  return [...byFile.values()].flatMap((ofFile) => [...ofFile.values()]);
}
