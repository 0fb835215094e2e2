// How an alert's time to detect came together: each stage from the beginning of its first window to the person.
import { STAGE_WORDS } from '../../latency/latency-table.js';
import { alertStages, type AlertWay, windowStages } from '../../latency/stamps.js';
import type { Stage } from '../../latency/stages.js';
import type { ResultStore } from '../../ports.js';
import type { AlertDetail } from '../api-alerts.js';
import type { AlertEventRecord, AlertRecord } from '../reader.js';

/** One after the other, without a gap: their sum is the time from the start of the window to the delivery. */
const STAGES = [
  'endToEligible',
  'eligibleToScored',
  'scoredToCommit',
  'commitToStored',
  'storedToEmitted',
  'emittedToDelivered',
] as const satisfies readonly Stage[];

/**
 * Of the event that opened it; all null of an alert that was history when it was found.
 *
 * @param lastLineMs of silence: it begins behind the last line, and not with the window that told of it
 * @param fellMs of a fall: start of the first window of it
 */
export async function readTimeToDetect(
  store: ResultStore,
  { artifact, streamId, alert: { source } }: AlertRecord,
  events: readonly AlertEventRecord[],
  lastLineMs?: number,
  fellMs?: number,
): Promise<AlertDetail['timeToDetect']> {
  const opened = events.find(({ event }) => event.type === 'opened')?.event;
  if (opened === undefined) return [];
  const { startMs, endMs, eventId } = opened;
  const ways = await store.alertWays({ artifact, streamId, source, fromMs: startMs, toMs: startMs + 1 });
  const way = ways.find((each) => each.eventId === eventId && each.isLive);
  const durations: Partial<Record<Stage, number>> = way ? { ...windowStages(way), ...alertStages(way) } : {};
  return [
    beginning(startMs, endMs, lastLineMs, fellMs),
    ...STAGES.map((stage) => ({ stage, what: STAGE_WORDS[stage], ms: shownMs(durations, stage, way) })),
  ];
}

function beginning(
  startMs: number,
  endMs: number,
  lastLineMs: number | undefined,
  fellMs: number | undefined,
): AlertDetail['timeToDetect'][number] {
  const [what, fromMs] =
    lastLineMs !== undefined
      ? ['silence, until the window that told of it ends', lastLineMs]
      : fellMs !== undefined
        ? ['windows with far too little, until the one that told of it ends', fellMs]
        : ['the window itself, from its start to its end', startMs];
  return { stage: 'window', what, ms: endMs - fromMs };
}

/** Two clocks that disagree give less than nothing: not known, rather than that. */
function shownMs(
  durations: Partial<Record<Stage, number>>,
  stage: Stage,
  way: AlertWay | undefined,
): number | null {
  const ms = way && durations[stage];
  return ms === undefined || ms < 0 ? null : ms;
}
