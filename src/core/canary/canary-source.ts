// The names that the detection canary goes by, and how a model is known to know it.
import type { Artifact } from '../artifact.js';

/** Who writes the canary's lines; no service of one's own goes by this name. */
export const CANARY_SOURCE = 'loghorn-canary';
/** Whom an alert about a missed canary is about: the detection itself. */
export const DETECTION_SOURCE = 'loghorn-detection';

/** Whether the canary's ordinary life was a part of its fit. */
export function knowsCanary({ spec }: Pick<Artifact, 'spec'>): boolean {
  return spec.vocabularies.some(({ source }) => source === CANARY_SOURCE);
}
