// A partitioned topic: one loop a partition that this member of the group holds, each with a state, a position and an owner
// epoch of its own in the store, so that sources move with their partitions from one process to another.
import { sourceForArtifact } from '../../core/source-name.js';
import { consume, type ConsumeSummary } from './consume.js';
import { addCounts } from './add-counts.js';
import type { StreamCounts } from './counts.js';
import { createAssignments } from '../partitions/assignments.js';
import { EVIDENCE_CHARACTERS } from '../evidence/evidence.js';
import { createNaps } from '../partitions/naps.js';
import { createOffsetAdvice, type OffsetAdvice } from '../partitions/offset-advice.js';
import { createEndAgreement, type EndAgreement } from '../partitions/end-agreement.js';
import type { Assignment, OffsetRange } from '../partitions/partition-group.js';
import type { PartitionQueue } from '../partitions/partition-queue.js';
import { createPartitionSource, type PartitionPosition } from '../partitions/partition-source.js';
import type { PartitionMoves } from '../partitions/partition-moves.js';
import { createSourceMoves } from '../partitions/source-moves.js';
import { partitionOfStream } from '../partitions/stream-id.js';
import { createTopicGrowth } from '../partitions/topic-growth.js';
import { askAgain } from '../partitions/ask-again.js';
import { createSourceWatch } from '../partitions/source-watch.js';
import { notAlone, partitionsHeld, partitionsStuck } from './describe-group.js';
import type { PartitionsJob, PartitionsSummary } from './partitions-job.js';
import { STOP_WITHIN_MS, within } from '../partitions/within.js';
import { createTelemetry } from '../latency/telemetry.js';

const LOOK_EVERY_MS = 500;
const LOOK_SHARED_EVERY_MS = 60_000;

interface Progress {
  counts: StreamCounts | undefined;
  unsentAlerts: number;
}

/** @throws Error when the topic cannot be read any more, when the store fails, and when `untilEnd` finds another member */
export async function consumePartitions(job: PartitionsJob): Promise<PartitionsSummary> {
  const { artifact, group, clock, hooks = {} } = job;
  const { onWarning = () => {}, onNotice = () => {} } = hooks;
  const telemetry = job.telemetry ?? createTelemetry();
  const watch = createSourceWatch(group.topic, onWarning);
  const progress = new Map<number, Progress>();
  const done = new AbortController();
  let failure: Error | undefined;
  let rebalances = 0;
  const ended = new Set<number>();
  let ends: ReadonlyMap<number, OffsetRange> | undefined;
  let agreement: EndAgreement | undefined;

  const fail = (error: Error): void => {
    failure ??= error;
    done.abort();
  };

  const until = AbortSignal.any([job.signal, done.signal]);
  const asking = { clock, signal: until, onWarning };
  const naps = createNaps(clock);
  const moves = createSourceMoves({
    topic: group.topic,
    store: job.store,
    growth: createTopicGrowth(
      group.topic,
      () => askAgain(`the partitions of topic ${group.topic}`, () => group.partitionCount(), asking),
      () => job.store.streamPositions(artifact),
    ),
    offsets: () => askAgain(`the offsets of topic ${group.topic}`, () => group.offsets(), asking),
    readPartitions: () => ends && [...ends.keys()],
    watch,
    clock,
    naps,
    onWarning,
    onNotice,
  });

  /** Until the input or the signal ends it, or a source is to come or go. */
  const readOn = async (
    partition: number,
    queue: PartitionQueue,
    place: PartitionMoves,
    own: Progress,
    advise: OffsetAdvice,
    signal: AbortSignal,
  ): Promise<ConsumeSummary> => {
    const source = createPartitionSource(
      {
        group,
        queue,
        partition,
        endOffset: ends?.get(partition)?.highOffset,
        gate: place.gate,
        input: artifact.input,
        hasCanary: job.hasCanary,
        defaultSourceOf: (key) => sourceForArtifact(artifact, key ?? group.topic),
        onWarning,
      },
      clock,
    );
    const summary = await consume({
      ...job,
      source,
      signal,
      ticks: !job.untilEnd,
      isWaiting: () => place.isWaiting(),
      telemetry,
      // as many partitions as there are now have one bound together
      evidenceCharacters: EVIDENCE_CHARACTERS / Math.max(1, assignments.partitions().length),
      ...(agreement && { agreeOnEnd: (maxEventTimeMs) => agreement!.arrive(maxEventTimeMs, signal) }),
      hooks: {
        onWarning,
        onTakeOver: ({ sources }, held) =>
          place.onTakeOver(
            sources.map((each) => each.source),
            held,
          ),
        onCommit: (counts, position) => {
          own.counts = counts;
          advise.note((position as PartitionPosition).offset);
          hooks.onCommit?.(partition, counts);
        },
      },
    });
    own.counts = summary.counts;
    own.unsentAlerts = summary.unsentAlerts;
    await advise.flush();
    return summary;
  };

  const run = async (partition: number, queue: PartitionQueue, signal: AbortSignal): Promise<void> => {
    const own: Progress = { counts: undefined, unsentAlerts: 0 };
    progress.set(partition, own);
    const advise = createOffsetAdvice(group, partition, clock);
    const place = moves.enter(partition);
    try {
      while (!signal.aborted) {
        const { isOver } = await readOn(partition, queue, place, own, advise, await place.begin(signal));
        if (isOver) ended.add(partition);
        if (ended.size === ends?.size) done.abort();
        if (isOver || !place.isBetweenTurns()) return;
        await place.settle(signal);
      }
    } finally {
      moves.leave(place);
    }
  };

  const assignments = createAssignments({ group, clock, run, onFailed: fail, onWarning });
  const onAssigned = ({ partitions }: Assignment): void => {
    if (until.aborted) return;
    rebalances++;
    if (ends !== undefined && partitions.length < ends.size)
      return fail(notAlone(group.topic, ends, partitions));
    // one that was added since has nothing that this run is about
    const mine = partitions.filter((each) => ends?.has(each) ?? true);
    job.observer?.onAssigned(mine);
    assignments.assign(mine);
    onNotice(partitionsHeld(group.topic, partitions));
  };

  let sharedAtMs = Number.NEGATIVE_INFINITY;
  /** What other processes read, too. */
  const lookForShared = async (): Promise<void> => {
    sharedAtMs = clock.nowMs();
    for (const { source, streamIds } of await job.store.sharedSources(artifact))
      for (const streamId of streamIds) {
        const partition = partitionOfStream(group.topic, streamId);
        if (partition !== undefined) watch.onSource(partition, source);
      }
  };

  try {
    if (job.untilEnd) {
      ends = await group.offsets();
      agreement = createEndAgreement(ends.size);
    }
    await group.start({ onAssigned, onBatch: (batch) => assignments.put(batch), onWarning, onFailed: fail });
    while (!until.aborted) {
      await naps.sleep(LOOK_EVERY_MS, until);
      await moves.look();
      if (clock.nowMs() - sharedAtMs >= LOOK_SHARED_EVERY_MS) await lookForShared();
      const stuck = assignments.takeStuck();
      if (stuck.length === 0) continue;
      onWarning(partitionsStuck(group.topic, stuck));
      await group.rejoin();
    }
  } finally {
    await within(STOP_WITHIN_MS, clock, assignments.stop());
    await within(STOP_WITHIN_MS, clock, group.stop());
  }
  if (failure !== undefined) throw failure;
  const partitions = assignments.partitions();
  const last = partitions.flatMap((partition) => progress.get(partition) ?? []);
  return {
    topic: group.topic,
    partitions,
    counts: addCounts(last.flatMap(({ counts }) => counts ?? [])),
    latencyMs: telemetry.live(),
    backfillMs: telemetry.backfill(),
    isOver: ended.size === ends?.size,
    unsentAlerts: last.reduce((sum, { unsentAlerts }) => sum + unsentAlerts, 0),
    rebalances,
    fenced: assignments.fenced(),
    splitSources: watch.splitSources(),
    movedSources: watch.movedSources(),
  };
}
