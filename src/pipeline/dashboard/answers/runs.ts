// Windows above a threshold as alerts: one for each run, two quiet windows end it.

/** By start. */
export interface SourceScores {
  readonly source: string;
  readonly startsMs: Float64Array;
  readonly scores: Float64Array;
}

export interface RunCounts {
  readonly total: number;
  /** Those with at least one. */
  readonly bySource: ReadonlyMap<string, number>;
}

/** As `createAlertLife` has it by default. */
const QUIET_WINDOWS = 2;

/** @param hopMs distance of window starts @returns in the order of the thresholds */
export function countRuns(
  sources: readonly SourceScores[],
  thresholds: readonly number[],
  hopMs: number,
): readonly RunCounts[] {
  return thresholds.map((threshold) => {
    const bySource = new Map<string, number>();
    let total = 0;
    for (const { source, startsMs, scores } of sources) {
      let runs = 0;
      let lastMs = -Infinity;
      for (let at = 0; at < scores.length; at++) {
        if (scores[at]! < threshold) continue;
        if (startsMs[at]! - lastMs > QUIET_WINDOWS * hopMs) runs++;
        lastMs = startsMs[at]!;
      }
      if (runs > 0) bySource.set(source, runs);
      total += runs;
    }
    return { total, bySource };
  });
}
