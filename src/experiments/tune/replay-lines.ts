// Logs through the one scorer, for whoever has to know what an artifact makes of lines that a stream has seen.
import type { Artifact } from '../../core/artifact.js';
import type { WindowRow } from '../../core/score-window.js';
import { resolveInputs } from '../input/resolve-inputs.js';
import { replay } from '../score.js';

export interface ReplayLinesOptions {
  readonly signal: AbortSignal;
  readonly onProgress: (doneBytes: number, ofBytes: number) => void;
  readonly onWarning: (sentence: string) => void;
}

/**
 * @param named files, globs or folders, read as one input
 * @param onRow final rows, each source's in order of time
 * @throws Error when it was stopped before the end
 */
export async function replayLines(
  named: readonly string[],
  artifact: Artifact,
  onRow: (row: WindowRow) => void,
  { signal, onProgress, onWarning }: ReplayLinesOptions,
): Promise<void> {
  const files = resolveInputs(named);
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  const { stoppedAt } = await replay(files, artifact, {
    perFile: false,
    signal,
    onRow,
    onProgress: (done) => onProgress(done, bytes),
    onWarning,
  });
  if (stoppedAt) throw new Error('stopped: nothing was proposed and nothing written');
}
