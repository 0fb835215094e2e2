// What `produce` says of synthetic traffic as it begins: its rate is a mean, so what comes in the first minutes may be far
// from it, and one that goes on keeps the rate that it had.

export interface TrafficRate {
  /** Mean over a week. */
  readonly recordsPerSecond: number;
  /** Records a second to be expected at a moment. */
  readonly expectedRate: (timeMs: number) => number;
}

/** @param askedPerSecond undefined where none was asked for */
export function describeTraffic(
  { recordsPerSecond, expectedRate }: TrafficRate,
  askedPerSecond: number | undefined,
  nowMs: number,
): readonly string[] {
  const about = `synthetic traffic of ${show(recordsPerSecond)}/s, the mean of a week: more by day, less at night, about ${show(expectedRate(nowMs))}/s at this hour`;
  if (askedPerSecond === undefined || askedPerSecond === recordsPerSecond) return [about];
  return [
    about,
    `--rate ${show(askedPerSecond)}/s changes nothing: what --state began with ${show(recordsPerSecond)}/s goes on so; name another file to begin anew`,
  ];
}

function show(perSecond: number): string {
  return perSecond >= 100 ? Math.round(perSecond).toLocaleString('en-US') : String(+perSecond.toPrecision(2));
}
