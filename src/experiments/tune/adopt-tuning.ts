// A tuned artifact as a version of its own: what was taught beside the very model that it was taught to, with its probe scored
// anew, since a muted line changes what the same lines give.
import type { Artifact } from '../../core/artifact.js';
import { scoreProbe } from '../../core/probe.js';
import type { Tuning } from '../../core/tuning.js';
import { readArtifact, writeArtifact } from '../artifact-folder.js';

export interface AdoptOptions {
  /** Default: the artifact's own. */
  readonly name?: string | undefined;
  readonly modelsFolder: string;
}

/**
 * The same tuning gives the same version.
 *
 * @throws Error when what was written does not load again
 */
export function adoptTuning(
  artifact: Artifact,
  tuning: Tuning,
  { name, modelsFolder }: AdoptOptions,
): { readonly folder: string; readonly name: string; readonly version: string } {
  const { version: _version, probe, ...parts } = artifact;
  const tuned = { ...parts, name: name ?? artifact.name, tuning };
  const rows = scoreProbe({ ...tuned, version: '' }, probe.lines, probe.defaultSource);
  const folder = writeArtifact({ ...tuned, probe: { ...probe, rows } }, modelsFolder);
  const written = readArtifact(folder);
  return { folder, name: written.name, version: written.version };
}
