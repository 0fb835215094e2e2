// The second reading: feature vectors of the chosen windows, and why each scored as it did. It is the same scorer
// with a lower threshold, for only a window that alerts is explained.
import type { Explanation } from '../../core/alert.js';
import type { Artifact } from '../../core/artifact.js';
import type { InputFile } from '../input/resolve-inputs.js';
import { replay } from '../score.js';
import type { Cases } from './choose-cases.js';
import type { ScoreWindowsOptions } from './score-windows.js';
import { windowKey } from './window-key.js';

export interface CaseDetails {
  /** By `windowKey`: every window of a case, and every normal one. */
  readonly vectors: ReadonlyMap<string, Float64Array>;
  /** By `windowKey`: the windows of the cases. */
  readonly explanations: ReadonlyMap<string, Explanation>;
}

/** @returns undefined when the signal stopped it */
export async function readCaseDetails(
  files: readonly InputFile[],
  artifact: Artifact,
  { missed, falseAlerts, normal }: Cases,
  options: Omit<ScoreWindowsOptions, 'fromMs'>,
): Promise<CaseDetails | undefined> {
  const peaks = [...missed.flatMap(({ peak }) => peak ?? []), ...falseAlerts.map(({ peak }) => peak)];
  const toExplain = new Set(peaks.map(({ row }) => windowKey(row)));
  const wanted = new Set([...toExplain, ...normal.map(({ row }) => windowKey(row))]);
  const vectors = new Map<string, Float64Array>();
  const explanations = new Map<string, Explanation>();
  const value = peaks.reduce((least, { row }) => Math.min(least, row.score), artifact.threshold.value);
  const { stoppedAt } = await replay(
    files,
    { ...artifact, threshold: { ...artifact.threshold, value } },
    {
      ...options,
      onRow: ({ source, startMs, features, explanation }, file) => {
        const key = windowKey({ file: file?.path, source, startMs });
        if (!wanted.has(key)) return;
        vectors.set(key, features);
        if (explanation && toExplain.has(key)) explanations.set(key, explanation);
      },
    },
  );
  return stoppedAt ? undefined : { vectors, explanations };
}
