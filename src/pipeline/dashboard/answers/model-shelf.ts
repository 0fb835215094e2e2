// Artifacts as the store keeps them, decoded once: what their features mean, how long their windows are, what they alert at.
import { type Artifact, decodeArtifact } from '../../../core/artifact.js';
import type { ResultStore } from '../../ports.js';
import type { ArtifactKey } from '../../stream-key.js';

export interface ModelShelf {
  /** Undefined where the store has only its results. */
  artifactOf(key: ArtifactKey): Promise<Artifact | undefined>;
  /** From the artifact, or else from its latest window; undefined without any. */
  thresholdOf(key: ArtifactKey): Promise<number | undefined>;
  /** Of sources that were given one of their own, in place of it; none where the store has only results. */
  ownThresholdsOf(key: ArtifactKey): Promise<Readonly<Record<string, number>>>;
  /**
   * Length of a window and distance of window starts, ms; 30 s where the store has only results. For how long a window is
   * corrected; 5 minutes then.
   */
  windowOf(
    key: ArtifactKey,
  ): Promise<{ readonly windowMs: number; readonly hopMs: number; readonly correctionMs: number }>;
}

const DEFAULT_WINDOW_MS = 30_000;
const DEFAULT_CORRECTION_MS = 300_000;
/** They are large, and there are few at a time. */
const MOST_KEPT = 8;

export function createModelShelf(store: ResultStore): ModelShelf {
  const kept = new Map<string, Artifact>();

  const artifactOf = async (key: ArtifactKey): Promise<Artifact | undefined> => {
    const id = JSON.stringify([key.name, key.version]);
    const known = kept.get(id);
    if (known) return known;
    const text = await store.keptModel(key);
    if (text === undefined) return undefined;
    // its hashes are checked; that this build scores as its maker did is for whoever scores with it
    const files = new Map(Object.entries(JSON.parse(text) as Readonly<Record<string, string>>));
    const artifact = decodeArtifact((file) => {
      const content = files.get(file);
      return content === undefined ? undefined : new TextEncoder().encode(content);
    });
    if (kept.size >= MOST_KEPT) kept.delete(kept.keys().next().value!);
    kept.set(id, artifact);
    return artifact;
  };

  return {
    artifactOf,
    thresholdOf: async (key) => {
      const artifact = await artifactOf(key);
      if (artifact) return artifact.threshold.value;
      const [row] = await store.windows({ artifact: key, limit: 1 });
      return row?.threshold;
    },
    ownThresholdsOf: async (key) => (await artifactOf(key))?.tuning?.thresholds ?? {},
    windowOf: async (key) => {
      const spec = (await artifactOf(key))?.spec.window;
      return {
        windowMs: spec?.windowMs ?? DEFAULT_WINDOW_MS,
        hopMs: spec?.hopMs ?? DEFAULT_WINDOW_MS,
        correctionMs: spec?.correctionMs ?? DEFAULT_CORRECTION_MS,
      };
    },
  };
}
