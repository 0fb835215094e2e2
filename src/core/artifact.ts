// The artifact: what a fit writes and the stream loads unchanged. Plain versioned JSON in a folder, one file a part,
// each part hashed in the manifest and the manifest hashed in itself, so that no byte can change unseen.
import { createHash } from 'node:crypto';
import type { DetectorName } from './detector/detector.js';
import type { FeatureSpec } from './features/feature-spec.js';
import type { TemplateDictionary } from './template/template.js';
import type { Threshold } from './threshold.js';
import { checkTuning, type Tuning } from './tuning.js';

export const ARTIFACT_SCHEMA_VERSION = 1;
/** Of artifacts that were tuned: a build that knows nothing of tuning must not load them as though they were not. */
export const TUNED_SCHEMA_VERSION = 2;

/** How the raw lines are read; the shells use it unless told otherwise. */
export interface InputOptions {
  readonly format?: string;
  readonly pattern?: string;
  readonly timeFormat?: string;
  readonly zoneOffsetMinutes?: number;
}

export interface DetectorPart {
  readonly name: DetectorName;
  /** A window's score is the highest of the windows that end in this many ms up to its own end. */
  readonly holdMs: number;
  /** The detector's own model: plain JSON. */
  readonly model: unknown;
}

/** Where an artifact comes from: enough to make it again. */
export interface Provenance {
  readonly codeVersion: string;
  readonly seed: string;
  readonly inputs: readonly { readonly name: string; readonly sha256: string; readonly bytes: number }[];
  readonly labels: { readonly name: string; readonly sha256: string } | null;
  readonly startMs: number;
  readonly endMs: number;
  readonly records: number;
  readonly windows: number;
  readonly options: Readonly<Record<string, unknown>>;
}

/** Raw lines with what they scored at the fit; `verifyProbe` holds a build to it. */
export interface Probe {
  /** As they stood in the input. */
  readonly lines: readonly string[];
  readonly defaultSource: string;
  /** Final rows, in the order of their issue. */
  readonly rows: readonly ProbeRow[];
}

export interface ProbeRow {
  readonly source: string;
  readonly startMs: number;
  readonly records: number;
  readonly features: readonly number[];
  readonly score: number;
}

export interface Artifact {
  readonly name: string;
  /** First 12 hex digits of the content hash. */
  readonly version: string;
  readonly input: InputOptions;
  readonly spec: FeatureSpec;
  readonly dictionary: TemplateDictionary;
  readonly detector: DetectorPart;
  readonly threshold: Threshold;
  readonly provenance: Provenance;
  readonly probe: Probe;
  /** Of one that people taught something after its fit. */
  readonly tuning?: Tuning;
}

/** A folder that is not an artifact of this build, or no longer the one that was written. */
export class ArtifactError extends Error {
  override readonly name = 'ArtifactError';
}

const MANIFEST = 'manifest.json';
const PARTS = {
  input: 'input.json',
  spec: 'feature-spec.json',
  dictionary: 'templates.json',
  detector: 'model.json',
  threshold: 'threshold.json',
  provenance: 'provenance.json',
  probe: 'probe.json',
} as const;
const TUNING = 'tuning.json';
type PartName = keyof typeof PARTS;

interface Manifest {
  readonly schemaVersion: number;
  readonly name: string;
  readonly files: Readonly<Record<string, string>>;
  /** SHA-256 of the manifest without this field. */
  readonly contentHash: string;
}

/** @returns the version it gets, and its files by name */
export function encodeArtifact(artifact: Omit<Artifact, 'version'>): {
  readonly version: string;
  readonly files: ReadonlyMap<string, string>;
} {
  const files = new Map<string, string>();
  for (const [part, file] of Object.entries(PARTS)) files.set(file, encodeJson(artifact[part as PartName]));
  if (artifact.tuning !== undefined) {
    checkTuning(artifact.tuning);
    files.set(TUNING, encodeJson(artifact.tuning));
  }
  const hashes = Object.fromEntries([...files].map(([file, text]) => [file, sha256(text)]));
  const schemaVersion = artifact.tuning === undefined ? ARTIFACT_SCHEMA_VERSION : TUNED_SCHEMA_VERSION;
  const unsigned = { schemaVersion, name: artifact.name, files: hashes };
  const contentHash = sha256(encodeJson(unsigned));
  files.set(MANIFEST, encodeJson({ ...unsigned, contentHash } satisfies Manifest));
  return { version: contentHash.slice(0, VERSION_LENGTH), files };
}

/**
 * Verifies every byte, not yet the probe: see `loadArtifact`.
 *
 * @param read the bytes of a file of the artifact's folder, undefined where there is none
 * @throws ArtifactError naming the file, what was wanted and what came
 */
export function decodeArtifact(read: (file: string) => Uint8Array | undefined): Artifact {
  const manifest = decodeManifest(readText(read, MANIFEST));
  const readPart = (file: string): unknown => {
    const text = readText(read, file);
    const wanted = manifest.files[file];
    const came = sha256(text);
    if (came !== wanted)
      throw new ArtifactError(
        `${file} was changed: the manifest wants SHA-256 ${String(wanted)}, the file has ${came}. Restore it or refit.`,
      );
    return JSON.parse(text) as unknown;
  };
  const parts = Object.fromEntries(
    Object.entries(PARTS).map(([part, file]) => [part, readPart(file)]),
  ) as Record<PartName, unknown>;
  const isTuned = manifest.schemaVersion === TUNED_SCHEMA_VERSION;
  return {
    ...(parts as unknown as Omit<Artifact, 'name' | 'version'>),
    ...(isTuned ? { tuning: readPart(TUNING) as Tuning } : {}),
    name: manifest.name,
    version: manifest.contentHash.slice(0, VERSION_LENGTH),
  };
}

const VERSION_LENGTH = 12;

function decodeManifest(text: string): Manifest {
  let manifest: Manifest;
  try {
    manifest = JSON.parse(text) as Manifest;
  } catch (cause) {
    throw new ArtifactError(`${MANIFEST} is not JSON: restore it or refit`, { cause });
  }
  if (![ARTIFACT_SCHEMA_VERSION, TUNED_SCHEMA_VERSION].includes(manifest?.schemaVersion))
    throw new ArtifactError(
      `${MANIFEST} has schema version ${String(manifest?.schemaVersion)}, this build reads ${ARTIFACT_SCHEMA_VERSION} and ${TUNED_SCHEMA_VERSION}: refit it`,
    );
  const { contentHash, ...unsigned } = manifest;
  const came = sha256(encodeJson(unsigned));
  // the second half refuses what JSON.parse forgives: spaces, repeated keys, another order
  if (came !== contentHash || encodeJson(manifest) !== text)
    throw new ArtifactError(
      `${MANIFEST} was changed: it wants content hash ${contentHash}, its content has ${came}. Restore it or refit.`,
    );
  return manifest;
}

function readText(read: (file: string) => Uint8Array | undefined, file: string): string {
  const bytes = read(file);
  if (!bytes)
    throw new ArtifactError(
      `${file} is missing: an artifact's folder holds ${MANIFEST}, ${Object.values(PARTS).join(', ')}`,
    );
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (cause) {
    throw new ArtifactError(`${file} was changed: it is not valid UTF-8 any more. Restore it or refit.`, {
      cause,
    });
  }
}

function encodeJson(value: unknown): string {
  return `${JSON.stringify(value, null, 1)}\n`;
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
