// What of a stream's sources goes into a commit, and how a scorer goes on from it.
import type { Artifact } from '../../core/artifact.js';
import type { ScorerSnapshot } from '../../core/scorer.js';
import { ALL_SOURCES } from '../../core/window/window-spec.js';
import type { Json, SourceMemory, StreamState } from '../ports.js';

/** @returns undefined where nothing was committed yet */
export function snapshotOf(
  artifact: Pick<Artifact, 'version'>,
  { sources, counts }: StreamState,
): ScorerSnapshot | undefined {
  // a stream may get sources of another one before it has read anything itself
  if (counts === undefined && sources.length === 0) return undefined;
  return {
    artifactVersion: artifact.version,
    windows: {
      sources: sources.flatMap(({ windows }) =>
        windows === null ? [] : [windows as ScorerSnapshot['windows']['sources'][number]],
      ),
    },
    counts: counts?.records ?? { scored: 0, late: 0, setAside: 0 },
  };
}

/**
 * @param touched sources of the records that came, and of the rows
 * @param otherSource what the stream's sources beyond the cap are counted under
 */
export function memoriesOf(
  snapshot: ScorerSnapshot,
  touched: ReadonlySet<string>,
  otherSource: string,
  alertLifeOf: (source: string) => Json,
): SourceMemory[] {
  // a record's own source may have been counted under one of these
  const isShared = (source: string): boolean => source === ALL_SOURCES || source === otherSource;
  return snapshot.windows.sources.flatMap((windows) => {
    const { source } = windows;
    const isTouched = touched.has(source) || (touched.size > 0 && isShared(source));
    return isTouched ? [{ source, windows, alertLife: alertLifeOf(source) ?? null }] : [];
  });
}
