// When nothing read the stream: the gaps between what consumers told of themselves. Windows of such a time were scored when
// somebody ran again. They are history then and in no live stage, so that without a word the stages look as if all had been
// found at once.
import type { Heartbeat, TimeRange } from '../dashboard/reader.js';

/** Half open, ms. */
export interface Outage {
  readonly fromMs: number;
  readonly toMs: number;
}

/** A consumer tells every ten seconds, and of older times one a minute is kept; a little more is a machine under load. */
export const LEAST_OUTAGE_MS = 180_000;

/**
 * @param beats of all consumers, in any order
 * @param range that is asked about; before the first beat and after the last one nothing is known
 */
export function outagesIn(beats: readonly Pick<Heartbeat, 'atMs'>[], range: TimeRange): readonly Outage[] {
  const timesMs = beats.map(({ atMs }) => atMs).sort((a, b) => a - b);
  return timesMs.slice(1).flatMap((toMs, index) => {
    const fromMs = timesMs[index]!;
    const isOutage = toMs - fromMs >= LEAST_OUTAGE_MS && toMs > range.fromMs && fromMs < range.toMs;
    return isOutage ? [{ fromMs, toMs }] : [];
  });
}

/** The longest come first, and of many the rest in one sum. */
export function describeOutages(outages: readonly Outage[]): readonly string[] {
  const lengthMs = ({ fromMs, toMs }: Outage): number => toMs - fromMs;
  const longest = [...outages].sort((a, b) => lengthMs(b) - lengthMs(a));
  const lines = longest
    .slice(0, MOST_TOLD)
    .map(
      (outage) =>
        `nothing ran from ${showMinute(outage.fromMs)} to ${showMinute(outage.toMs)} (${Math.round(lengthMs(outage) / 60_000)} min): windows of that time were scored later and are history`,
    );
  const rest = longest.slice(MOST_TOLD);
  const restMs = rest.reduce((sum, outage) => sum + lengthMs(outage), 0);
  return rest.length === 0
    ? lines
    : [...lines, `and ${rest.length} shorter times, ${Math.round(restMs / 60_000)} min together`];
}

const MOST_TOLD = 10;

/** `2026-03-03 14:02Z` */
function showMinute(timeMs: number): string {
  return `${new Date(timeMs).toISOString().slice(0, 16).replace('T', ' ')}Z`;
}
