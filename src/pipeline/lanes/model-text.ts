// An artifact as text that a store can keep: its files as they are in its folder, so that whoever loads it from there checks
// the same hashes and scores the same probe.
import { type Artifact, ArtifactError, encodeArtifact } from '../../core/artifact.js';
import { loadArtifact } from '../../core/load-artifact.js';

export function encodeModel(artifact: Artifact): string {
  const { version, files } = encodeArtifact(artifact);
  if (version !== artifact.version)
    throw new ArtifactError(
      `artifact ${artifact.version} would be written as ${version} by this build: refit it with this version`,
    );
  return JSON.stringify(Object.fromEntries(files));
}

/** @throws ArtifactError when a byte was changed, or this build would not score as the one that fitted it */
export function decodeModel(text: string): Artifact {
  const files = new Map(Object.entries(JSON.parse(text) as Readonly<Record<string, string>>));
  return loadArtifact((file) => {
    const content = files.get(file);
    return content === undefined ? undefined : new TextEncoder().encode(content);
  });
}
