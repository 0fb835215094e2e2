// Places for exports, few at once. Whoever stops reading keeps a place as long as nobody else wants it: who reads on is never
// cut off, and nobody who does not read stands in the way of others.

/** An export that does not take what is ready for so long is not being read. */
const MOST_WAITING_MS = 30_000;

/** Of one export: told what it is about, and when it is over. */
export interface ExportPlace {
  /** The next part is being made: that the store takes its time is no fault of the reader. */
  working(): void;
  /** A part is ready, and it is the reader's turn. */
  waiting(): void;
  /** Free again; of no effect the second time. */
  leave(): void;
}

export interface ExportPlaces {
  /** @param hangUp ends the connection of whoever does not read. @returns undefined while all are taken */
  take(hangUp: () => void): ExportPlace | undefined;
  readonly taken: number;
}

export function createExportPlaces(most: number, nowMs: () => number): ExportPlaces {
  const taken = new Set<{ readonly hangUp: () => void; waitingSinceMs: number | undefined }>();
  const clearStuck = (): void => {
    for (const each of taken) {
      if (each.waitingSinceMs === undefined || nowMs() - each.waitingSinceMs < MOST_WAITING_MS) continue;
      taken.delete(each);
      each.hangUp();
    }
  };
  return {
    get taken() {
      return taken.size;
    },
    take: (hangUp) => {
      if (taken.size >= most) clearStuck();
      if (taken.size >= most) return undefined;
      const own = { hangUp, waitingSinceMs: undefined as number | undefined };
      taken.add(own);
      return {
        working: () => {
          own.waitingSinceMs = undefined;
        },
        waiting: () => {
          own.waitingSinceMs = nowMs();
        },
        leave: () => {
          taken.delete(own);
        },
      };
    },
  };
}
