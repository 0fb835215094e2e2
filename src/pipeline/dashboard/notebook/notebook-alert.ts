// An alert with all that its notebook is made of.
import type { AlertLines } from '../../evidence/alert-lines.js';
import type { ArtifactKey } from '../../stream-key.js';

export interface NotebookAlert {
  readonly alertId: string;
  readonly source: string;
  readonly headline: string;
  readonly sinceMs: number;
  /** End of its last alerting window. */
  readonly untilMs: number;
  readonly threshold: number;
}

export interface AlertNotebook {
  readonly alert: NotebookAlert;
  readonly artifact: ArtifactKey;
  /** Undefined where none were kept. */
  readonly lines: AlertLines | undefined;
  /** Of the log file that the stream was read from; undefined where it was none. */
  readonly logPath: string | undefined;
  /** For how long single windows are kept, in words, where those of the alert were deleted. */
  readonly keptFor: string | undefined;
  /** Whether there are rows to compare with. */
  readonly hasRows: boolean;
  /** Which windows are compared: `[fromMs, untilMs)`. */
  readonly fromMs: number;
  readonly untilMs: number;
  /** Another model goes on with the alert from there on: its windows are not rebuilt. Undefined where none does. */
  readonly heir?: { readonly artifact: ArtifactKey; readonly fromMs: number };
  /** Rows and model as JSON, gzipped, in base64; the model is empty where the store has no copy. */
  readonly packedRows: string;
  readonly packedModel: string;
}

/** Whether every window of the alert comes out of the lines that are stored. */
export function isComplete({ lines }: AlertNotebook): boolean {
  return lines?.isComplete === true;
}
