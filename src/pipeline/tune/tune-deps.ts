// What `tune` needs of the workbench: lines scored anew, and the tuned artifact written.
import type { Artifact } from '../../core/artifact.js';
import type { WindowRow } from '../../core/score-window.js';
import type { Tuning } from '../../core/tuning.js';

/** What the workbench has and the pipeline may not reach for itself. */
export interface TuneDeps {
  readArtifact(folder: string): Artifact;
  stopOnInterrupt(): AbortSignal;
  progress(): { show(stage: string, done: number, total: number): void; stop(): void };
  /** Final rows of logs, each source's in order of time. */
  replayLines(
    named: readonly string[],
    artifact: Artifact,
    onRow: (row: WindowRow) => void,
    options: {
      readonly signal: AbortSignal;
      readonly onProgress: (doneBytes: number, ofBytes: number) => void;
      readonly onWarning: (sentence: string) => void;
    },
  ): Promise<void>;
  /** Writes the tuned artifact as a version of its own. */
  adoptTuning(
    artifact: Artifact,
    tuning: Tuning,
    options: { readonly name?: string | undefined; readonly modelsFolder: string },
  ): { readonly folder: string; readonly name: string; readonly version: string };
  /** The words of a `fit` with further logs. */
  refitWords(
    artifact: Artifact,
    options: { readonly logs: readonly string[]; readonly labelsPath: string; readonly modelsFolder: string },
  ): readonly string[];
}
