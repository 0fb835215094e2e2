// The source of records that name none: what their file is called, without what changes from day to day.
import type { Artifact } from './artifact.js';
import { CANARY_SOURCE } from './canary/canary-source.js';

/** `logs/nova-api.2026-01-01.log.gz` → `nova-api`; `log` when nothing is left. Slashes of either kind. */
export function sourceOfPath(path: string): string {
  const name = path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
  const stem = name.replace(/\.(gz|log|txt|jsonl?|ndjson|out|err)\b/gi, '');
  return stem.replace(/[-_.]*\d{4}-?\d\d-?\d\d.*$/, '').replace(/[.\-_]\d*$/, '') || 'log';
}

/**
 * The source of records that name none, when an artifact scores them: as at the fit. A file of another name is taken
 * for the one source that the fit knew, if it knew but one.
 *
 * @param own what the input itself suggests, such as its file name
 */
export function sourceForArtifact({ spec }: Pick<Artifact, 'spec'>, own: string): string {
  const known = new Set(spec.vocabularies.flatMap(({ types }) => types.map(({ service }) => service)));
  known.delete(CANARY_SOURCE);
  return known.size === 1 && !known.has(own) ? [...known][0]! : own;
}
