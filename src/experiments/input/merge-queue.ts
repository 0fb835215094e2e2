// The earliest of many inputs, and the next but one: a binary heap, so that ten thousand files merge as quickly as two.

export interface MergeQueue<Item> {
  readonly size: () => number;
  /** Adds an item; of several with the same time the one with the least rank comes first. */
  push(item: Item, timeMs: number, rank: number): void;
  /** Takes the earliest item out; undefined when there is none. */
  pop(): Item | undefined;
  /** Time of the earliest item; Infinity when there is none. */
  timeMs(): number;
}

interface Entry<Item> {
  readonly item: Item;
  readonly timeMs: number;
  readonly rank: number;
}

export function createMergeQueue<Item>(): MergeQueue<Item> {
  const heap: Entry<Item>[] = [];
  const isBefore = (a: Entry<Item>, b: Entry<Item>): boolean =>
    a.timeMs < b.timeMs || (a.timeMs === b.timeMs && a.rank < b.rank);

  const sinkFromTop = (entry: Entry<Item>): void => {
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && isBefore(heap[child + 1]!, heap[child]!)) child++;
      if (!isBefore(heap[child]!, entry)) break;
      heap[at] = heap[child]!;
      at = child;
    }
    heap[at] = entry;
  };

  return {
    size: () => heap.length,
    push: (item, timeMs, rank) => {
      const entry = { item, timeMs, rank };
      let at = heap.length;
      heap.push(entry);
      for (; at > 0; at = (at - 1) >> 1) {
        const parent = heap[(at - 1) >> 1]!;
        if (!isBefore(entry, parent)) break;
        heap[at] = parent;
      }
      heap[at] = entry;
    },
    pop: () => {
      const first = heap[0];
      const last = heap.pop();
      if (first !== last && last !== undefined) sinkFromTop(last);
      return first?.item;
    },
    timeMs: () => heap[0]?.timeMs ?? Number.POSITIVE_INFINITY,
  };
}
