// What a benchmark of the stream found, in the shape that the command line prints all benchmarks in.

export interface BenchTable {
  readonly caption: string;
  readonly columns: readonly { readonly name: string; readonly digits: number }[];
  /** Null where there is nothing to tell. */
  readonly rows: readonly (readonly (string | number | null)[])[];
}

export interface BenchReport {
  readonly title: string;
  readonly tables: readonly BenchTable[];
  /** How the figures came about; a sentence each. */
  readonly notes: readonly string[];
}

export function medianOf(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
