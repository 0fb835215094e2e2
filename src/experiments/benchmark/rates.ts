// How fast several ways through the same work are: rounds in turn, so that whatever else the machine does meets all
// of them, and the median of each.
import { quantile } from '../evaluate/metrics.js';

export interface Stage {
  readonly name: string;
  /** Does the work once. @returns how many records it went through */
  readonly run: () => Promise<number>;
}

export interface StageRate {
  readonly name: string;
  /** Median over the rounds. */
  readonly recordsPerSecond: number;
  /** Slowest and fastest round. */
  readonly range: readonly [number, number];
  /** The stage's median rate over that of the first stage. */
  readonly ratio: number;
}

/** @param nowMs the shell's clock: ms, monotone */
export async function measureRates(
  stages: readonly Stage[],
  rounds: number,
  nowMs: () => number,
  onRound: (done: number, total: number) => void = () => {},
): Promise<readonly StageRate[]> {
  const rates: number[][] = stages.map(() => []);
  for (let round = 0; round < rounds; round++) {
    for (const [index, { run }] of stages.entries()) {
      onRound(round * stages.length + index, rounds * stages.length);
      const startedMs = nowMs();
      const records = await run();
      rates[index]!.push((1000 * records) / (nowMs() - startedMs));
    }
  }
  const medians = rates.map(
    (each) =>
      quantile(
        each.toSorted((a, b) => a - b),
        0.5,
      ) ?? 0,
  );
  return stages.map(({ name }, index) => ({
    name,
    recordsPerSecond: medians[index]!,
    range: [Math.min(...rates[index]!), Math.max(...rates[index]!)],
    ratio: medians[index]! / medians[0]!,
  }));
}
