// How much of a range a store knows of: what is said by the day is of the time from the first window to the last, not of all that
// was asked for.
import type { ArtifactKey } from '../../stream-key.js';
import type { DashboardReader, TimeRange } from '../reader.js';

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
/** Read first, from either end: most often there are windows in it; the next ones are each twice as long. */
const STEP_MS = 24 * HOUR_MS;

/**
 * Told by the minute, found by the hour first: so it is quick over weeks.
 *
 * @returns ms of the range from its first window to the end of its last one, gaps between them included; 0 without a window
 */
export async function readCoveredMs(
  reader: Pick<DashboardReader, 'swimlane'>,
  artifact: ArtifactKey,
  range: TimeRange,
  windowMs: number,
): Promise<number> {
  const beginMs = Math.floor(range.fromMs / HOUR_MS) * HOUR_MS;
  const hoursOf = async (fromMs: number, toMs: number): Promise<readonly number[]> => {
    const hours = await reader.swimlane(artifact, { fromMs, toMs: Math.min(toMs, range.toMs) }, HOUR_MS);
    return hours.map(({ bucket }) => fromMs + bucket * HOUR_MS);
  };
  const minutesOf = async (hourMs: number): Promise<readonly number[]> => {
    const part = { fromMs: Math.max(hourMs, range.fromMs), toMs: Math.min(hourMs + HOUR_MS, range.toMs) };
    return (await reader.swimlane(artifact, part, MINUTE_MS)).map(
      ({ bucket }) => part.fromMs + bucket * MINUTE_MS,
    );
  };
  let earliest: readonly number[] = [];
  for (
    let [fromMs, stepMs] = [beginMs, STEP_MS];
    earliest.length === 0 && fromMs < range.toMs;
    fromMs += stepMs, stepMs *= 2
  )
    earliest = await hoursOf(fromMs, fromMs + stepMs);
  if (earliest.length === 0) return 0;
  let latest: readonly number[] = [];
  for (
    let [toMs, stepMs] = [Math.ceil(range.toMs / HOUR_MS) * HOUR_MS, STEP_MS];
    latest.length === 0 && toMs > beginMs;
    toMs -= stepMs, stepMs *= 2
  )
    latest = await hoursOf(Math.max(toMs - stepMs, beginMs), toMs);
  const [first, last] = [Math.min(...earliest), Math.max(...earliest, ...latest)];
  const starts = [...(await minutesOf(first)), ...(first === last ? [] : await minutesOf(last))];
  if (starts.length === 0) return 0;
  const untilMs = Math.max(...starts) + Math.max(windowMs, MINUTE_MS);
  return Math.min(untilMs, range.toMs) - Math.min(...starts);
}
