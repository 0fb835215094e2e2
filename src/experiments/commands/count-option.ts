// A count as people type it: `500k`, `10M`, `1_000_000`.

/** @throws RangeError saying how to write one */
export function parseCount(text: string): number {
  const match = /^(\d+(?:\.\d+)?)([kM]?)$/.exec(text.replaceAll('_', ''));
  const count = match ? Number(match[1]) * (match[2] === 'k' ? 1e3 : match[2] === 'M' ? 1e6 : 1) : 0;
  if (!Number.isSafeInteger(count) || count < 1)
    throw new RangeError(
      `'${text}' is no count: write a whole number from 1 on, for example 100000, 500k or 10M`,
    );
  return count;
}
