// Reads where alerts go from a file and the environment.
import { readFileSync } from 'node:fs';
import { type AlertSettings, readAlertSettings } from './sink-settings.js';
import { withEnvironment } from './settings-from-env.js';

/**
 * @param path of the file; undefined without one
 * @returns undefined where neither says anything
 * @throws Error saying what is wrong, never with a secret in it
 */
export function loadAlertSettings(
  path: string | undefined,
  env: Readonly<Record<string, string | undefined>>,
): AlertSettings | undefined {
  const file = path === undefined ? undefined : readJson(path);
  const json = withEnvironment(file, env);
  if (json === undefined) return undefined;
  const places = { env, readFile: (name: string) => readFileSync(name, 'utf8') };
  return readAlertSettings(json, path ?? 'the environment', places);
}

function readJson(path: string): unknown {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (cause) {
    throw new Error(`cannot read the sinks' settings: ${(cause as Error).message}`, { cause });
  }
  try {
    return JSON.parse(text) as unknown;
  } catch {
    // what JSON.parse says quotes the text, and a secret may stand in it
    throw new Error(`${path} is no JSON: write {"sinks": [{"type": "webhook", "url": "https://…"}]}`);
  }
}
