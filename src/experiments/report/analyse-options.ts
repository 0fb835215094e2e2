// What an error analysis can be told.
import type { InputOptions } from '../../core/artifact.js';
import type { JudgedAlert } from '../feedback/read-feedback.js';

export interface AnalyseOptions {
  /** As it was typed, or what a notebook calls itself. */
  readonly command: string;
  readonly labelsFile: { readonly name: string; readonly sha256: string };
  /** Laid over what the artifact says about its input. */
  readonly input: InputOptions;
  /** Each input starts from fresh state. */
  readonly perFile: boolean;
  /** Also judge windows that begin before the end of the fit: they are not what was fitted on. */
  readonly keepFitSpan: boolean;
  /** Cards of each sort. */
  readonly maxCards: number;
  /** What people said about alerts of this stream. */
  readonly feedback?: readonly JudgedAlert[] | undefined;
}
