// What all lanes of a stream have gathered is stored in one transaction, with the switches that took effect by it: after a
// crash they stand at one place in the input.
import { FencedError, type OwnedCommit } from '../ports.js';
import type { GatheredCommit } from '../consume/intake.js';
import { openersOf } from '../consume/alert-line.js';
import { type AlertHome, type HomePart, homeCommitOf, noteAtHome, openHome } from './alert-home.js';
import { isAlerting, type Lane, ownedCommitOf, seedCommitOf, unsentOf } from './lane.js';
import type { Joining, LaneSet } from './lane-set.js';
import { isSameArtifact, type ModelSwitch, nameOfArtifact, showTime } from './promotion.js';

type Gathered = ReadonlyMap<Lane, GatheredCommit>;

/** @param changed switches to be stored with it @returns what the lead had gathered */
export async function commitLanes(
  set: LaneSet,
  changed: readonly ModelSwitch[] = [],
  joining?: Joining,
): Promise<GatheredCommit> {
  const { job, alerts } = set;
  const { clock, onWarning, streamId } = job;
  const gathered: Gathered = new Map(set.lanes.map((lane) => [lane, lane.intake.gather(clock.nowMs())]));
  alerts.committed();
  const first = gathered.get(set.lanes[0]!)!;
  if (first.poison.length > 0) await job.deadLetters?.keep(first.poison);
  const effects = tookEffect(set, gathered, changed);
  const sent = await write(set, gathered, [...changed, ...effects], joining);
  const storedTimeMs = clock.nowMs();
  for (const { to, atMs } of effects)
    onWarning(`${nameOfArtifact(to)} speaks for ${streamId} from the window of ${showTime(atMs!)} on`);
  for (const lane of set.lanes) {
    const own = gathered.get(lane)!;
    lane.outbox.note(own, storedTimeMs);
    if (own.alerts.length > 0) lane.courier?.wake();
  }
  for (const { home, part } of sent) {
    home.outbox.note(part.commit, storedTimeMs);
    home.courier?.wake();
  }
  return first;
}

interface AtHome {
  readonly home: AlertHome;
  readonly part: HomePart;
}

/** @returns what was stored of those that read no more */
async function write(
  set: LaneSet,
  gathered: Gathered,
  changed: readonly ModelSwitch[],
  joining: Joining | undefined,
): Promise<readonly AtHome[]> {
  const { store, clock, streamId, onWarning } = set.job;
  const partOf = (lane: Lane): OwnedCommit => ownedCommitOf(lane, gathered.get(lane)!);
  const seeds = joining === undefined ? [] : [seedCommitOf(joining, set.alerts, clock.nowMs())];
  const homePartsOf = (homes: readonly AlertHome[]): AtHome[] =>
    homes.flatMap((home) => {
      const part = homeCommitOf(home, clock.nowMs());
      return part === undefined ? [] : [{ home, part }];
    });
  let atHome = homePartsOf(set.homes);
  const together = (lanes: readonly Lane[]): Promise<void> =>
    store.commitTogether([...lanes.map(partOf), ...seeds, ...atHome.map(({ part }) => part)], changed);
  const [lead] = set.lanes as [Lane];
  if (set.lanes.length + seeds.length + atHome.length + changed.length === 1)
    await lead.owner.commit(partOf(lead).commit);
  else
    try {
      await together(set.lanes);
    } catch (error) {
      const champions = set.lanes.filter(isAlerting);
      const isOfChampions = champions.length === set.lanes.length && atHome.length === 0;
      if (!(error instanceof FencedError) || isOfChampions) throw error;
      // another process may have taken a shadow, or what is left of a former champion: that is no reason to stop
      const homes = await takeBack(set, gathered, atHome);
      atHome = homePartsOf(homes);
      await together(champions);
      if (champions.length < set.lanes.length)
        onWarning(`a shadow of ${streamId} was taken over by another process: all of them are stopped here`);
      set.lanes = champions;
      const isTaken = ({ key }: AlertHome): boolean =>
        homes.some((home) => isSameArtifact(home.key.artifact, key.artifact));
      set.homes = [...set.homes.filter((home) => !isTaken(home)), ...homes];
    }
  for (const lane of set.lanes) {
    const { position, counts } = gathered.get(lane)!;
    lane.isNoteDue = false;
    lane.stored = { position, counts };
  }
  if (joining !== undefined) joining.lane.isNoteDue = false;
  set.line = set.line.map((each) => changed.find((now) => now.requestId === each.requestId) ?? each);
  return atHome;
}

/**
 * Alerts that others opened while they spoke, which only this stream's champion can end: the right to write for them is
 * taken again, also from the process that has it now, to which they are no more than something to compare with.
 *
 * @returns homes with what is to be stored of them
 * @throws FencedError when it is a champion that was taken over: then they are no longer of this process either
 */
async function takeBack(
  { lanes, alerts, options, job }: LaneSet,
  gathered: Gathered,
  atHome: readonly AtHome[],
): Promise<readonly AlertHome[]> {
  for (const { owner } of lanes.filter(isAlerting)) await owner.markSent([], job.clock.nowMs());
  const openers = openersOf(alerts.states);
  const isOwing = (lane: Lane): boolean =>
    gathered.get(lane)!.alerts.length > 0 || openers.has(nameOfArtifact(lane.artifact)) || unsentOf(lane) > 0;
  const left = [
    ...atHome.map(({ part: { key, commit } }) => ({ key, events: commit.alerts, rows: commit.alertRows })),
    ...lanes
      .filter((lane) => !isAlerting(lane) && isOwing(lane))
      .map((lane) => {
        const { alerts: events, alertRows } = gathered.get(lane)!;
        return { key: lane.key, events, rows: alertRows };
      }),
  ];
  const stored = await job.store.artifacts();
  const isLive = (): boolean => lanes[0]!.intake.liveSinceMs() !== undefined;
  const homes: AlertHome[] = [];
  for (const { key, events, rows } of left) {
    const { featureNames } = stored.find((each) => isSameArtifact(each, key.artifact))!;
    const home = openHome(key, await job.store.takeOver(key, featureNames), options, isLive);
    for (const event of events) noteAtHome(home, event, rows.get(event.eventId)!);
    homes.push(home);
  }
  return homes;
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
