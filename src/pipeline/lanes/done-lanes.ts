// When a former champion is done: nothing can change a window of its. Of the partitions of a topic none lets one go before all
// are done with it: a source that comes from another one may have windows of it that are still open, and whoever had let
// it go could not go on with them.
import type { Lane } from './lane.js';
import type { LaneSet } from './lane-set.js';
import { isOfStream, isSameArtifact, type ModelSwitch, topicOfStream } from './promotion.js';
import { isFinalBefore } from './promotion-seed.js';

/**
 * Looks whether a former champion is done here, tells the store when that changes, and says whether it is so everywhere. Who
 * waits for a source is not done, and the store knows that before the source is asked for: so none that is open comes
 * to where it is said to be done.
 */
export async function isDoneEverywhere(
  set: LaneSet,
  lane: Lane,
  change: ModelSwitch,
  commit: () => Promise<void>,
): Promise<boolean> {
  const { store, streamId, isWaiting } = set.job;
  const topic = topicOfStream(streamId);
  const isFinal = (untilMs: number): boolean => isFinalBefore(lane.artifact, lane.intake.state(), untilMs);
  if (topic === undefined) return isFinal(change.atMs!);
  const switches = (await store.modelSwitches()).filter(({ requestId }) => requestId === change.requestId);
  const others = (await store.lanes()).filter(
    (each) =>
      each.streamId !== streamId &&
      isOfStream(each.streamId, topic) &&
      isSameArtifact(each.artifact, lane.artifact) &&
      each.lane?.role !== 'retired' &&
      each.lane?.role !== 'shadow' &&
      // where it was refused it goes on, and nothing comes from there
      !switches.some((other) => other.streamId === each.streamId && other.refused !== null),
  );
  const isPlanned = others.every((each) => switches.some((other) => other.streamId === each.streamId));
  const untilMs = Math.max(change.atMs!, ...switches.flatMap(({ atMs }) => atMs ?? []));
  const isDone = isPlanned && isWaiting?.() !== true && isFinal(untilMs);
  if (isDone !== (lane.note?.isDone === true)) {
    const { isDone: _, ...note } = lane.note ?? { role: 'champion', fromMs: null };
    lane.note = isDone ? { ...note, isDone } : note;
    lane.isNoteDue = true;
    await commit();
  }
  return isDone && others.every((each) => each.lane?.isDone === true);
}
