// What `start` needs of the workbench: a model and a store made ready, and where the stream begins.
import type { Command } from 'commander';
import type { Artifact, InputOptions } from '../../core/artifact.js';
import type { LinePosition } from '../../core/lines.js';
import type { SyntheticFeed } from '../adapters/feed-source.js';
import type { Injected } from '../alerts/judge-alerts.js';
import type { Json } from '../ports.js';
import type { Prepared } from './start-report.js';

/** A feed that knows what it injected. */
export interface DemoFeed extends SyntheticFeed {
  labels(): readonly Injected[];
  /** Plans anomalies from this moment on, the first one within seconds. */
  planShow(nowMs: number): void;
}

/** What the workbench prepares; undefined when it was stopped. */
export interface StartDeps {
  prepareDemo(options: PrepareOptions, hooks: PrepareHooks): Promise<PreparedDemo | undefined>;
  prepareOwnLog(
    path: string,
    options: PrepareOptions & { readonly input: InputOptions },
    hooks: PrepareHooks,
  ): Promise<PreparedLog>;
  readArtifact(folder: string): Artifact;
  stopOnInterrupt(): AbortSignal;
  /** How lines are read: the same words as the commands of the workbench have. */
  addInputOptions(command: Command): Command;
  inputOptionsOf(flags: object): InputOptions;
  progress(): { show(stage: string, done: number, total: number): void; stop(): void };
}

export interface PrepareOptions {
  readonly dataFolder: string;
  /** Undefined where nobody asked for one. */
  readonly seed: string | undefined;
  readonly recordsPerSecond: number | undefined;
  readonly nowMs: number;
}

export interface PrepareHooks {
  readonly signal: AbortSignal;
  stage<T>(name: string, work: (show: (done: number, total: number) => void) => Promise<T>): Promise<T>;
  say(sentence: string): void;
}

export interface PreparedDemo extends Prepared {
  /** Where the stream began in its first run, ms since epoch. */
  readonly fromMs: number;
  /** From a position of an earlier run, or from the beginning of the back-fill. */
  openFeed(from: Json): DemoFeed;
}

export interface PreparedLog extends Prepared {
  readonly startAt: LinePosition;
}
