// The words of `consume`, and which of them go together.
import type { Artifact } from '../../core/artifact.js';
import type { CanaryFlags } from '../canary/canary-option.js';
import { nameOfArtifact } from '../lanes/promotion.js';
import { differenceOf } from '../lanes/promotion-seed.js';
import type { SourceAddress } from '../source-address.js';
import type { StoreAddress } from '../store/store-address.js';
import type { ConsumeTopicFlags } from './consume-topic.js';
import type { KeepFlags } from './keep-option.js';
import type { SinkFlags } from './sink-options.js';

export interface ConsumeFlags extends ConsumeTopicFlags, SinkFlags, CanaryFlags, KeepFlags {
  readonly from: SourceAddress;
  readonly follow: boolean;
  readonly model: string;
  readonly shadow: readonly string[];
  readonly store: StoreAddress;
  readonly for?: number;
  readonly commitEvery?: number;
  readonly untilEnd: boolean;
  readonly json: boolean;
  readonly quiet: boolean;
  readonly healthPort?: number;
}

/** The wall clock speaks only where records are written while they are read. */
export function isLive({ from, follow, untilEnd }: ConsumeFlags): boolean {
  return !untilEnd && (from.kind !== 'file' || follow);
}

/** @throws Error saying which words contradict each other */
export function checkFlags(flags: ConsumeFlags): void {
  const { from, follow, untilEnd, group, sessionTimeout, kafkaConfig } = flags;
  if (flags.canary !== undefined && !isLive(flags))
    throw new Error(
      'a canary is waited for by the clock: --canary is for streams that go on, without --until-end',
    );
  if (follow && from.kind !== 'file')
    throw new Error('--follow is for --from file:PATH: the others go on by themselves');
  if (follow && untilEnd)
    throw new Error('--follow never comes to an end: leave out --until-end, or use --for');
  if (from.kind !== 'kafka' && (group ?? sessionTimeout ?? kafkaConfig) !== undefined)
    throw new Error('--group, --session-timeout and --kafka-config go with --from kafka://…: leave them out');
  if (untilEnd && from.kind === 'synthetic')
    throw new Error('synthetic traffic has no end: use --for instead of --until-end');
}

/** @throws Error saying why one cannot be scored beside the other */
export function checkShadow(artifact: Artifact, shadow: Artifact): void {
  const difference =
    artifact.version === shadow.version ? 'it is the same artifact' : differenceOf(artifact, shadow);
  if (difference !== undefined)
    throw new Error(
      `${nameOfArtifact(shadow)} cannot be a shadow of ${nameOfArtifact(artifact)}: ${difference}`,
    );
}
