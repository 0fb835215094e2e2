// A request becomes a switch: planned at one place in the input, at a window that nobody has been shown yet, in the very
// transaction that stores where all artifacts stand. From then on it is a fact like any record.
import { type Lane, type Scorable, unsentOf } from './lane.js';
import { type Joining, joinLane, type LaneSet } from './lane-set.js';
import type { StreamState } from '../ports.js';
import {
  championOf,
  isSameArtifact,
  type ModelSwitch,
  nameOfArtifact,
  type LaneNote,
  nextRequest,
  type PromotionRequest,
  showTime,
} from './promotion.js';
import { openersOf } from '../consume/alert-line.js';
import { homeCommitOf, homeOf } from './alert-home.js';
import { isDoneEverywhere } from './done-lanes.js';
import { modelOf } from './open-lanes.js';
import { differenceOf, nextStartMs, seedState } from './promotion-seed.js';

/** Plans the switch of the next request that is meant for this stream, if there is one and anything was read so far. */
export async function followRequest(set: LaneSet, commit: () => Promise<void>): Promise<void> {
  const { job } = set;
  const { streamId, onWarning } = job;
  const requests = await job.store.promotionRequests();
  if (requests.length === 0) return;
  const champion = championOf(job.artifact, set.line);
  const switches = await job.store.modelSwitches();
  const request = nextRequest(champion, streamId, requests, switches);
  if (request === undefined) return;
  const lane = set.lanes.find(({ artifact }) => isSameArtifact(artifact, champion))!;
  const state = lane.intake.state();
  // a partition without a source goes with the others of its topic: from one that does not, none could come to it
  const startMs =
    nextStartMs(lane.artifact, state) ??
    (state.position === undefined ? undefined : startElsewhereMs(request, switches));
  if (startMs === undefined) return;

  await commit();
  const planned = (atMs: number | null, refused: string | null): ModelSwitch => ({
    requestId: request.id,
    streamId,
    from: request.replaces,
    to: request.to,
    atMs,
    plannedTimeMs: job.clock.nowMs(),
    effectTimeMs: null,
    refused,
  });
  const artifact = await modelOf(set, request.to).catch((error: unknown) => error as Error);
  const refused = artifact instanceof Error ? artifact.message : differenceOf(lane.artifact, artifact);
  if (artifact instanceof Error || refused !== undefined) {
    onWarning(`${nameOfArtifact(request.to)} was not promoted on ${streamId}: ${refused}`);
    await set.commit([planned(null, refused!)]);
    return;
  }
  await plan(set, request, artifact, lane, startMs, planned);
}

/** The latest window that it begins with on any other stream; undefined while it has begun on none. */
function startElsewhereMs({ id }: PromotionRequest, switches: readonly ModelSwitch[]): number | undefined {
  const startsMs = switches.flatMap(({ requestId, atMs }) =>
    requestId === id && atMs !== null ? [atMs] : [],
  );
  return startsMs.length === 0 ? undefined : Math.max(...startsMs);
}

async function plan(
  set: LaneSet,
  request: PromotionRequest,
  artifact: Scorable,
  champion: Lane,
  startMs: number,
  planned: (atMs: number, refused: null) => ModelSwitch,
): Promise<void> {
  const state = champion.intake.state();
  const known = set.lanes.find((each) => isSameArtifact(each.artifact, request.to));
  const joining = known === undefined ? await join(set, artifact, state) : undefined;
  const lane = known ?? joining!.lane;
  const formerMs = set.line.at(-1)?.atMs ?? Number.NEGATIVE_INFINITY;
  const atMs = Math.max(startMs, lane.note?.fromMs ?? Number.NEGATIVE_INFINITY, formerMs);
  const change = planned(atMs, null);
  if (known !== undefined) {
    known.isNoteDue ||= known.note?.role === 'shadow';
    known.note = { fromMs: known.note?.fromMs ?? null, role: 'champion' };
    set.alerts.touchAll();
  }
  await set.commit([change], joining);
  set.retired.delete(nameOfArtifact(artifact));
  set.line = [...set.line, change];
  // the newest last, and shadows behind it
  const others = set.lanes.filter((each) => each !== lane);
  const at = others.findIndex(({ note }) => note?.role === 'shadow');
  set.lanes = others.toSpliced(at < 0 ? others.length : at, 0, lane);
  set.job.onWarning(
    `${nameOfArtifact(artifact)} takes the place of ${nameOfArtifact(request.replaces)} on ${set.job.streamId} with the window of ${showTime(atMs)}`,
  );
}

function join(set: LaneSet, artifact: Scorable, champion: StreamState): Promise<Joining> {
  return joinLane(set, artifact, (own) => {
    const { state, fromMs } = seedState(artifact, champion, own.sources);
    return { state, note: { role: 'champion', fromMs } };
  });
}

/** Lets go of former champions once nothing can change a window of theirs. */
export async function retireLanes(set: LaneSet, commit: () => Promise<void>): Promise<void> {
  const current = championOf(set.job.artifact, set.line);
  for (const lane of set.lanes) {
    const change = set.line.findLast(({ from }) => isSameArtifact(from, lane.artifact));
    if (change === undefined || lane.note?.role === 'shadow' || isSameArtifact(lane.artifact, current))
      continue;
    if (!(await isDoneEverywhere(set, lane, change, commit))) continue;
    await commit();
    // nobody would send it once the lane is no longer opened
    if (unsentOf(lane) > 0) continue;
    const isShadow = set.job.shadows?.some((each) => isSameArtifact(each, lane.artifact)) === true;
    const note: LaneNote = { fromMs: lane.note?.fromMs ?? null, role: isShadow ? 'shadow' : 'retired' };
    const hasAlerts = !isShadow && openersOf(set.alerts.states).has(nameOfArtifact(lane.artifact));
    lane.note = hasAlerts ? { ...note, hasAlerts } : note;
    lane.isNoteDue = true;
    set.lanes
      .findLast(({ note: other }) => other?.role !== 'shadow' && other?.role !== 'retired')!
      .intake.absorb(lane.intake.handOver());
    await set.commit();
    if (hasAlerts) set.homes.push(homeOf(lane, lane.note));
    set.retired.add(nameOfArtifact(lane.artifact));
    const others = set.lanes.filter((each) => each !== lane);
    set.lanes = isShadow ? [...others, lane] : others;
  }
}

/** Lets go of those who read no more once nothing is left of their alerts to be told. */
export async function leaveHomes(set: LaneSet): Promise<void> {
  for (const home of set.homes) {
    const { note, key } = home;
    if (note?.hasAlerts !== true || openersOf(set.alerts.states).has(nameOfArtifact(key.artifact))) continue;
    if (home.alerts.length > 0 || unsentOf(home) > 0) continue;
    const { hasAlerts: _, ...rest } = note;
    await set.job.store.commitTogether([homeCommitOf(home, set.job.clock.nowMs(), rest)!], []);
    set.homes = set.homes.filter((each) => each !== home);
  }
}
