// The very model that an alert came from: from its folder, or from the copy that the notebook carries.
import { existsSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { type Artifact, ArtifactError } from '../../core/artifact.js';
import { loadArtifact } from '../../core/load-artifact.js';
import { readArtifact } from '../artifact-folder.js';

export interface AlertModel {
  /** Used if it is there. */
  readonly folder: string;
  /** The hash of its content. */
  readonly version: string;
  /** Its files by name as JSON, gzipped, in base64; empty where the store had no copy. */
  readonly packed: string;
}

/** @throws ArtifactError when there is neither, when it is another model, or it would not score here as where it was fitted */
export function readAlertModel({ folder, version, packed }: AlertModel): Artifact {
  if (!existsSync(folder) && packed === '')
    throw new ArtifactError(
      `there is no model at '${folder}': set modelFolder (LOGHORN_MODEL_FOLDER) to the folder of version ${version}`,
    );
  const artifact = existsSync(folder) ? readArtifact(folder) : unpackModel(packed);
  if (artifact.version !== version)
    throw new ArtifactError(
      `the alert came from version ${version}, '${folder}' holds ${artifact.version}: name the folder of that version`,
    );
  return artifact;
}

function unpackModel(packed: string): Artifact {
  const text = gunzipSync(Buffer.from(packed, 'base64')).toString('utf8');
  const files = new Map(Object.entries(JSON.parse(text) as Readonly<Record<string, string>>));
  return loadArtifact((file) => {
    const content = files.get(file);
    return content === undefined ? undefined : new TextEncoder().encode(content);
  });
}
