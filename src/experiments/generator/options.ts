// What can be asked of the generator, and the defaults: how long a span a number of records covers.

import { ANOMALY_KINDS, isAnomalyKind, type AnomalyKind } from './anomaly-kinds.js';

export interface GeneratorOptions {
  /** Any text; the same options give the same bytes. Default `loghorn`. */
  readonly seed?: string;
  /** First moment, ms since epoch. Default Monday 2026-03-02 18:00 UTC: from there the clean part sees peak and night. */
  readonly startMs?: number;
  /** Exactly so many records, then it ends. With neither this nor `durationMs` it never ends (a live source). */
  readonly records?: number;
  /** Length of the span. With `records`, it sets the rate and the count decides where it ends. */
  readonly durationMs?: number;
  /** Mean over the span; by day more, at night less. Default from the rule of `spanMsFor`, 2 when nothing else is given. */
  readonly recordsPerSecond?: number;
  /** In the part that is not clean. Default 1. 0 injects none but those of `planned`. */
  readonly anomaliesPerHour?: number;
  /** Default all. */
  readonly kinds?: readonly AnomalyKind[];
  /** Share of the span, from its start, that is free of anomalies (not of deploys and bursts). Default 0.4; 0 contaminates the fit. */
  readonly cleanShare?: number;
  /** Instead of `cleanShare`: the moment from which anomalies are injected. Default without an end: the start. */
  readonly anomaliesFromMs?: number;
  /** Anomalies at times of your own, besides the drawn ones. */
  readonly planned?: readonly PlannedAnomaly[];
}

export interface PlannedAnomaly {
  readonly kind: AnomalyKind;
  readonly startMs: number;
  /** Default: drawn as for any anomaly of that kind. */
  readonly durationMs?: number;
  /** 0 to 1. Default 1. */
  readonly strength?: number;
  /** Name of the root service. Default: drawn among those that suit the kind. */
  readonly service?: string;
}

/** The options with every default filled in. */
export interface ResolvedOptions {
  readonly seed: string;
  readonly startMs: number;
  /** Infinity: never ends by count. */
  readonly records: number;
  /** Where the span is planned to end; Infinity: never. */
  readonly plannedEndMs: number;
  /** Whether it ends at `plannedEndMs` or goes on until the count is reached. */
  readonly endsByTime: boolean;
  readonly recordsPerSecond: number;
  readonly anomaliesPerHour: number;
  readonly kinds: readonly AnomalyKind[];
  readonly anomaliesFromMs: number;
  readonly planned: readonly PlannedAnomaly[];
}

export const DEFAULT_START_MS = Date.UTC(2026, 2, 2, 18);

const DAY_MS = 86_400_000;
const DEFAULT_LIVE_RATE = 2;

/**
 * The span that a number of records covers unless told otherwise: a day for each 100,000 up to that size (1.16 a second),
 * beyond it the span grows with the square root, and so does the rate: 1M is 3.2 days, 10M is 10 days at 11.6 a second.
 */
export function spanMsFor(records: number): number {
  const days = records / 100_000;
  return Math.round(DAY_MS * (days > 1 ? Math.sqrt(days) : days));
}

/** @throws RangeError that names the option, what was wanted and what came */
export function resolveOptions(options: GeneratorOptions): ResolvedOptions {
  const { records, durationMs, seed = 'loghorn', startMs = DEFAULT_START_MS, planned = [] } = options;
  expectOption(
    'startMs',
    startMs,
    Number.isSafeInteger(startMs) && startMs >= 0,
    'whole milliseconds since 1970',
  );
  if (records !== undefined)
    expectOption('records', records, Number.isSafeInteger(records) && records > 0, 'a whole number above 0');
  if (durationMs !== undefined)
    expectOption('durationMs', durationMs, durationMs >= 1000, 'at least 1000 ms');
  const rate = options.recordsPerSecond;
  if (rate !== undefined)
    expectOption('recordsPerSecond', rate, rate > 0 && rate <= 100_000, 'above 0, up to 100000');

  let spanMs = durationMs ?? Infinity;
  if (durationMs === undefined && records !== undefined)
    spanMs = rate === undefined ? spanMsFor(records) : Math.ceil((1000 * records) / rate);
  const recordsPerSecond = records !== undefined ? (1000 * records) / spanMs : (rate ?? DEFAULT_LIVE_RATE);

  const { anomaliesPerHour = 1, cleanShare = 0.4, kinds = Object.keys(ANOMALY_KINDS) } = options;
  expectOption(
    'anomaliesPerHour',
    anomaliesPerHour,
    anomaliesPerHour >= 0 && anomaliesPerHour <= 120,
    '0 to 120',
  );
  expectOption('cleanShare', cleanShare, cleanShare >= 0 && cleanShare <= 1, '0 to 1');
  for (const { kind, startMs: atMs, strength = 1 } of planned) {
    expectOption('planned kind', kind, isAnomalyKind(kind), Object.keys(ANOMALY_KINDS).join(', '));
    expectOption('planned startMs', atMs, atMs >= startMs, `not before the start, ${startMs}`);
    expectOption('planned strength', strength, strength >= 0 && strength <= 1, '0 to 1');
  }
  const known = kinds.filter(isAnomalyKind);
  expectOption('kinds', kinds, known.length === kinds.length, Object.keys(ANOMALY_KINDS).join(', '));
  return {
    seed,
    startMs,
    records: records ?? Infinity,
    plannedEndMs: startMs + spanMs,
    endsByTime: records === undefined,
    recordsPerSecond,
    anomaliesPerHour,
    kinds: known,
    anomaliesFromMs:
      options.anomaliesFromMs ?? (spanMs === Infinity ? startMs : Math.round(startMs + cleanShare * spanMs)),
    planned,
  };
}

function expectOption(name: string, value: unknown, isGood: boolean, wanted: string): void {
  if (!isGood) throw new RangeError(`${name}: wanted ${wanted}, got ${String(value)}`);
}
