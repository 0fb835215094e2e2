// The artifact of a `start` that was prepared before: one that cannot be read is no riddle, it can be made anew.
import { dirname } from 'node:path';
import type { Artifact } from '../../core/artifact.js';
import type { StartDeps } from './start-deps.js';
import type { Prepared } from './start-report.js';

/** @throws Error saying what to delete when the artifact is damaged or of another version */
export function readPrepared({ modelFolder, storePath }: Prepared, deps: StartDeps): Artifact {
  try {
    return deps.readArtifact(modelFolder);
  } catch (cause) {
    throw new Error(
      `${(cause as Error).message}\n(to have it made anew, delete ${dirname(modelFolder)} and ${dirname(storePath)}, and start again)`,
      { cause },
    );
  }
}
