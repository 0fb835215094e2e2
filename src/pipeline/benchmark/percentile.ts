// The nearest rank: of twenty values the 95th percentile is the nineteenth.

/** @param share in (0, 1] @throws RangeError without values */
export function percentileOf(values: readonly number[], share: number): number {
  if (values.length === 0) throw new RangeError('a percentile needs a value');
  return [...values].sort((a, b) => a - b)[Math.ceil(share * values.length) - 1]!;
}
