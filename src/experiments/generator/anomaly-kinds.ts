// What can go wrong, kind by kind: the table that says what each changes, how long it lasts and where it may begin.
// How each of them acts on the simulation is in effects-of-errors.ts and effects-of-volume.ts.

/**
 * | kind | what changes | category | what strength scales |
 * |---|---|---|---|
 * | `error-spike` | a service fails and writes known ERROR lines | point | share of failing visits, rate of ERROR lines |
 * | `cascade` | a backend slows and errs; its callers fail later, hop by hop | collective | share of failing visits, slowness |
 * | `new-exception` | a stack trace nobody has seen | point | how often it is thrown |
 * | `rare-template-spike` | a line of every hour or so comes many times a minute | collective | how often |
 * | `template-disappears` | a usual line is no longer written | collective | how usual the line is |
 * | `silence` | a service writes nothing at all | collective | how long |
 * | `error-drift` | the share of failing visits creeps up | collective | where it ends |
 * | `latency` | only the durations inside messages grow | collective | by which factor (1.4 to 9) |
 * | `traffic-surge` | more requests of the usual kinds, no errors | collective | how many more (0.5 to 5 times) |
 * | `off-hours-load` | a load that is normal by day, before dawn | contextual | how near it comes to the midday load |
 * | `misplaced-job` | a nightly job runs around noon | contextual | how much of the job runs |
 */
export const ANOMALY_KINDS = {
  'error-spike': { category: 'point', shortestMs: 40_000, longestMs: 6 * 60_000 },
  cascade: { category: 'collective', shortestMs: 3 * 60_000, longestMs: 20 * 60_000 },
  'new-exception': { category: 'point', shortestMs: 30_000, longestMs: 8 * 60_000 },
  'rare-template-spike': { category: 'collective', shortestMs: 60_000, longestMs: 10 * 60_000 },
  'template-disappears': { category: 'collective', shortestMs: 10 * 60_000, longestMs: 60 * 60_000 },
  silence: { category: 'collective', shortestMs: 60_000, longestMs: 20 * 60_000 },
  'error-drift': { category: 'collective', shortestMs: 20 * 60_000, longestMs: 60 * 60_000 },
  latency: { category: 'collective', shortestMs: 4 * 60_000, longestMs: 30 * 60_000 },
  'traffic-surge': { category: 'collective', shortestMs: 3 * 60_000, longestMs: 25 * 60_000 },
  'off-hours-load': {
    category: 'contextual',
    shortestMs: 10 * 60_000,
    longestMs: 40 * 60_000,
    hours: [1.5, 5.8],
  },
  'misplaced-job': { category: 'contextual', shortestMs: 3 * 60_000, longestMs: 8 * 60_000, hours: [9, 17] },
} as const satisfies Readonly<Record<string, AnomalyKindInfo>>;

export type AnomalyKind = keyof typeof ANOMALY_KINDS;

export interface AnomalyKindInfo {
  readonly category: 'point' | 'contextual' | 'collective';
  readonly shortestMs: number;
  readonly longestMs: number;
  /** Hours of the day, UTC, between which it is out of place. Default: any. */
  readonly hours?: readonly [from: number, to: number];
}

/** The table's row, with optional fields readable. */
export function kindInfo(kind: AnomalyKind): AnomalyKindInfo {
  return ANOMALY_KINDS[kind];
}

export function isAnomalyKind(name: string): name is AnomalyKind {
  return Object.hasOwn(ANOMALY_KINDS, name);
}
