// Grouping by equal key in typed arrays: a merge asks this for each position of each length,
// and nearly all groups have one member, for which a map of arrays is mostly garbage.

export interface Grouper {
  /**
   * @param keys one key for each index; NaN leaves the index out
   * @returns the indices of each group of at least `least` members, ascending; groups in the order of their first
   */
  groups(keys: Float64Array, least: number): number[][];
}

/** @param capacity greatest number of keys */
export function createGrouper(capacity: number): Grouper {
  let cells = 16;
  while (cells < capacity * 2) cells *= 2;
  const mask = cells - 1;
  /** 1 + the first index of a key, by the key's cell. */
  const firstAt = new Int32Array(cells);
  const nextOf = new Int32Array(capacity);
  const lastOf = new Int32Array(capacity);
  const sizeOf = new Int32Array(capacity);

  return {
    groups(keys, least) {
      firstAt.fill(0);
      sizeOf.fill(0);
      for (let i = 0; i < keys.length; i++) {
        const key = keys[i]!;
        if (Number.isNaN(key)) continue;
        let cell = (key % 4_294_967_296) & mask;
        while (firstAt[cell] !== 0 && keys[firstAt[cell]! - 1] !== key) cell = (cell + 1) & mask;
        const first = firstAt[cell]! - 1;
        if (first < 0) firstAt[cell] = i + 1;
        else nextOf[lastOf[first]!] = i;
        const head = first < 0 ? i : first;
        lastOf[head] = i;
        sizeOf[head] = sizeOf[head]! + 1;
      }
      const groups: number[][] = [];
      for (let head = 0; head < keys.length; head++) {
        const size = sizeOf[head]!;
        if (size < least) continue;
        const members = [head];
        while (members.length < size) members.push(nextOf[members.at(-1)!]!);
        groups.push(members);
      }
      return groups;
    },
  };
}
