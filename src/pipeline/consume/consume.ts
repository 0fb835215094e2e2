// The streaming consumer: a loop around the scorer's `push` that reads, ticks, commits and alerts. Everything a commit
// holds is of one moment, so that a crash anywhere repeats nothing that was stored and loses nothing that was not.
import type { Artifact } from '../../core/artifact.js';
import { CANARY_SOURCE } from '../../core/canary/canary-source.js';
import type { ConsumeObserver } from '../health/consume-status.js';
import type { StreamCounts } from './counts.js';
import type { Courier } from '../sinks/courier.js';
import { createInbox } from './inbox.js';
import { createLanes, type HeldLane } from '../lanes/lanes.js';
import type { Speaker } from '../lanes/promotion.js';
import type {
  AlertSink,
  Clock,
  DeadLetterSink,
  Json,
  RecordSource,
  ResultStore,
  StreamState,
} from '../ports.js';
import type { Retention } from '../retention/retention.js';
import { createSweeper } from '../retention/sweeper.js';
import { createTelemetry, type StageReport, type StageTelemetry } from '../latency/telemetry.js';

export interface ConsumeJob {
  readonly artifact: Omit<Artifact, 'probe'>;
  readonly source: RecordSource;
  readonly store: ResultStore;
  readonly sinks: readonly AlertSink[];
  /** Of the sinks that are elsewhere: shared by several loops, and never waited for. */
  readonly courier?: Pick<Courier, 'attach'> | undefined;
  readonly clock: Clock;
  /** Stops cleanly: open windows stay open for the next run. */
  readonly signal: AbortSignal;
  /** Whether the wall clock closes windows of silent sources once the input was caught up with. */
  readonly ticks: boolean;
  /** How much of history a crash may make it read again. Default one second. */
  readonly commitEveryMs?: number | undefined;
  /** Gets what cannot be read, before the position moves beyond it. */
  readonly deadLetters?: DeadLetterSink | undefined;
  /**
   * For an input of several parts, each read by a loop of its own: called when this part is over, with its greatest event
   * time, resolves once all are, with the greatest of all; undefined when it was stopped before.
   */
  readonly agreeOnEnd?: (maxEventTimeMs: number | undefined) => Promise<number | undefined>;
  /** Whether a source is to come to the stream that is elsewhere now: until then nobody who reads it has had his time. */
  readonly isWaiting?: () => boolean;
  /** Shared by several loops; their summaries then tell of all of them. */
  readonly telemetry?: StageTelemetry | undefined;
  /** For health checks and metrics. */
  readonly observer?: ConsumeObserver | undefined;
  /** Whether the reserved source is the canary: counted apart, its alerts stored and told to nobody. */
  readonly hasCanary?: boolean | undefined;
  readonly hooks?: ConsumeHooks;
  /** How long results are kept; without it nothing is deleted. Shared by several loops. */
  readonly retention?: Retention | undefined;
  /** Of the lines that are kept in memory for alerts. Default EVIDENCE_CHARACTERS. */
  readonly evidenceCharacters?: number | undefined;
  /** Artifacts that score the same reads into the store, and never alert. */
  readonly shadows?: readonly Omit<Artifact, 'probe'>[] | undefined;
  /**
   * Verifies an artifact that the store keeps; with it requests for promotion are followed while the stream is read.
   *
   * @throws Error when it would not score here as it did where it was fitted
   */
  readonly decodeModel?: ((text: string) => Omit<Artifact, 'probe'>) | undefined;
}

export interface ConsumeHooks {
  readonly onWarning?: (sentence: string) => void;
  /** Once, with what an earlier run left, and which artifacts read, whenever that is asked. */
  readonly onTakeOver?: (state: StreamState, held: () => readonly HeldLane[]) => void;
  /** After each commit. */
  readonly onCommit?: (counts: StreamCounts, position: Json) => void;
  /** Once, when all that was written so far has been read. */
  readonly onCaughtUp?: (counts: StreamCounts) => void;
}

export interface ConsumeSummary {
  readonly streamId: string;
  /** Over all runs on this store, and all artifacts that spoke. */
  readonly counts: StreamCounts;
  /** First to last. */
  readonly speakers: readonly Speaker[];
  /** Of this run, ms. */
  readonly latencyMs: StageReport;
  readonly backfillMs: StageReport;
  /** Whether the input ended, and every window with it; otherwise it was stopped. */
  readonly isOver: boolean;
  readonly unsentAlerts: number;
}

const TICK_EVERY_MS = 1000;
/** For requests to promote an artifact. */
const LOOK_EVERY_MS = 1000;
/** Of history, and of a live stream that has no row to show. */
const COMMIT_HISTORY_EVERY_MS = 1000;
const COMMIT_LIVE_EVERY_MS = 5000;
/** Rows of a live stream are shown at once, but not in more commits than this. */
const COMMIT_ROWS_EVERY_MS = 100;
const COMMIT_AT_ROWS = 2000;
/** Poison is held with all its bytes until then. */
const COMMIT_AT_POISON = 500;
const WAIT_MS = 100;

/**
 * Reads until the input is over or the signal aborts, from where the last commit for this stream and artifact stood.
 *
 * @throws FencedError once another process has taken the stream over; nothing was written after that
 */
export async function consume(job: ConsumeJob): Promise<ConsumeSummary> {
  const { source, clock, signal, commitEveryMs = COMMIT_HISTORY_EVERY_MS, hooks = {}, observer } = job;
  const telemetry = job.telemetry ?? createTelemetry();
  const { onWarning = () => {} } = hooks;
  const lanes = await createLanes({ ...job, streamId: source.streamId, onWarning }, telemetry);
  hooks.onTakeOver?.(lanes.state, () => lanes.held());

  let committedAtMs = clock.nowMs();
  let isNameTold = false;
  const commit = async (): Promise<void> => {
    const gathered = await lanes.commit();
    committedAtMs = clock.nowMs();
    for (const { scoredTimeMs, stamps } of gathered.windows) {
      telemetry.observe('scoredToCommit', stamps.isLive, gathered.commitTimeMs - scoredTimeMs);
      telemetry.observe('commitToStored', stamps.isLive, committedAtMs - gathered.commitTimeMs);
    }
    observer?.onCommit(source.streamId, { ...gathered, counts: lanes.counts() });
    if (!isNameTold && job.hasCanary !== true) {
      isNameTold = gathered.sources.some((each) => each.source === CANARY_SOURCE);
      if (isNameTold) onWarning(reservedNameWords(source.streamId));
    }
    await lanes.deliver();
    hooks.onCommit?.(lanes.counts(), gathered.position);
  };
  const isCommitDue = (): boolean => {
    const { rows, poison, hasProgress } = lanes.pending();
    if (!hasProgress) return false;
    if (poison >= COMMIT_AT_POISON) return true;
    const sinceMs = clock.nowMs() - committedAtMs;
    if (lanes.lead().liveSinceMs() === undefined) return rows >= COMMIT_AT_ROWS || sinceMs >= commitEveryMs;
    return sinceMs >= (rows > 0 ? COMMIT_ROWS_EVERY_MS : COMMIT_LIVE_EVERY_MS);
  };

  const sweeper = job.retention && createSweeper(job.retention, () => lanes.swept(), clock);

  await lanes.deliver();
  const { state } = lanes;
  // of several that speak one after the other each has only a part of what came
  observer?.onTakeOver(source.streamId, { ...state, counts: state.counts && lanes.counts() });
  const inbox = createInbox(source.batches(lanes.state.position, signal), clock, signal);
  let isOver = false;
  try {
    let isCaughtUp = false;
    let wasCaughtUp = false;
    // once live it stays so, also when another artifact takes the lead that has read nothing yet
    let isLive = false;
    let tickedAtMs = Number.NEGATIVE_INFINITY;
    let lookedAtMs = clock.nowMs();
    // before anything is read: what is to be left behind may be what cannot read on
    await lanes.follow(commit);
    while (!isOver && !signal.aborted) {
      const came = await inbox.next(WAIT_MS);
      if (came === 'over') isOver = !signal.aborted;
      else if (came !== 'idle') {
        if (came.reads.length > 0) observer?.onRead(source.streamId);
        lanes.take(came);
        isCaughtUp = came.isCaughtUp;
      }
      isLive ||= lanes.lead().liveSinceMs() !== undefined;
      if (isCaughtUp && !wasCaughtUp) hooks.onCaughtUp?.(lanes.counts());
      wasCaughtUp ||= isCaughtUp;
      // never before all that was written is read: a window closed early would only have to be corrected
      if (job.ticks && isLive && isCaughtUp && clock.nowMs() - tickedAtMs >= TICK_EVERY_MS) {
        tickedAtMs = clock.nowMs();
        lanes.tick(tickedAtMs);
      }
      if (isCommitDue()) await commit();
      await sweeper?.step(!lanes.pending().hasProgress);
      if (clock.nowMs() - lookedAtMs < LOOK_EVERY_MS) continue;
      lookedAtMs = clock.nowMs();
      await lanes.follow(commit);
    }
    if (isOver && job.agreeOnEnd !== undefined) {
      if (lanes.pending().hasProgress) await commit();
      const endMs = await job.agreeOnEnd(lanes.lead().maxEventTimeMs());
      isOver = !signal.aborted;
      if (isOver) lanes.end(endMs);
    } else if (isOver) lanes.end();
    if (lanes.pending().hasProgress) await commit();
    // whoever waits from now on is not done, and says so before it asks
    if (job.isWaiting?.() === true) await lanes.follow(commit);
  } finally {
    observer?.onReleased(source.streamId);
    await inbox.close();
    await lanes.release();
  }
  return {
    streamId: source.streamId,
    counts: lanes.counts(),
    speakers: lanes.speakers(),
    latencyMs: telemetry.live(),
    backfillMs: telemetry.backfill(),
    isOver,
    unsentAlerts: lanes.unsent(),
  };
}

function reservedNameWords(streamId: string): string {
  return `${streamId} has records of '${CANARY_SOURCE}', the name of the detection canary: they are taken like those of any other source; with --canary they would be the canary's`;
}
