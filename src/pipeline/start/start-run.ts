// One run of `start`: what was asked for, and where it speaks.
import type { Paint } from '../alerts/show-alert.js';
import type { CanaryFlags } from '../canary/canary-option.js';
import type { KeepFlags } from '../commands/keep-option.js';
import type { SinkFlags } from '../commands/sink-options.js';
import type { Clock } from '../ports.js';
import type { AlertSettings } from '../sinks/sink-settings.js';
import type { StartDeps } from './start-deps.js';

export interface StartFlags extends SinkFlags, CanaryFlags, KeepFlags {
  /** A log of one's own; without it the demo runs. */
  readonly file?: string;
  readonly data: string;
  readonly rate?: number;
  readonly seed?: string;
  /** Stop after so long live, ms. */
  readonly for?: number;
  readonly json: boolean;
  readonly dashboard: boolean;
  /** Of the dashboard; 0 takes a free one. Without it the usual one, or a free one. */
  readonly port?: number;
}

export interface StartRun {
  readonly flags: StartFlags;
  /** Where alerts go besides the terminal; undefined where nowhere. */
  readonly alerting: AlertSettings | undefined;
  readonly deps: StartDeps;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly paint: Paint;
  readonly print: (text: string) => void;
}
