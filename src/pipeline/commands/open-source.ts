// What `consume` reads, if it is no topic: a file once or as it grows, standard input, or synthetic traffic.
import type { Artifact } from '../../core/artifact.js';
import { sourceForArtifact, sourceOfPath } from '../../core/source-name.js';
import { createFeedSource, type SyntheticFeed } from '../adapters/feed-source.js';
import { createFileSource } from '../adapters/file-source.js';
import { createFollowSource } from '../adapters/follow-source.js';
import { createStdinSource } from '../adapters/stdin-source.js';
import type { Clock, Json, RecordSource } from '../ports.js';
import type { SourceAddress } from '../source-address.js';

export interface OpenSourceOptions {
  readonly from: Exclude<SourceAddress, { kind: 'kafka' }>;
  readonly follow: boolean;
  readonly artifact: Artifact;
  readonly openFeed: (from: Json) => SyntheticFeed;
  readonly clock: Clock;
  readonly onWarning: (sentence: string) => void;
}

export function openSource({
  from,
  follow,
  artifact,
  openFeed,
  clock,
  onWarning,
}: OpenSourceOptions): RecordSource {
  if (from.kind === 'synthetic') return createFeedSource(openFeed, clock);
  const reading = {
    input: artifact.input,
    referenceYear: new Date(clock.nowMs()).getUTCFullYear(),
  };
  if (from.kind === 'stdin')
    return createStdinSource(
      { ...reading, defaultSource: sourceForArtifact(artifact, 'stdin') },
      process.stdin,
      clock,
    );
  const options = {
    ...reading,
    defaultSource: sourceForArtifact(artifact, sourceOfPath(from.path)),
    path: from.path,
    onWarning,
  };
  return follow ? createFollowSource(options, clock) : createFileSource(options, clock);
}
