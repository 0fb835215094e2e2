// Which artifact a `start` was begun with: the one that it fitted itself, however many versions were adopted beside it since.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeWhole } from './write-history.js';

/** In the folder of the demo or of the log. */
const MODEL_FILE = 'model.json';

export function noteModel(folder: string, version: string): void {
  writeWhole(join(folder, MODEL_FILE), `${JSON.stringify({ version })}\n`);
}

/**
 * @param folder where the model was noted; without a note the only version there is
 * @param versionsFolder holds a folder for each version
 * @returns undefined where there is none yet
 * @throws Error where there are several and nobody noted which
 */
export function knownModel(folder: string, versionsFolder: string): string | undefined {
  const versions = existsSync(versionsFolder)
    ? readdirSync(versionsFolder).filter((name) => existsSync(join(versionsFolder, name, 'manifest.json')))
    : [];
  const notePath = join(folder, MODEL_FILE);
  const noted = existsSync(notePath)
    ? (JSON.parse(readFileSync(notePath, 'utf8')) as { readonly version: string }).version
    : undefined;
  if (versions.length > 1 && noted === undefined)
    throw new Error(
      `${versionsFolder} has several versions, and ${notePath} does not say which one start fitted: write {"version":"…"} there`,
    );
  const version = noted ?? versions[0];
  return version !== undefined && versions.includes(version) ? join(versionsFolder, version) : undefined;
}
