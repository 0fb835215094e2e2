// How good the scores of one detector are against the labels: by window, by alert, by kind of anomaly, with
// intervals, and beside what chance would have reached on the same windows.

import type { Label, Labels } from '../labels.js';
import { type Baselines, measureBaselines } from './baselines.js';
import { incidents, isFalse } from './events.js';
import { perDay } from './healthy-time.js';
import { type Intervals, measureIntervals } from './intervals.js';
import { judge, type JudgedCounts } from './match-labels.js';
import { measure, type Measures } from './measure.js';
import { ratio } from './metrics.js';
import { notesOn } from './notes.js';
import { type EvaluateOptions, resolveOptions } from './options.js';
import { isAlerting, prepare, type Prepared } from './prepare.js';
import type { ScoredWindow } from './scored-window.js';

/** Plain JSON; never NaN. What cannot be said is null, and `notes` says why. */
export interface Evaluation extends Measures {
  readonly version: 1;
  readonly judged: JudgedCounts;
  /** The threshold of all rows; null when they differ. */
  readonly threshold: number | null;
  readonly incidents: IncidentMeasures;
  readonly byKind: Readonly<Record<string, Measures>>;
  readonly byCategory: Readonly<Record<string, Measures>>;
  /** By strength, in quarters. */
  readonly byStrength: Readonly<Record<string, Measures>>;
  readonly bySource: Readonly<Record<string, SourceMeasures>>;
  readonly labels: readonly LabelOutcome[];
  readonly intervals: Intervals;
  readonly baselines: Baselines;
  readonly options: Required<EvaluateOptions>;
  readonly notes: readonly string[];
}

/** Alerts of all sources that overlap in time, as one. */
export interface IncidentMeasures {
  readonly incidents: number;
  readonly falseIncidents: number;
  readonly precision: number | null;
  readonly falseIncidentsADay: number | null;
}

export interface SourceMeasures {
  readonly windows: number;
  readonly alertingWindows: number;
  readonly falseAlerts: number;
  readonly benignFalseAlerts: number;
  readonly falseAlertsADay: number | null;
}

/** What became of one judged label. */
export interface LabelOutcome {
  readonly id: string;
  readonly kind: string;
  readonly strength: number;
  readonly caught: boolean;
  readonly delayMs: number | null;
  /** Highest score of its windows; null when it has none. */
  readonly score: number | null;
}

export function evaluate(
  rows: Iterable<ScoredWindow>,
  labels: Labels,
  options?: EvaluateOptions,
): Evaluation {
  const resolved = resolveOptions(options);
  const judgement = judge(rows, labels, resolved.graceMs);
  const prepared = prepare(judgement, resolved);
  const { intervals, note } = measureIntervals(prepared, resolved);
  const overall = measure(prepared, () => true);
  return {
    version: 1,
    judged: judgement.counts,
    threshold: onlyThreshold(prepared),
    ...overall,
    incidents: measureIncidents(prepared, resolved),
    byKind: measureBy(prepared, ({ kind }) => kind),
    byCategory: measureBy(prepared, ({ category }) => category),
    byStrength: measureBy(prepared, ({ strength }) => strengthBucket(strength)),
    bySource: measureSources(prepared),
    labels: judgement.judgedLabels.map((index) => outcomeOf(prepared, index)),
    intervals,
    baselines: measureBaselines(judgement, resolved),
    options: resolved,
    notes: [...notesOn(judgement, overall), ...(note === null ? [] : [note])],
  };
}

/** The quarter of [0, 1] that a strength lies in; 1 belongs to the last. */
export function strengthBucket(strength: number): string {
  return ['0–0.25', '0.25–0.5', '0.5–0.75', '0.75–1'][Math.min(3, Math.floor(strength * 4))]!;
}

function measureBy(prepared: Prepared, nameOf: (label: Label) => string): Record<string, Measures> {
  const names = prepared.judgement.labels.map(nameOf);
  const groups = [...new Set(names)].sort();
  return Object.fromEntries(
    groups.map((group) => [group, measure(prepared, (index) => names[index] === group)]),
  );
}

function measureIncidents(prepared: Prepared, options: Required<EvaluateOptions>): IncidentMeasures {
  const found = incidents(prepared.judgement.windows, isAlerting, options);
  const falseIncidents = found.filter(isFalse).length;
  return {
    incidents: found.length,
    falseIncidents,
    precision: ratio(found.length - falseIncidents, found.length),
    falseIncidentsADay: perDay(falseIncidents, prepared.healthy.totalMs),
  };
}

function measureSources({ judgement, events, healthy }: Prepared): Record<string, SourceMeasures> {
  const counts = new Map<
    string,
    { windows: number; alertingWindows: number; falseAlerts: number; benignFalseAlerts: number }
  >();
  for (const { row } of judgement.windows) {
    let count = counts.get(row.source);
    if (count === undefined) {
      counts.set(
        row.source,
        (count = { windows: 0, alertingWindows: 0, falseAlerts: 0, benignFalseAlerts: 0 }),
      );
    }
    count.windows++;
    if (row.alert) count.alertingWindows++;
  }
  for (const event of events.filter(isFalse)) {
    const count = counts.get(event.windows[0]!.row.source)!;
    count.falseAlerts++;
    if (event.benign) count.benignFalseAlerts++;
  }
  return Object.fromEntries(
    [...counts].map(([source, count]) => {
      const healthyMs = healthy.bySourceMs.get(source) ?? 0;
      return [source, { ...count, falseAlertsADay: perDay(count.falseAlerts, healthyMs) }];
    }),
  );
}

function outcomeOf({ judgement, delaysMs, ranks }: Prepared, index: number): LabelOutcome {
  const { id, kind, strength } = judgement.labels[index]!;
  const delayMs = delaysMs.get(index) ?? null;
  return { id, kind, strength, caught: delayMs !== null, delayMs, score: ranks.get(index)?.score ?? null };
}

function onlyThreshold({ judgement }: Prepared): number | null {
  const thresholds = new Set(judgement.windows.map(({ row }) => row.threshold));
  return thresholds.size === 1 ? [...thresholds][0]! : null;
}
