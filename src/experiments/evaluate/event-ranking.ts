// How well scores rank whole incidents, with no threshold: each label against healthy stretches of its own
// services and its own length. Comparing like with like keeps chance at one half: the highest of many windows is
// high by itself, so a long label of many services would beat single healthy windows with random scores.

import type { Label } from '../labels.js';
import type { JudgedWindow, Judgement } from './match-labels.js';
import { ratio } from './metrics.js';
import { ALL_SOURCES } from './scored-window.js';

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
  for (const window of judgement.windows) {
    const known = bySource.get(window.row.source);
    if (known === undefined) bySource.set(window.row.source, [window]);
    else known.push(window);
  }
  const ranks = new Map<number, LabelRank>();
  for (const index of judgement.judgedLabels) {
    const label = judgement.labels[index]!;
    const sources = [...new Set([...label.services, ALL_SOURCES])];
    const perSource = sources.flatMap((source) => bySource.get(source) ?? []);
    ranks.set(index, rankLabel(index, label, perSource, graceMs));
  }
  return ranks;
}

/**
 * A stretch cut short where the data begins or ends had fewer chances of a high score and is not compared; it may
 * lack a tenth of the label's windows, since its phase against the windows may differ.
 */
const LEAST_SHARE = 0.9;

/** One shift of the label's own shape along the time of one file. */
interface Stretch {
  highest: number;
  windows: number;
  isHealthy: boolean;
}

function rankLabel(
  index: number,
  label: Label,
  windows: readonly JudgedWindow[],
  graceMs: number,
): LabelRank {
  const own = windows.filter(({ coveredBy }) => coveredBy.includes(index));
  const score = own.length > 0 ? highestScore(own) : null;
  if (windows.length === 0) return { score, separation: null };

  let healthy = 0;
  let below = 0;
  for (const stretch of stretchesLike(label, windows, graceMs)) {
    if (!stretch.isHealthy || stretch.windows < LEAST_SHARE * own.length) continue;
    healthy++;
    // no window where there should have been one is no sign of trouble: it ranks lowest
    if (stretch.highest < (score ?? 0)) below += 1;
    else if (stretch.highest === (score ?? 0)) below += 0.5;
  }
  return { score, separation: ratio(below, healthy) };
}

function highestScore(windows: readonly JudgedWindow[]): number {
  return windows.reduce((highest, { row }) => Math.max(highest, row.score), 0);
}

/** The label's span with its grace, moved along the time of each file by whole steps. */
function stretchesLike(label: Label, windows: readonly JudgedWindow[], graceMs: number): Iterable<Stretch> {
  const lengthMs = label.endMs + graceMs - label.startMs;
  const longestMs = windows.reduce((longest, { row }) => Math.max(longest, row.endMs - row.startMs), 0);
  // no shorter than a window, or one window would be counted as many stretches
  const stepMs = Math.max(lengthMs, longestMs);
  const stretches = new Map<string, Stretch>();
  for (const { row, coveredBy } of windows) {
    // a window belongs to every stretch it overlaps, exactly as it does to a label
    const first = Math.floor((row.startMs - label.startMs - lengthMs) / stepMs) + 1;
    const last = Math.ceil((row.endMs - label.startMs) / stepMs) - 1;
    for (let step = first; step <= last; step++) {
      const key = `${step} ${row.file ?? ''}`;
      let stretch = stretches.get(key);
      if (stretch === undefined) stretches.set(key, (stretch = { highest: 0, windows: 0, isHealthy: true }));
      stretch.highest = Math.max(stretch.highest, row.score);
      stretch.windows++;
      if (coveredBy.length > 0) stretch.isHealthy = false;
    }
  }
  return stretches.values();
}
