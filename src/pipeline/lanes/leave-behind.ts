// An artifact that fails while it reads: a shadow is left behind, and so is one that has yet to speak, or that has spoken. The
// champion goes on without it, and ends the alerts that it opened.
import { withoutSpoken } from '../consume/counts.js';
import { homeOf } from './alert-home.js';
import { championIn, isAlerting, type Lane } from './lane.js';
import type { LaneSet } from './lane-set.js';
import { isSameArtifact, type ModelSwitch, nameOfArtifact } from './promotion.js';

/** @param lane one that is not relied on @returns the switches that led to it and will not be, to be stored as refused */
export function leaveBehind(set: LaneSet, lane: Lane, { stack, message }: Error): readonly ModelSwitch[] {
  const { alerts, job } = set;
  const isChampion = lane === championIn(set.lanes);
  set.lanes = set.lanes.filter((other) => other !== lane);
  alerts.drop(lane.artifact);
  if (isAlerting(lane)) {
    const { alerts: events, alertRows } = lane.intake.gather(job.clock.nowMs());
    const home = homeOf(lane, undefined, { alerts: [...events], rows: new Map(alertRows) });
    const { position, counts } = lane.stored;
    // where it is tried again another run begins with what it has stored, beside what was handed over
    set.homes.push({
      ...home,
      stored: { position, counts: counts && withoutSpoken(counts) },
      areCountsDue: counts !== undefined,
    });
    championIn(set.lanes).intake.absorb(lane.intake.handOver());
  }
  const name = nameOfArtifact(lane.artifact);
  const role = isChampion ? 'coming champion' : isAlerting(lane) ? 'former champion' : 'shadow';
  job.onWarning(`the ${role} ${name} failed on ${job.streamId} and reads no more: ${stack ?? message}`);
  if (!isChampion) return [];
  const from = set.line.findLastIndex(({ to }) => !isSameArtifact(to, lane.artifact)) + 1;
  const refused = set.line.slice(from).map((change) => ({ ...change, refused: message }));
  set.line = set.line.slice(0, from);
  return refused;
}
