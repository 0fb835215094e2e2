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
  /** The same by processor time: steady also where other programs take their share of the machine. */
  readonly cpuRatio: number;
}

/** The shell's clocks, ms, monotone: the wall's, and the processor's for this process with all its threads. */
export interface Clocks {
  readonly wallMs: () => number;
  readonly cpuMs: () => number;
}

export async function measureRates(
  stages: readonly Stage[],
  rounds: number,
  { wallMs, cpuMs }: Clocks,
  onRound: (done: number, total: number) => void = () => {},
): Promise<readonly StageRate[]> {
  const rates: number[][] = stages.map(() => []);
  const cpuRates: number[][] = stages.map(() => []);
  for (let round = 0; round < rounds; round++) {
    for (const [index, { run }] of stages.entries()) {
      onRound(round * stages.length + index, rounds * stages.length);
      const [startedMs, startedCpuMs] = [wallMs(), cpuMs()];
      const records = await run();
      rates[index]!.push((1000 * records) / (wallMs() - startedMs));
      cpuRates[index]!.push((1000 * records) / (cpuMs() - startedCpuMs));
    }
  }
  const medians = rates.map(median);
  const cpuMedians = cpuRates.map(median);
  return stages.map(({ name }, index) => ({
    name,
    recordsPerSecond: medians[index]!,
    range: [Math.min(...rates[index]!), Math.max(...rates[index]!)],
    ratio: medians[index]! / medians[0]!,
    cpuRatio: cpuMedians[index]! / cpuMedians[0]!,
  }));
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return quantile(sorted, 0.5) ?? Number.NaN;
}
