// One artifact on a stream: its own state, rows, alerts and right to write, beside others that are fed the same batches.
import type { AlertEvent } from '../../core/alert-event.js';
import type { Artifact } from '../../core/artifact.js';
import { CANARY_SOURCE } from '../../core/canary/canary-source.js';
import { isCanaryAlert } from '../canary/canary-stream.js';
import { createIntake, type GatheredCommit, type Intake } from '../consume/intake.js';
import { otherSourceOf } from '../partitions/stream-id.js';
import { createOutbox, type Outbox } from '../alerts/outbox.js';
import type {
  AlertSink,
  Clock,
  OwnedCommit,
  ResultStore,
  StreamOwner,
  StreamState,
  Telemetry,
} from '../ports.js';
import type { StreamKey } from '../stream-key.js';
import type { Courier, CourierStream } from '../sinks/courier.js';
import type { LaneNote } from './promotion.js';

export type Scorable = Omit<Artifact, 'probe'>;

export interface Lane {
  readonly key: StreamKey;
  readonly artifact: Scorable;
  readonly owner: StreamOwner;
  readonly intake: Intake;
  readonly outbox: Outbox;
  /** Of its alerts to the sinks that are elsewhere. */
  readonly courier: CourierStream | undefined;
  note: LaneNote | undefined;
  /** The store does not have the note as it is now. */
  isNoteDue: boolean;
  /** It has had a window to speak for. */
  hasSpoken: boolean;
}

export interface LaneOptions {
  readonly clock: Clock;
  readonly telemetry: Telemetry;
  readonly sinks: readonly AlertSink[];
  readonly attach: Courier['attach'] | undefined;
  readonly onWarning: (sentence: string) => void;
  /** Whether the reserved source is the canary: counted apart, its alerts stored and told to nobody. */
  readonly hasCanary: boolean;
  /** Whether an artifact speaks for the window that starts then. */
  readonly owns: (lane: Lane, startMs: number) => boolean;
  /** Whether it speaks for the window because nobody is left who did, though it began to read after it. */
  readonly inherits: (lane: Lane, startMs: number) => boolean;
  /** Of several the times of one are measured: they are all fed at once. */
  readonly isMeasured: (lane: Lane) => boolean;
  /** Of the lines that each keeps whose alerts go out. */
  readonly evidenceCharacters: number;
}

export function takeOverLane(store: ResultStore, streamId: string, artifact: Scorable): Promise<StreamOwner> {
  const { name, version, spec } = artifact;
  const names = spec.features.map((feature) => feature.name);
  return store.takeOver({ streamId, artifact: { name, version } }, names);
}

/** @param state where it begins: what its owner took over, or a seed */
export function createLane(
  streamId: string,
  artifact: Scorable,
  owner: StreamOwner,
  state: StreamState,
  note: LaneNote | undefined,
  options: LaneOptions,
): Lane {
  const { clock, sinks, onWarning } = options;
  const telemetry: Telemetry = {
    observe: (...measured) => {
      if (options.isMeasured(lane)) options.telemetry.observe(...measured);
    },
  };
  const fromMs = note?.fromMs ?? Number.NEGATIVE_INFINITY;
  const range = {
    isWhole: (startMs: number): boolean => startMs >= fromMs || options.inherits(lane, startMs),
    owns: (startMs: number): boolean => {
      const isOwn = options.owns(lane, startMs);
      lane.hasSpoken ||= isOwn;
      return isOwn;
    },
  };
  const keeping = {
    isWanted: () => lane.note?.role !== 'shadow',
    maxCharacters: options.evidenceCharacters,
  };
  const isApart = (source: string): boolean => options.hasCanary && source === CANARY_SOURCE;
  const isForNobody = (event: AlertEvent): boolean => options.hasCanary && isCanaryAlert(event);
  const key = { streamId, artifact: { name: artifact.name, version: artifact.version } };
  const lane: Lane = {
    key,
    artifact,
    owner,
    intake: createIntake(artifact, state, clock, telemetry, range, otherSourceOf(streamId), keeping, isApart),
    outbox: createOutbox(owner, sinks, clock, options.telemetry, onWarning, isForNobody),
    courier: attachTelling(options.attach, isForNobody, {
      key,
      box: owner,
      isLive: () => lane.intake.liveSinceMs() !== undefined,
    }),
    note,
    isNoteDue: false,
    hasSpoken: false,
  };
  return lane;
}

/** To the sinks elsewhere, but for what is for nobody. */
function attachTelling(
  attach: Courier['attach'] | undefined,
  isForNobody: (event: AlertEvent) => boolean,
  stream: Parameters<Courier['attach']>[0],
): CourierStream | undefined {
  const courier = attach?.(stream);
  return (
    courier && {
      ...courier,
      deliveriesOf: (events, commitTimeMs) =>
        courier.deliveriesOf(
          events.filter((event) => !isForNobody(event)),
          commitTimeMs,
        ),
    }
  );
}

export function ownedCommitOf(
  { key, owner, courier, note, isNoteDue }: Lane,
  gathered: GatheredCommit,
): OwnedCommit {
  const deliveries = courier?.deliveriesOf(gathered.alerts, gathered.commitTimeMs);
  return {
    key,
    epoch: owner.epoch,
    commit: { ...gathered, deliveries, ...(isNoteDue ? { lane: note } : {}) },
  };
}

/** Alert events that some sink was not told of yet. */
export function unsentOf({ outbox, courier }: Lane): number {
  return Math.max(outbox.unsent(), courier?.waiting() ?? 0);
}

/** All that it begins with, as its first commit. */
export function seedCommitOf(
  { lane, state }: { readonly lane: Lane; readonly state: StreamState },
  nowMs: number,
): OwnedCommit {
  const gathered = lane.intake.gather(nowMs);
  return ownedCommitOf(lane, { ...gathered, position: state.position, sources: state.sources });
}
