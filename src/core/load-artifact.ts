// The one loader of notebooks, commands and stream.
import { type Artifact, decodeArtifact } from './artifact.js';
import { verifyProbe } from './probe.js';

/**
 * @param read the bytes of a file of the artifact's folder, undefined where there is none
 * @throws ArtifactError saying which file is wrong, what was wanted and what came
 */
export function loadArtifact(read: (file: string) => Uint8Array | undefined): Artifact {
  const artifact = decodeArtifact(read);
  verifyProbe(artifact);
  return artifact;
}
