// Artifacts on disk: `data/models/<name>/<version>/`, the version being the content's hash, so that the same fit
// lands in the same folder and another never overwrites it.
import { existsSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Artifact, ArtifactError, encodeArtifact } from '../core/artifact.js';
import { loadArtifact } from '../core/load-artifact.js';
import { describeVersions, versionsIn } from './artifact-versions.js';
import { makeFolder } from '../shell/make-folder.js';

export const MODELS_FOLDER = join('data', 'models');

/** @returns the artifact's folder. Whole or not at all: written beside and renamed. */
export function writeArtifact(artifact: Omit<Artifact, 'version'>, modelsFolder: string): string {
  const { version, files } = encodeArtifact(artifact);
  const folder = join(modelsFolder, artifact.name, version);
  if (existsSync(folder)) rmSync(folder, { recursive: true });
  const partial = `${folder}.partial-${process.pid}`;
  makeFolder(partial);
  for (const [file, text] of files) writeFileSync(join(partial, file), text);
  renameSync(partial, folder);
  return folder;
}

/**
 * @param folder an artifact's folder, or the folder of a name with one version in it
 * @throws ArtifactError saying what is wrong with which file
 */
export function readArtifact(folder: string): Artifact {
  const own = artifactFolder(folder);
  try {
    return loadArtifact((file) => {
      const path = join(own, file);
      return existsSync(path) ? readFileSync(path) : undefined;
    });
  } catch (error) {
    if (!(error instanceof ArtifactError)) throw error;
    throw new ArtifactError(`${own}: ${error.message}`, { cause: error });
  }
}

function artifactFolder(folder: string): string {
  if (!existsSync(folder) || !statSync(folder).isDirectory())
    throw new ArtifactError(
      `there is no artifact folder '${folder}': give the one that 'loghorn fit' printed`,
    );
  if (existsSync(join(folder, 'manifest.json'))) return folder;
  const versions = versionsIn(folder);
  if (versions.length === 1) return join(folder, versions[0]!);
  throw new ArtifactError(
    versions.length === 0
      ? `'${folder}' holds no artifact (manifest.json is missing): give the folder that 'loghorn fit' printed`
      : `'${folder}' holds ${versions.length} versions: name one of them\n  ${describeVersions(folder, versions).join('\n  ')}`,
  );
}
