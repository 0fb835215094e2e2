// The artifacts that read one stream side by side: the champion, whose alerts go out, the one that is to follow it, a former
// one whose windows may still change, and shadows that are only compared. Each is a lane with state and rows of its own. All
// are fed the same batches and committed in one transaction, so that they always stand at one place in the input, and
// which of them speaks for a window follows from the switches in the store alone: after a crash nothing is decided anew.
import type { StageTelemetry } from '../latency/telemetry.js';
import type { GatheredCommit, Intake } from '../consume/intake.js';
import { EVIDENCE_CHARACTERS } from '../evidence/evidence.js';
import { championIn, isAlerting, type Lane, unsentOf } from './lane.js';
import { noteAtHome } from './alert-home.js';
import { type StreamCounts, withSpoken } from '../consume/counts.js';
import { createAlertOrder } from './alert-order.js';
import { commitLanes } from './commit-lanes.js';
import type { LaneJob, LaneSet } from './lane-set.js';
import { leaveBehind } from './leave-behind.js';
import { openLanes } from './open-lanes.js';
import { followRequest, leaveHomes, retireLanes } from './follow-promotion.js';
import type { RecordBatch, StreamState } from '../ports.js';
import type { ArtifactKey, StreamKey } from '../stream-key.js';
import type { SweptLane } from '../retention/sweeper.js';
import type { Courier, CourierStream } from '../sinks/courier.js';
import {
  isSameArtifact,
  type ModelSwitch,
  nameOfArtifact,
  ownerAt,
  type Speaker,
  speakersOf,
  successionAt,
} from './promotion.js';

/** An artifact that reads the stream, and the right to write for it. */
export interface HeldLane {
  readonly key: StreamKey;
  readonly epoch: number;
  /** Its alerts go out, or will, or did: no shadow. */
  readonly isAlerting: boolean;
}

export interface Lanes {
  /** The one that the stream's counts, stages and poison are told of. */
  lead(): Intake;
  /** Over all runs, and all that spoke one after the other: each window and alert once. */
  counts(): StreamCounts;
  /** Who spoke so far, first to last. */
  speakers(): readonly Speaker[];
  /** As an earlier run left it. */
  readonly state: StreamState;
  take(batch: RecordBatch): void;
  tick(nowMs: number): void;
  end(elsewhereMs?: number): void;
  /** Of all together. */
  pending(): ReturnType<Intake['pending']>;
  /** Stores what was gathered since the last time. @returns that of the lead */
  commit(): Promise<GatheredCommit>;
  /** Sends the alerts that were committed. */
  deliver(): Promise<void>;
  unsent(): number;
  /** Lets go of the stream: sends to sinks elsewhere what can be sent in little time. */
  release(): Promise<void>;
  /** All that read at this moment. */
  held(): readonly HeldLane[];
  /** The same, for whoever deletes what is old of them. */
  swept(): readonly SweptLane[];
  /**
   * Looks for requests in the store, and lets go of who is done. To be called about once a second.
   *
   * @param commit stores what is pending, and sends what is to be sent
   */
  follow(commit: () => Promise<void>): Promise<void>;
}

/** @param telemetry for the lead's stages */
export async function createLanes(job: LaneJob, telemetry: StageTelemetry): Promise<Lanes> {
  const { clock, onWarning } = job;

  const championNow = (): Lane => championIn(set.lanes);
  const laneOf = (key: ArtifactKey): Lane | undefined =>
    set.lanes.find((each) => isAlerting(each) && isSameArtifact(each.artifact, key));
  const owns = (lane: Lane, startMs: number): boolean => {
    if (!isAlerting(lane) || set.line.length === 0) return isAlerting(lane);
    const speaker = successionAt(job.artifact, set.line, startMs).find((key) => laneOf(key) !== undefined);
    return speaker !== undefined && isSameArtifact(speaker, lane.artifact);
  };
  // whoever retired has seen all of its windows of every source that there was then: what is new is whole here, too
  const inherits = (lane: Lane, startMs: number): boolean =>
    set.retired.has(nameOfArtifact(ownerAt(job.artifact, set.line, startMs))) && owns(lane, startMs);

  // also of lanes that are left behind: what they said goes on to the sinks
  const attached: CourierStream[] = [];
  const attach: Courier['attach'] = (stream) => {
    const courier = job.courier!.attach(stream);
    attached.push(courier);
    return courier;
  };

  const alerts = createAlertOrder((openedBy) => {
    const lane = set.lanes.find(({ artifact }) => nameOfArtifact(artifact) === openedBy);
    if (lane !== undefined) return (event, row) => lane.intake.noteAlert(event, row);
    const home = set.homes.find(({ key }) => nameOfArtifact(key.artifact) === openedBy);
    if (home === undefined) return undefined;
    return (event, row) => {
      noteAtHome(home, event, row);
      championNow().intake.countAlert(event);
    };
  });

  const set: LaneSet = {
    job,
    alerts,
    options: {
      clock,
      telemetry,
      sinks: job.sinks,
      attach: job.courier && attach,
      onWarning,
      hasCanary: job.hasCanary === true,
      owns,
      inherits,
      turnAt: (startMs) => set.line.findLastIndex(({ atMs }) => atMs! <= startMs),
      line: alerts,
      isMeasured: (lane) => lane === set.lanes[0],
      evidenceCharacters: job.evidenceCharacters ?? EVIDENCE_CHARACTERS,
    },
    lanes: [],
    homes: [],
    line: [],
    retired: new Set(),
    commit: (changed, joining) => commitLanes(set, changed, joining),
  };

  /** What was to come and failed before it was relied on, still to be stored. */
  let refused: ModelSwitch[] = [];

  const each = (work: (lane: Lane) => void): void => {
    // the newest first: until the others have done it, nobody relies on what it makes of this
    for (const lane of [...set.lanes].reverse()) {
      try {
        work(lane);
      } catch (error) {
        const isOnly = set.lanes.filter(isAlerting).length === 1;
        if (lane === championNow() && (lane.hasSpoken || isOnly)) throw error;
        refused = [...refused, ...leaveBehind(set, lane, error as Error)];
      }
    }
  };
  const all = (work: (lane: Lane) => void): void => {
    each(work);
    alerts.settle();
  };

  const state = await openLanes(set);
  return {
    state,
    lead: () => set.lanes[0]!.intake,
    counts: () => {
      const [first, ...others] = set.lanes.filter(isAlerting).map(({ intake }) => intake.counts());
      return withSpoken(first!, others);
    },
    speakers: () => speakersOf(job.artifact, set.line),
    take: (batch) => all(({ intake }) => intake.take(batch)),
    tick: (nowMs) => all(({ intake }) => intake.tick(nowMs)),
    end: (elsewhereMs) => all(({ intake }) => intake.end(elsewhereMs)),
    pending: () => {
      const waiting = set.lanes.map(({ intake }) => intake.pending());
      return {
        rows: Math.max(...waiting.map(({ rows }) => rows)),
        poison: waiting[0]!.poison,
        hasProgress: refused.length > 0 || waiting.some(({ hasProgress }) => hasProgress),
      };
    },
    commit: async () => {
      const changed = refused;
      refused = [];
      return set.commit(changed);
    },
    deliver: async () => {
      for (const { outbox, intake } of set.lanes) await outbox.deliver(intake.liveSinceMs());
      for (const { outbox } of set.homes) await outbox.deliver(set.lanes[0]!.intake.liveSinceMs());
    },
    unsent: () => [...set.lanes, ...set.homes].reduce((sum, lane) => sum + unsentOf(lane), 0),
    release: async () => {
      await Promise.all(attached.map((courier) => courier.release()));
    },
    held: () => [
      ...set.lanes.map((lane) => ({
        key: lane.key,
        epoch: lane.owner.epoch,
        isAlerting: isAlerting(lane),
      })),
      ...set.homes.map(({ key, owner }) => ({ key, epoch: owner.epoch, isAlerting: false })),
    ],
    swept: () => set.lanes,
    follow: async (commit) => {
      if (job.decodeModel === undefined) return;
      await retireLanes(set, commit);
      await leaveHomes(set);
      await followRequest(set, commit);
    },
  };
}
