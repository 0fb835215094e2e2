// How much of a range a store knows of: what is said by the day is of the time from the first window to the last, not of all that
// was asked for.
import type { ArtifactKey } from '../../ports.js';
import type { DashboardReader, TimeRange } from '../reader.js';

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;

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
  const fromMs = Math.floor(range.fromMs / HOUR_MS) * HOUR_MS;
  const hours = await reader.swimlane(artifact, { fromMs, toMs: range.toMs }, HOUR_MS);
  if (hours.length === 0) return 0;
  const minutesOf = async (hour: number): Promise<readonly number[]> => {
    const hourMs = fromMs + hour * HOUR_MS;
    const part = { fromMs: Math.max(hourMs, range.fromMs), toMs: Math.min(hourMs + HOUR_MS, range.toMs) };
    return (await reader.swimlane(artifact, part, MINUTE_MS)).map(
      ({ bucket }) => part.fromMs + bucket * MINUTE_MS,
    );
  };
  const buckets = hours.map(({ bucket }) => bucket);
  const [first, last] = [Math.min(...buckets), Math.max(...buckets)];
  const starts = [...(await minutesOf(first)), ...(first === last ? [] : await minutesOf(last))];
  if (starts.length === 0) return 0;
  const untilMs = Math.max(...starts) + Math.max(windowMs, MINUTE_MS);
  return Math.min(untilMs, range.toMs) - Math.min(...starts);
}
