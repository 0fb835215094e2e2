// Which artifacts a stream is read with when a process takes it over: those that the store says were reading it, and the
// shadows that were asked for.
import { joinLane, type LaneSet } from './lane-set.js';
import { type Lane, type Scorable, seedCommitOf } from './lane.js';
import type { StreamState } from '../ports.js';
import type { ArtifactKey } from '../stream-key.js';
import {
  championOf,
  homeNoteOf,
  isOfStream,
  isSameArtifact,
  lineOf,
  nameOfArtifact,
  topicOfStream,
} from './promotion.js';
import { openersOf } from '../consume/alert-line.js';
import { type AlertHome, homeCommitOf, homeOf, openHome } from './alert-home.js';
import { seedState, withPlacesOf } from './promotion-seed.js';

/** Fills the lanes and the line. @returns the state to go on from. @throws Error when an artifact of the line cannot be had */
export async function openLanes(set: LaneSet): Promise<StreamState> {
  const { job } = set;
  const { streamId, onWarning } = job;
  const { store, artifact, decodeModel, shadows = [] } = job;
  const taken = new Map<string, Lane>();
  const states = new Map<Lane, StreamState>();
  const take = async (each: Scorable, champion: ArtifactKey): Promise<Lane> => {
    const { lane, state } = await joinLane(set, each, (own) => {
      const current = states.get(taken.get(nameOfArtifact(champion))!);
      return { state: current ? withPlacesOf(each, own, current) : own, note: own.lane };
    });
    states.set(lane, state);
    return lane;
  };

  // whoever had the stream before could plan another switch until it was taken from it: looked at again after that
  for (;;) {
    const line = decodeModel === undefined ? [] : lineOf(artifact, streamId, await store.modelSwitches());
    const stored = line.length === 0 ? [] : await store.lanes();
    const champion = championOf(artifact, line);
    const isReading = (key: ArtifactKey): boolean =>
      isSameArtifact(key, champion) ||
      stored.some(
        (each) =>
          each.streamId === streamId &&
          isSameArtifact(each.artifact, key) &&
          each.lane?.role !== 'retired' &&
          each.lane?.role !== 'shadow',
      );
    const members = [line[0]?.from ?? artifact, ...line.map(({ to }) => to)].filter(isReading);
    // its last place in the line is what counts
    const wanted = members.filter(
      (key, index) => !members.slice(index + 1).some((later) => isSameArtifact(key, later)),
    );
    const isComplete = wanted.every((key) => taken.has(nameOfArtifact(key)));
    if (isComplete) {
      set.line = line;
      for (const each of stored)
        if (each.streamId === streamId && each.lane?.role === 'retired')
          set.retired.add(nameOfArtifact(each.artifact));
      set.lanes = wanted.map((key) => taken.get(nameOfArtifact(key))!);
      break;
    }
    // the champion first: it knows all the sources
    for (const key of wanted.toReversed())
      if (!taken.has(nameOfArtifact(key)))
        taken.set(nameOfArtifact(key), await take(await modelOf(set, key), champion));
  }

  const current = set.lanes.at(-1)!;
  const state = states.get(current)!;
  set.lanes = set.lanes.filter((lane) => {
    if (isAtOnePlace(states.get(lane)!, state)) return true;
    set.homes.push(homeOf(lane, undefined));
    onWarning(
      `${nameOfArtifact(lane.artifact)} stands at another place of ${streamId} than its successor: its last windows stay as they are`,
    );
    return false;
  });
  for (const change of set.line) {
    const lane = set.lanes.find((each) => isSameArtifact(each.artifact, change.to));
    if (lane !== undefined && change.effectTimeMs !== null) lane.hasSpoken = true;
  }
  if (!isSameArtifact(current.artifact, artifact))
    onWarning(
      `${nameOfArtifact(current.artifact)} was promoted on ${streamId}: it goes on instead of ${nameOfArtifact(artifact)}`,
    );
  if (current.note?.role === 'shadow' || current.note?.role === 'retired') {
    current.note = { ...current.note, role: 'champion' };
    current.isNoteDue = true;
  }
  for (const shadow of shadows)
    try {
      await openShadow(set, shadow, state);
    } catch (error) {
      onWarning(
        `the shadow ${nameOfArtifact(shadow)} cannot read ${streamId}: ${(error as Error).stack ?? String(error)}`,
      );
    }
  await openHomes(set);
  return state;
}

/** Of those who read no more, and opened alerts that may be on or have yet to be sent. */
async function openHomes(set: LaneSet): Promise<void> {
  const { store, streamId } = set.job;
  const openers = openersOf(set.alerts.states);
  const isKnown = (key: ArtifactKey): boolean =>
    [...set.lanes, ...set.homes].some((each) => isSameArtifact(each.key.artifact, key));
  const isLive = (): boolean => set.lanes[0]!.intake.liveSinceMs() !== undefined;
  const formers = await formersOf(set);
  const isFormer = (key: ArtifactKey): boolean => formers.some((each) => isSameArtifact(each, key));
  const stored = formers.length === 0 ? [] : await store.lanes();
  const left = stored.filter(
    (each) => each.streamId === streamId && each.lane?.hasAlerts === true && isFormer(each.artifact),
  );
  const artifacts = await store.artifacts();
  const named = artifacts.filter((each) => openers.has(nameOfArtifact(each)));
  for (const { name, version } of [...left.map(({ artifact }) => artifact), ...named]) {
    const artifact = { name, version };
    if (isKnown(artifact)) continue;
    const features = artifacts.find((each) => isSameArtifact(each, artifact))!.featureNames;
    const key = { streamId, artifact };
    const home = openHome(key, await store.takeOver(key, features), set.options, isLive);
    set.homes.push(home.note === undefined ? await noted(set, home) : home);
  }
}

/** Of one that never read the stream: without a note it would be one that does. */
async function noted({ job }: LaneSet, home: AlertHome): Promise<AlertHome> {
  if (home.stored.position !== undefined) return home;
  const note = homeNoteOf(undefined);
  await job.store.commitTogether([homeCommitOf(home, job.clock.nowMs(), note)!], []);
  return { ...home, note };
}

/** Those whose place others took here, or in another partition that sources may have come from. */
async function formersOf({ job, line }: LaneSet): Promise<readonly ArtifactKey[]> {
  const own = line.map(({ from }) => from);
  const topic = topicOfStream(job.streamId);
  if (topic === undefined || job.decodeModel === undefined) return own;
  const switches = (await job.store.modelSwitches()).filter(({ streamId }) => isOfStream(streamId, topic));
  const streamIds = [...new Set(switches.map(({ streamId }) => streamId))];
  return [
    ...own,
    ...streamIds.flatMap((each) => lineOf(job.artifact, each, switches).map(({ from }) => from)),
  ];
}

export async function modelOf({ job }: LaneSet, key: ArtifactKey): Promise<Scorable> {
  const own = [job.artifact, ...(job.shadows ?? [])].find((each) => isSameArtifact(each, key));
  if (own !== undefined) return own;
  const text = await job.store.keptModel(key);
  if (text === undefined || job.decodeModel === undefined)
    throw new Error(
      `the store does not have the artifact ${nameOfArtifact(key)}, which ${job.streamId} is read with`,
    );
  return job.decodeModel(text);
}

/** From where it was, if it stopped with the others; otherwise from where they are. */
async function openShadow(set: LaneSet, artifact: Scorable, champion: StreamState): Promise<void> {
  if (set.lanes.some((lane) => isSameArtifact(lane.artifact, artifact))) return;
  const { lane, state } = await joinLane(set, artifact, (own) => {
    const isContinued = own.lane?.role === 'shadow' && isAtOnePlace(own, champion);
    if (isContinued) return { state: own, note: own.lane };
    const seed = seedState(artifact, champion, own.sources);
    return { state: seed.state, note: { role: 'shadow', fromMs: seed.fromMs } };
  });
  if (lane.isNoteDue && champion.counts !== undefined) {
    await lane.owner.commit(seedCommitOf({ lane, state }, set.alerts, set.job.clock.nowMs()).commit);
    lane.isNoteDue = false;
  }
  set.lanes.push(lane);
}

function isAtOnePlace(a: StreamState, b: StreamState): boolean {
  return JSON.stringify(a.position) === JSON.stringify(b.position);
}
