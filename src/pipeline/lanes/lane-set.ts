// The lanes of one stream as those who change them share them: which there are, the switches between them, and how another
// one joins.
import type { GatheredCommit } from '../consume/intake.js';
import { createLane, type Lane, type LaneOptions, type Scorable, takeOverLane } from './lane.js';
import type { AlertSink, Clock, DeadLetterSink, ResultStore, StreamState } from '../ports.js';
import type { Courier } from '../sinks/courier.js';
import { restoreAlerts } from '../consume/alert-line.js';
import type { AlertHome } from './alert-home.js';
import type { AlertOrder } from './alert-order.js';
import { isSameArtifact, type ModelSwitch } from './promotion.js';

export interface LaneJob {
  readonly streamId: string;
  readonly artifact: Scorable;
  readonly store: ResultStore;
  readonly sinks: readonly AlertSink[];
  /** Of the sinks that are elsewhere. */
  readonly courier?: Pick<Courier, 'attach'> | undefined;
  readonly clock: Clock;
  readonly deadLetters?: DeadLetterSink | undefined;
  /** Never alert. */
  readonly shadows?: readonly Scorable[] | undefined;
  /** Verifies an artifact that the store keeps; without it no request is followed. */
  readonly decodeModel?: ((text: string) => Scorable) | undefined;
  /** Of the lines that are kept in memory for alerts. Default EVIDENCE_CHARACTERS. */
  readonly evidenceCharacters?: number | undefined;
  /** Whether the reserved source is the canary, whose alerts are for nobody and whose records are counted apart. */
  readonly hasCanary?: boolean | undefined;
  /** Whether a source is to come to the stream that is elsewhere now. */
  readonly isWaiting?: (() => boolean) | undefined;
  readonly onWarning: (sentence: string) => void;
}

/** What `lanes` and the following of requests share. */
export interface LaneSet {
  readonly job: LaneJob;
  readonly options: LaneOptions;
  readonly alerts: AlertOrder;
  /** In the order of their switches, shadows last. Never empty. */
  lanes: Lane[];
  /** Of those that read no more. */
  homes: AlertHome[];
  /** The switches that led here and will lead on; none that was refused. */
  line: ModelSwitch[];
  /** Names of those of the line that had their time in full. */
  readonly retired: Set<string>;
  /** Stores what is pending of all lanes, and the switches that changed. */
  commit(changed?: readonly ModelSwitch[], joining?: Joining): Promise<GatheredCommit>;
}

/** A lane that is stored with all that it begins with. */
export interface Joining {
  readonly lane: Lane;
  readonly state: StreamState;
}

export async function joinLane(
  set: LaneSet,
  artifact: Scorable,
  begin: (taken: StreamState) => { readonly state: StreamState; readonly note: Lane['note'] },
): Promise<Joining> {
  const { job, options, alerts } = set;
  // its alerts are its own again
  set.homes = set.homes.filter(({ key }) => !isSameArtifact(key.artifact, artifact));
  const owner = await takeOverLane(job.store, job.streamId, artifact);
  const { state, note } = begin(owner.state);
  restoreAlerts(alerts.states, state.sources, artifact);
  const lane = createLane(job.streamId, artifact, owner, state, note, options);
  lane.isNoteDue = JSON.stringify(note) !== JSON.stringify(owner.state.lane);
  return { lane, state };
}
