// One artifact on a stream: its own state, rows, alerts and right to write, beside others that are fed the same batches.
import type { AlertEvent } from '../../core/alert-event.js';
import type { Artifact } from '../../core/artifact.js';
import { CANARY_SOURCE } from '../../core/canary/canary-source.js';
import { isCanaryAlert } from '../canary/canary-stream.js';
import type { AlertLine } from '../consume/alert-line.js';
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

/** Where alerts of an artifact are stored, and how they leave. */
export interface AlertBox {
  readonly key: StreamKey;
  readonly owner: StreamOwner;
  readonly outbox: Outbox;
  /** Of its alerts to the sinks that are elsewhere. */
  readonly courier: CourierStream | undefined;
}

export interface Lane extends AlertBox {
  readonly artifact: Scorable;
  readonly intake: Intake;
  note: LaneNote | undefined;
  /** The store does not have the note as it is now. */
  isNoteDue: boolean;
  /** It has had a window to speak for. */
  hasSpoken: boolean;
  /** As of its last commit. */
  stored: Pick<StreamState, 'position' | 'counts'>;
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
  /** How many switches there are up to the window that starts then. */
  readonly turnAt: (startMs: number) => number;
  /** Of all that read the stream. */
  readonly line: AlertLine;
  /** Of several the times of one are measured: they are all fed at once. */
  readonly isMeasured: (lane: Lane) => boolean;
  /** Of the lines that each keeps whose alerts go out. */
  readonly evidenceCharacters: number;
}

/** Its alerts go out, or will, or did: no shadow. */
export function isAlerting({ note }: Lane): boolean {
  return note?.role !== 'shadow';
}

/** @param lanes as `LaneSet` has them */
export function championIn(lanes: readonly Lane[]): Lane {
  return lanes.findLast(isAlerting)!;
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
  const { clock } = options;
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
    turnAt: (startMs: number) => options.turnAt(startMs),
  };
  const keeping = {
    isWanted: () => lane.note?.role !== 'shadow',
    maxCharacters: options.evidenceCharacters,
  };
  const isApart = (source: string): boolean => options.hasCanary && source === CANARY_SOURCE;
  const key = { streamId, artifact: { name: artifact.name, version: artifact.version } };
  const lane: Lane = {
    ...createAlertBox(key, owner, options, () => lane.intake.liveSinceMs() !== undefined),
    artifact,
    intake: createIntake(
      artifact,
      state,
      clock,
      telemetry,
      range,
      otherSourceOf(streamId),
      keeping,
      isApart,
      options.line,
    ),
    note,
    isNoteDue: false,
    hasSpoken: false,
    stored: state,
  };
  return lane;
}

export function createAlertBox(
  key: StreamKey,
  owner: StreamOwner,
  { sinks, clock, telemetry, onWarning, attach, hasCanary }: LaneOptions,
  isLive: () => boolean,
): AlertBox {
  const isForNobody = (event: AlertEvent): boolean => hasCanary && isCanaryAlert(event);
  return {
    key,
    owner,
    outbox: createOutbox(owner, sinks, clock, telemetry, onWarning, isForNobody),
    courier: attachTelling(attach, isForNobody, { key, box: owner, isLive }),
  };
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
export function unsentOf({ outbox, courier }: Pick<AlertBox, 'outbox' | 'courier'>): number {
  return Math.max(outbox.unsent(), courier?.waiting() ?? 0);
}

/** All that it begins with, as its first commit. */
export function seedCommitOf(
  { lane, state }: { readonly lane: Lane; readonly state: StreamState },
  line: AlertLine,
  nowMs: number,
): OwnedCommit {
  const gathered = lane.intake.gather(nowMs);
  const sources = state.sources.map((each) => ({
    ...each,
    alertLife: line.states.get(each.source) ?? null,
  }));
  return ownedCommitOf(lane, { ...gathered, position: state.position, sources });
}
