// What a stream's results are kept under: whose records, and by which version of which artifact.
import type { Artifact } from '../core/artifact.js';

/** A stream read with an artifact: what state, position and ownership belong to. */
export interface StreamKey {
  readonly streamId: string;
  readonly artifact: ArtifactKey;
}

export type ArtifactKey = Pick<Artifact, 'name' | 'version'>;
