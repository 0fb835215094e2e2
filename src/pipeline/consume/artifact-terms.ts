// What of an artifact decides whether its scores and reasons can be compared with those of the one before it.
import { createHash } from 'node:crypto';
import type { ArtifactTerms } from '../../core/alert-life-terms.js';
import type { Artifact } from '../../core/artifact.js';

export function termsOf({
  name,
  version,
  dictionary,
  detector,
}: Pick<Artifact, 'name' | 'version' | 'dictionary' | 'detector'>): ArtifactTerms {
  const ids = dictionary.templates.map(({ id }) => id).join(' ');
  return {
    name: `${name}@${version}`,
    lines: createHash('sha256').update(ids).digest('hex').slice(0, 16),
    amounts: detector.name,
  };
}
