// How a service is described: the lines it writes, what it calls while it handles an operation, what it does by the clock.
// Plain data, so that notebooks can draw the system and the simulator can be read apart from it.

export type Level = 'DEBUG' | 'INFO' | 'WARN' | 'ERROR' | 'FATAL';

/** Decides what a stack trace looks like. */
export type Runtime = 'java' | 'node' | 'go' | 'python' | 'native';

export interface LineSpec {
  readonly level: Level;
  /** The message; each `{name}` is a parameter of `parameters.ts`. */
  readonly text: string;
  /** How often it is written when its turn comes, in (0, 1]. Default 1. */
  readonly share?: number;
  /** The wording a later deploy gives it; means the same. */
  readonly reworded?: string;
}

export interface OperationSpec {
  /** Each is written with its own share. */
  readonly start: readonly LineSpec[];
  /** `service.operation` and the share of visits that call it, in the order of the calls. */
  readonly calls?: readonly (readonly [operation: string, share: number])[];
  /** At most one of them is written, chosen by share; the shares add up to at most 1. */
  readonly done: readonly LineSpec[];
  /** Median of the service's own time, without what it waits for. */
  readonly medianMs: number;
}

export interface PeriodicSpec {
  readonly line: LineSpec;
  readonly everyMs: number;
  /** 0: like clockwork. 1: anywhere in its period, as lines that come "every hour or so" do. */
  readonly jitter: number;
}

export interface JobSpec {
  readonly name: string;
  readonly schedule: 'hourly' | 'nightly';
  /** Minutes after the hour (hourly) or after midnight UTC (nightly). */
  readonly atMinute: number;
  readonly durationMs: number;
  readonly steps: number;
  readonly begin: readonly LineSpec[];
  /** One of them is written at each step. */
  readonly step: readonly LineSpec[];
  readonly end: readonly LineSpec[];
}

export interface ServiceSpec {
  readonly name: string;
  readonly runtime: Runtime;
  /** Where its code lives, for stack frames. */
  readonly codeRoot: string;
  readonly operations: Readonly<Record<string, OperationSpec>>;
  /** Written now and then during any operation; the k-th is written in proportion to 1/k (Zipf). */
  readonly incidental: readonly LineSpec[];
  readonly incidentalPerVisit: number;
  /** What it writes when its own work fails, most frequent first. */
  readonly errors: readonly LineSpec[];
  /** What it writes when a service that it calls fails or times out. */
  readonly upstream: readonly LineSpec[];
  readonly periodic: readonly PeriodicSpec[];
  /** Harmless, and seldom seen: every hour or so. */
  readonly rare: readonly LineSpec[];
  readonly jobs?: readonly JobSpec[];
  /** The lines of a fresh process, in order. */
  readonly startup: readonly LineSpec[];
  /** First line, lines in between, last line. */
  readonly maintenance?: readonly [LineSpec, LineSpec, ...LineSpec[]];
}

export const debug = (text: string, more: Partial<LineSpec> = {}): LineSpec => ({
  level: 'DEBUG',
  text,
  ...more,
});
export const info = (text: string, more: Partial<LineSpec> = {}): LineSpec => ({
  level: 'INFO',
  text,
  ...more,
});
export const warn = (text: string, more: Partial<LineSpec> = {}): LineSpec => ({
  level: 'WARN',
  text,
  ...more,
});
export const error = (text: string, more: Partial<LineSpec> = {}): LineSpec => ({
  level: 'ERROR',
  text,
  ...more,
});
export const fatal = (text: string, more: Partial<LineSpec> = {}): LineSpec => ({
  level: 'FATAL',
  text,
  ...more,
});

/** Like clockwork, give or take a twentieth. */
export const every = (everyMs: number, line: LineSpec): PeriodicSpec => ({ line, everyMs, jitter: 0.05 });
