// What a benchmark found, as data: tables with named columns and sentences that must be read with them.
// One shape for all benchmarks, so that each is printed for a person, for a document and for a machine in one way.

/** Mean and sample standard deviation over repetitions. */
export interface MeanSd {
  readonly mean: number;
  readonly sd: number;
}

/** `null` is what is undefined, for example an area without positives. */
export type Cell = string | number | MeanSd | null;

export interface Column {
  readonly name: string;
  /** Digits behind the point of numbers. */
  readonly digits: number;
}

export interface BenchmarkTable {
  readonly caption: string;
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly Cell[])[];
}

export interface BenchmarkReport {
  readonly title: string;
  readonly tables: readonly BenchmarkTable[];
  /** How the figures came about and what they cannot say; a sentence each. */
  readonly notes: readonly string[];
}

export function column(name: string, digits = 3): Column {
  return { name, digits };
}

/** The sample standard deviation (n - 1); 0 for a single value. Null when a value is undefined or there is none. */
export function meanSd(values: readonly (number | null)[]): MeanSd | null {
  const known = values.filter((value) => value !== null);
  if (known.length === 0 || known.length < values.length) return null;
  const mean = known.reduce((sum, value) => sum + value, 0) / known.length;
  const squares = known.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, sd: known.length === 1 ? 0 : Math.sqrt(squares / (known.length - 1)) };
}
