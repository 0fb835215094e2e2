// What an error analysis holds: plain JSON, from which the page is drawn and a notebook can draw its own.
import type { InputOptions } from '../../core/artifact.js';
import type { PrecisionRecallPoint, RocPoint } from '../evaluate/curves.js';
import type { Evaluation } from '../evaluate/evaluate.js';
import type { Measures } from '../evaluate/measure.js';
import type { SweepRow } from '../evaluate/sweep.js';
import type { FeedbackView } from '../feedback/feedback-view.js';
import type { Tally } from '../input/tally.js';
import type { HourCounts } from './breakdowns.js';
import type { Drift } from './drift.js';
import type { FalseAlertCard } from './false-alert-cards.js';
import type { MissedCard } from './missed-cards.js';
import type { WindowTotals } from './score-windows.js';
import type { SuitabilityCheck } from './suitability.js';

export interface ErrorAnalysis {
  readonly version: 1;
  readonly run: RunFacts;
  readonly evaluation: Evaluation;
  /** The error-count baseline, with as many alerting windows as the detector, or all that hold an error. */
  readonly errorCount: Measures;
  readonly byService: Readonly<Record<string, Measures>>;
  readonly byHour: readonly HourCounts[];
  readonly sweep: readonly SweepRow[];
  /** By window. */
  readonly curves: {
    readonly roc: readonly RocPoint[];
    readonly precisionRecall: readonly PrecisionRecallPoint[];
  };
  /** The worst, those that were plain to see first. */
  readonly missed: readonly MissedCard[];
  readonly missedTotal: number;
  /** The worst, the highest score first. */
  readonly falseAlerts: readonly FalseAlertCard[];
  readonly falseTotal: number;
  readonly drift: Drift;
  readonly suitability: readonly SuitabilityCheck[];
  /** Only where it was given. */
  readonly feedback?: FeedbackView;
}

/** Enough to make the same again. */
export interface RunFacts {
  readonly command: string;
  /** Of this code; the model says its own. */
  readonly codeVersion: string;
  readonly inputs: readonly FileFacts[];
  readonly inputOptions: InputOptions;
  /** Each input was scored from fresh state. */
  readonly perFile: boolean;
  readonly labels: { readonly name: string; readonly sha256: string };
  readonly model: {
    readonly name: string;
    readonly version: string;
    readonly detector: string;
    readonly detectorSentence: string;
    readonly seed: string;
    readonly codeVersion: string;
    readonly fitStartMs: number;
    readonly fitEndMs: number;
    readonly fitInputs: readonly FileFacts[];
    readonly threshold: number;
    readonly thresholdInterval: readonly [number, number];
    readonly budgetPerDay: number;
    readonly windowMs: number;
    readonly hopMs: number;
    readonly holdMs: number;
    readonly templates: number;
    readonly features: number;
  };
  readonly tally: Tally;
  readonly totals: WindowTotals;
  /** Of the judged windows, ms since epoch. */
  readonly startMs: number;
  readonly endMs: number;
  /** Time that judged windows cover, gaps left out, ms. */
  readonly judgedMs: number;
}

export interface FileFacts {
  readonly name: string;
  readonly bytes: number;
  readonly sha256: string;
}
