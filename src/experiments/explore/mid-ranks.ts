// Places in an order, equal values sharing the mean of their places.

/** @returns for each value its rank from 1 to n, ties at their mean; values must be finite */
export function midRanks(values: readonly number[]): Float64Array {
  const order = Uint32Array.from(values, (_, index) => index).sort((a, b) => values[a]! - values[b]!);
  const ranks = new Float64Array(values.length);
  for (let from = 0, to = 0; from < order.length; from = to) {
    while (to < order.length && values[order[to]!] === values[order[from]!]) to++;
    for (let i = from; i < to; i++) ranks[order[i]!] = (from + 1 + to) / 2;
  }
  return ranks;
}

/**
 * Where a value would stand among others: the share below it and half of the share equal to it, in [0, 1]. The mean
 * of it over a group of values is the area under the ROC curve of that group against the others.
 *
 * @param sorted ascending, at least one
 */
export function placeAmong(sorted: Float64Array, value: number): number {
  return (
    (boundOf(sorted, (each) => each < value) + boundOf(sorted, (each) => each <= value)) / (2 * sorted.length)
  );
}

/** How many of the sorted values come before the first that the condition does not hold for. */
function boundOf(sorted: Float64Array, holds: (value: number) => boolean): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(sorted[middle]!)) low = middle + 1;
    else high = middle;
  }
  return low;
}
