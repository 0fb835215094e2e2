// Several versions under one name, told apart for a person: a version is a hash, which says nothing by itself.
// The newest is not taken unasked: which was written last is no fact of an artifact, and a stream whose model
// changed with a restart would not know why its scores did.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Provenance } from '../core/artifact.js';

/** Names of the versions in the folder of a name, sorted. */
export function versionsIn(folder: string): readonly string[] {
  return readdirSync(folder)
    .filter((name) => existsSync(join(folder, name, 'manifest.json')))
    .sort();
}

/** One line a version: its folder, and what it was fitted on and with as far as that is not the same for all. */
export function describeVersions(folder: string, versions: readonly string[]): readonly string[] {
  const facts = versions.map((version) => factsOf(join(folder, version)));
  const readable = facts.filter((each) => each !== undefined);
  const names = new Set(readable.flatMap((each) => Object.keys(each)));
  const telling = [...names].filter((name) => new Set(readable.map((each) => each[name])).size > 1);
  return versions.map((version, index) => {
    const own = facts[index];
    const told = own
      ? telling.map((name) => `${name} ${own[name] ?? 'unknown'}`).join(', ')
      : 'its provenance.json cannot be read';
    return `${join(folder, version)}${told === '' ? '' : `: ${told}`}`;
  });
}

/** Undefined where they cannot be read: this is only told, the loader decides what is sound. */
function factsOf(folder: string): Readonly<Record<string, string>> | undefined {
  let provenance: Partial<Provenance>;
  try {
    provenance = JSON.parse(readFileSync(join(folder, 'provenance.json'), 'utf8')) as Partial<Provenance>;
  } catch {
    return undefined;
  }
  const { startMs, endMs, inputs, records, options, seed, labels, codeVersion } = provenance;
  const known = {
    from: isoOf(startMs),
    to: isoOf(endMs),
    inputs: inputs?.map(({ name, sha256 }) => `${name} ${sha256.slice(0, 8)}`).join(' + '),
    records,
    ...options,
    seed,
    labels: labels === null ? 'none' : labels?.name,
    'loghorn version': codeVersion,
  };
  return Object.fromEntries(
    Object.entries(known).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]])),
  );
}

function isoOf(timeMs: number | undefined): string | undefined {
  return Number.isFinite(timeMs) ? new Date(timeMs!).toISOString() : undefined;
}
