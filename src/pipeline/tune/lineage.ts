// An artifact and those that it was tuned from, as far as the store has results of them: what people said about their alerts
// is about the same model.
import type { Artifact } from '../../core/artifact.js';
import type { ResultStore } from '../ports.js';
import type { ArtifactKey } from '../stream-key.js';
import { createModelShelf } from '../dashboard/answers/model-shelf.js';
import { nameOfArtifact } from '../lanes/promotion.js';

/**
 * @returns the artifact first, then its parent and so on
 * @throws Error when the store has no results of the artifact itself
 */
export async function lineageOf(
  store: ResultStore,
  artifact: Pick<Artifact, 'name' | 'version' | 'tuning'>,
): Promise<readonly ArtifactKey[]> {
  const known = await store.artifacts();
  const { name, version } = artifact;
  if (!known.some((each) => each.name === name && each.version === version)) {
    const listed = known.map(nameOfArtifact).join(', ') || 'none';
    throw new Error(
      `the store has no windows of ${nameOfArtifact(artifact)}, and what people said is about alerts of another: give --model the folder of one that it has (${listed})`,
    );
  }
  const shelf = createModelShelf(store);
  const lineage: ArtifactKey[] = [{ name, version }];
  for (let { tuning } = artifact; tuning !== undefined;) {
    const { parent } = tuning;
    const key = known.find((each) => each.version === parent);
    // a hash names no ancestor of its own, but who knows what a store was given
    if (key === undefined || lineage.some((each) => each.version === parent)) break;
    lineage.push({ name: key.name, version: key.version });
    tuning = (await shelf.artifactOf(key))?.tuning;
  }
  return lineage;
}
