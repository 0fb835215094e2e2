// A topic whose windows are over everything (`groupBy: 'all'`): one stream of all its partitions in order of event time. It
// cannot be shared, since a window needs the records of all partitions: the group's leader reads, any other is refused.
import { sourceForArtifact } from '../../core/source-name.js';
import { consume } from './consume.js';
import type { PartitionsJob, PartitionsSummary } from './partitions-job.js';
import { createMergedSource, type MergedPosition } from '../partitions/merged-source.js';
import { createOffsetAdvice } from '../partitions/offset-advice.js';
import { createPartitionQueue, type PartitionQueue } from '../partitions/partition-queue.js';
import { createPartitionSource, type PartitionPosition } from '../partitions/partition-source.js';
import type { Assignment } from '../partitions/partition-group.js';
import { STOP_WITHIN_MS, within } from '../partitions/within.js';

/** Bytes that wait to be scored, of each partition. */
const QUEUED_BYTES = 4 * 2 ** 20;

/** @throws Error when it is not alone in its group and did not come first, and FencedError when another took its place */
export async function consumeWholeTopic(job: PartitionsJob): Promise<PartitionsSummary> {
  const { artifact, group, clock, hooks = {} } = job;
  const { onWarning = () => {}, onNotice = () => {} } = hooks;
  const done = new AbortController();
  const signal = AbortSignal.any([job.signal, done.signal]);
  let failure: Error | undefined;
  let rebalances = 0;
  const fail = (error: Error): void => {
    failure ??= error;
    done.abort();
  };

  try {
    const ranges = await group.offsets();
    const partitions = [...ranges.keys()].sort((a, b) => a - b);
    const queues = new Map<number, PartitionQueue>(
      partitions.map((partition) => [partition, createPartitionQueue(group, partition, QUEUED_BYTES)]),
    );
    const advice = new Map(
      partitions.map((partition) => [partition, createOffsetAdvice(group, partition, clock)]),
    );
    const source = createMergedSource(
      `kafka:${group.topic}`,
      new Map(
        partitions.map((partition) => [
          String(partition),
          createPartitionSource(
            {
              group,
              queue: queues.get(partition)!,
              partition,
              endOffset: job.untilEnd ? ranges.get(partition)!.highOffset : undefined,
              input: artifact.input,
              defaultSourceOf: (key) => sourceForArtifact(artifact, key ?? group.topic),
              onWarning,
            },
            clock,
          ),
        ]),
      ),
    );

    let becomeAlone = (): void => {};
    const alone = new Promise<void>((resolve) => {
      becomeAlone = resolve;
      if (signal.aborted) resolve();
      signal.addEventListener('abort', () => resolve(), { once: true });
    });
    const onAssigned = ({ partitions: mine, isLeader }: Assignment): void => {
      rebalances++;
      job.observer?.onAssigned(mine);
      const isAlone = partitions.every((partition) => mine.includes(partition));
      if (mine.length > partitions.length)
        return fail(new Error(`topic ${group.topic} has got more partitions: start again to read them, too`));
      if (!isAlone && (!isLeader || job.untilEnd)) return fail(notAlone(group.topic));
      if (!isAlone) return onNotice(`${notAlone(group.topic).message}: waiting for the other to leave`);
      onNotice(`reading all ${partitions.length} partitions of topic ${group.topic} as one stream`);
      for (const queue of queues.values()) queue.rejoined();
      return becomeAlone();
    };
    await group.start({
      onAssigned,
      onBatch: (batch) => queues.get(batch.partition)?.put(batch),
      onWarning,
      onFailed: fail,
    });
    // before that the stream may be another's: to take it over would stop that one
    await alone;
    if (failure !== undefined) throw failure;
    const { streamId: _streamId, ...summary } = await consume({
      ...job,
      source,
      signal,
      ticks: !job.untilEnd,
      hooks: {
        onWarning,
        onCommit: (_counts, position) => {
          for (const [partition, { position: part }] of Object.entries(position as MergedPosition))
            if (part !== null) advice.get(Number(partition))?.note((part as PartitionPosition).offset);
        },
      },
    });
    await within(STOP_WITHIN_MS, clock, Promise.all([...advice.values()].map((each) => each.flush())));
    if (failure !== undefined) throw failure;
    return {
      ...summary,
      topic: group.topic,
      partitions,
      rebalances,
      fenced: 0,
      splitSources: 0,
      movedSources: 0,
    };
  } finally {
    await within(STOP_WITHIN_MS, clock, group.stop());
  }
}

function notAlone(topic: string): Error {
  return new Error(
    `this artifact's windows are over all sources (groupBy 'all'), so one consumer must read all of topic ${topic}, and another is in its group: stop that one, or fit with one window a source to share the work`,
  );
}
