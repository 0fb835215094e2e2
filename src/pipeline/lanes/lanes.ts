// The artifacts that read one stream side by side: the champion, whose alerts go out, the one that is to follow it, a former
// one whose windows may still change, and shadows that are only compared. Each is a lane with state and rows of its own. All
// are fed the same batches and committed in one transaction, so that they always stand at one place in the input, and
// which of them speaks for a window follows from the switches in the store alone: after a crash nothing is decided anew.
import type { StageTelemetry } from '../latency/telemetry.js';
import type { GatheredCommit, Intake } from '../consume/intake.js';
import { EVIDENCE_CHARACTERS } from '../evidence/evidence.js';
import { type Lane, ownedCommitOf, seedCommitOf, unsentOf } from './lane.js';
import type { Joining, LaneJob, LaneSet } from './lane-set.js';
import { openLanes } from './open-lanes.js';
import { followRequest, retireLanes } from './follow-promotion.js';
import { FencedError, type OwnedCommit, type RecordBatch, type StreamState } from '../ports.js';
import type { ArtifactKey, StreamKey } from '../stream-key.js';
import type { SweptLane } from '../retention/sweeper.js';
import type { Courier, CourierStream } from '../sinks/courier.js';
import {
  isSameArtifact,
  type ModelSwitch,
  nameOfArtifact,
  ownerAt,
  showTime,
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
  const { streamId, store, clock, onWarning } = job;

  const isAlerting = ({ note }: Lane): boolean => note?.role !== 'shadow';
  const championNow = (): Lane => set.lanes.findLast(isAlerting)!;
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

  const set: LaneSet = {
    job,
    options: {
      clock,
      telemetry,
      sinks: job.sinks,
      attach: job.courier && attach,
      onWarning,
      hasCanary: job.hasCanary === true,
      owns,
      inherits,
      isMeasured: (lane) => lane === set.lanes[0],
      evidenceCharacters: job.evidenceCharacters ?? EVIDENCE_CHARACTERS,
    },
    lanes: [],
    line: [],
    retired: new Set(),
    commit: async (changed = [], joining) => {
      const gathered = new Map(set.lanes.map((lane) => [lane, lane.intake.gather(clock.nowMs())]));
      const first = gathered.get(set.lanes[0]!)!;
      if (first.poison.length > 0) await job.deadLetters?.keep(first.poison);
      const effects = tookEffect(set, gathered, changed);
      await write(gathered, [...changed, ...effects], joining);
      const storedTimeMs = clock.nowMs();
      for (const { to, atMs } of effects)
        onWarning(`${nameOfArtifact(to)} speaks for ${streamId} from the window of ${showTime(atMs!)} on`);
      for (const lane of set.lanes) {
        const own = gathered.get(lane)!;
        lane.outbox.note(own, storedTimeMs);
        if (own.alerts.length > 0) lane.courier?.wake();
      }
      return first;
    },
  };

  const write = async (
    gathered: ReadonlyMap<Lane, GatheredCommit>,
    changed: readonly ModelSwitch[],
    joining: Joining | undefined,
  ): Promise<void> => {
    const partOf = (lane: Lane): OwnedCommit => ownedCommitOf(lane, gathered.get(lane)!);
    const seeds = joining === undefined ? [] : [seedCommitOf(joining, clock.nowMs())];
    const [lead] = set.lanes as [Lane];
    if (set.lanes.length + seeds.length + changed.length === 1) await lead.owner.commit(partOf(lead).commit);
    else
      try {
        await store.commitTogether([...set.lanes.map(partOf), ...seeds], changed);
      } catch (error) {
        const champions = set.lanes.filter(isAlerting);
        if (!(error instanceof FencedError) || champions.length === set.lanes.length) throw error;
        // another process may have taken a shadow: that is no reason to stop
        await store.commitTogether([...champions.map(partOf), ...seeds], changed);
        onWarning(`a shadow of ${streamId} was taken over by another process: all of them are stopped here`);
        set.lanes = champions;
      }
    for (const lane of set.lanes) lane.isNoteDue = false;
    if (joining !== undefined) joining.lane.isNoteDue = false;
    set.line = set.line.map((each) => changed.find((now) => now.requestId === each.requestId) ?? each);
  };

  /** What was to come and failed before it was relied on, still to be stored. */
  let refused: ModelSwitch[] = [];

  /** A shadow that fails is left behind, and so is one that has yet to speak, or that has spoken; the champion is not. */
  const each = (work: (lane: Lane) => void): void => {
    // the newest first: until the others have done it, nobody relies on what it makes of this
    for (const lane of [...set.lanes].reverse()) {
      try {
        work(lane);
      } catch (error) {
        const isOnly = set.lanes.filter(isAlerting).length === 1;
        if (lane === championNow() && (lane.hasSpoken || isOnly)) throw error;
        leaveBehind(lane, error as Error);
      }
    }
  };
  const leaveBehind = (lane: Lane, { stack, message }: Error): void => {
    const isChampion = lane === championNow();
    set.lanes = set.lanes.filter((other) => other !== lane);
    const name = nameOfArtifact(lane.artifact);
    const role = isChampion ? 'coming champion' : isAlerting(lane) ? 'former champion' : 'shadow';
    onWarning(`the ${role} ${name} failed on ${streamId} and reads no more: ${stack ?? message}`);
    if (!isChampion) return;
    const from = set.line.findLastIndex(({ to }) => !isSameArtifact(to, lane.artifact)) + 1;
    refused = [...refused, ...set.line.slice(from).map((change) => ({ ...change, refused: message }))];
    set.line = set.line.slice(0, from);
  };

  const state = await openLanes(set);
  return {
    state,
    lead: () => set.lanes[0]!.intake,
    take: (batch) => each(({ intake }) => intake.take(batch)),
    tick: (nowMs) => each(({ intake }) => intake.tick(nowMs)),
    end: (elsewhereMs) => each(({ intake }) => intake.end(elsewhereMs)),
    pending: () => {
      const all = set.lanes.map(({ intake }) => intake.pending());
      return {
        rows: Math.max(...all.map(({ rows }) => rows)),
        poison: all[0]!.poison,
        hasProgress: refused.length > 0 || all.some(({ hasProgress }) => hasProgress),
      };
    },
    commit: async () => {
      const changed = refused;
      refused = [];
      return set.commit(changed);
    },
    deliver: async () => {
      for (const { outbox, intake } of set.lanes) await outbox.deliver(intake.liveSinceMs());
    },
    unsent: () => set.lanes.reduce((sum, lane) => sum + unsentOf(lane), 0),
    release: async () => {
      await Promise.all(attached.map((courier) => courier.release()));
    },
    held: () =>
      set.lanes.map((lane) => ({
        key: lane.key,
        epoch: lane.owner.epoch,
        isAlerting: isAlerting(lane),
      })),
    swept: () => set.lanes,
    follow: async (commit) => {
      if (job.decodeModel === undefined) return;
      await retireLanes(set, commit);
      await followRequest(set, commit);
    },
  };
}

/** Switches whose new artifact has a row to store that it speaks for, for the first time. */
function tookEffect(
  { lanes, line, job }: LaneSet,
  gathered: ReadonlyMap<Lane, GatheredCommit>,
  changed: readonly ModelSwitch[],
): ModelSwitch[] {
  return line.flatMap((each, index) => {
    if (each.effectTimeMs !== null || changed.some(({ requestId }) => requestId === each.requestId))
      return [];
    const lane = lanes.find(({ artifact }) => isSameArtifact(artifact, each.to));
    const rows = lane === undefined ? [] : gathered.get(lane)!.windows;
    // the next one may have been planned for the same window
    const untilMs = line[index + 1]?.atMs ?? Number.POSITIVE_INFINITY;
    const isInEffect = rows.some(({ startMs }) => startMs >= each.atMs! && startMs < untilMs);
    return isInEffect ? [{ ...each, effectTimeMs: job.clock.nowMs() }] : [];
  });
}
