// Which of the artifacts that a store has results of is meant.
import type { StoredArtifact } from '../ports.js';

/**
 * @param wanted a name, `name@version` with the beginning of a version, or an artifact's folder, whose name is the
 * version; undefined where the store knows but one
 * @throws Error listing what there is, when none or more than one fits
 */
export function chooseArtifact(
  artifacts: readonly StoredArtifact[],
  wanted: string | undefined,
): StoredArtifact {
  const fitting = artifacts.filter((artifact) => wanted === undefined || isMeant(artifact, wanted));
  const [first, second] = fitting;
  if (first !== undefined && second === undefined) return first;
  if (artifacts.length === 0) throw new Error('the store has no results yet');
  const listed = artifacts.map(({ name, version }) => `${name}@${version.slice(0, 12)}`).join(', ');
  if (wanted === undefined)
    throw new Error(`the store has results of several artifacts: name one with --model (${listed})`);
  throw new Error(
    `${first === undefined ? 'no artifact' : 'more than one artifact'} of the store fits --model ${wanted}: it has ${listed}`,
  );
}

function isMeant({ name, version }: StoredArtifact, wanted: string): boolean {
  const at = wanted.lastIndexOf('@');
  if (at > 0 && wanted.slice(0, at) === name) return version.startsWith(wanted.slice(at + 1));
  return (
    wanted === name ||
    wanted
      .replace(/[/\\]+$/, '')
      .split(/[/\\]/)
      .at(-1) === version
  );
}
