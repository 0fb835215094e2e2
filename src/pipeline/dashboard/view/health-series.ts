// A line over time in words, for whoever does not see it and as the sentence under it for whoever does: where it stands, where
// it was highest and when, and for how much of the time nobody heard anything.

export interface SeriesSummary {
  /** Newest known. */
  readonly last: number | null;
  readonly highest: number | null;
  readonly highestAtMs: number | null;
  /** Parts of the range of which nothing is known, and all of them. */
  readonly unknownParts: number;
  readonly parts: number;
}

/** @param timesMs as long as `values` */
export function summarizeSeries(
  timesMs: readonly number[],
  values: readonly (number | null)[],
): SeriesSummary {
  let highestAt = -1;
  let last: number | null = null;
  let unknownParts = 0;
  values.forEach((value, index) => {
    if (value === null) {
      unknownParts++;
      return;
    }
    last = value;
    // the newest of several equally high, since that is the one to look at
    if (highestAt < 0 || value >= values[highestAt]!) highestAt = index;
  });
  return {
    last,
    highest: values[highestAt] ?? null,
    highestAtMs: timesMs[highestAt] ?? null,
    unknownParts,
    parts: values.length,
  };
}

/** `now 12/s, highest 40/s at 12:03; nothing heard for a tenth of the range`. */
export function seriesWords(
  summary: SeriesSummary,
  inWords: (value: number) => string,
  atWords: (timeMs: number) => string,
): string {
  const { last, highest, highestAtMs, unknownParts, parts } = summary;
  if (last === null || highest === null || highestAtMs === null) return 'nothing heard in this range';
  const unknown =
    unknownParts === 0 ? '' : `; nothing heard for ${shareWords(unknownParts / parts)} of the range`;
  const peak = highest === last ? '' : `, highest ${inWords(highest)} at ${atWords(highestAtMs)}`;
  return `now ${inWords(last)}${peak}${unknown}`;
}

function shareWords(share: number): string {
  return share < 0.01 ? 'under 1 %' : `${Math.round(share * 100)} %`;
}

/** As it was first heard of, so that a store that is young fills its charts. */
export function fromFirstHeard<Series extends { readonly values: readonly (number | null)[] }>(
  timesMs: readonly number[],
  series: readonly Series[],
): { readonly timesMs: readonly number[]; readonly series: readonly Series[] } {
  const first = timesMs.findIndex((_, index) =>
    series.some(({ values }) => (values[index] ?? null) !== null),
  );
  if (first <= 0) return { timesMs, series };
  return {
    timesMs: timesMs.slice(first),
    series: series.map((each) => ({ ...each, values: each.values.slice(first) })),
  };
}

/** Catching up is that many times as fast as what is read as it is logged, or more. */
const CATCHING_UP = 10;
/** So many medians show all that is as usual. */
const SHOWN_MEDIANS = 3;

/** Where the scale of a rate ends so that catching up with history does not flatten the rest; undefined: at the highest. */
export function liveTop(values: readonly (number | null)[]): number | undefined {
  const known = values.filter((value) => value !== null && value > 0).sort((a, b) => a! - b!) as number[];
  const median = known[Math.floor((known.length - 1) / 2)];
  return median !== undefined && known.at(-1)! > CATCHING_UP * median ? SHOWN_MEDIANS * median : undefined;
}

/** The newest that is known; null when none is. */
export function lastOf(values: readonly (number | null)[]): number | null {
  return values.findLast((value) => value !== null) ?? null;
}
