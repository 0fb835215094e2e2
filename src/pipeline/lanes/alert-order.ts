// The alerts of a stream whose artifacts are fed one after the other: what their windows come to waits until all of them
// have read a batch, and is then done in the order of its records, as if each record had been a batch of its own.
import type { AlertEvent } from '../../core/alert-event.js';
import type { AlertLine, LinePlace } from '../consume/alert-line.js';
import type { StampedWindow } from '../ports.js';
import type { ArtifactKey } from '../stream-key.js';
import { isSameArtifact } from './promotion.js';

export interface AlertOrder extends AlertLine {
  /** Does what waits. */
  settle(): void;
  /** Leaves what waits of an artifact undone. */
  drop(by: ArtifactKey): void;
  /** All sources are to be stored with the next commit. */
  touchAll(): void;
  /** What changed is being committed. */
  committed(): void;
}

/** @param noteOf as `AlertLine` has it */
export function createAlertOrder(
  noteOf: (openedBy: string) => ((event: AlertEvent, row: StampedWindow) => void) | undefined,
): AlertOrder {
  const states: AlertLine['states'] = new Map();
  const changed = new Set<string>();
  let waiting: { readonly place: LinePlace; readonly work: () => void }[] = [];
  return {
    states,
    changed,
    inOrder: (place, work) => waiting.push({ place, work }),
    noteOf: (openedBy) => (openedBy === undefined ? undefined : noteOf(openedBy)),
    settle: () => {
      // stable: windows of one artifact that one record closes stay in their order
      const due = waiting.sort((a, b) => a.place.read - b.place.read || a.place.turn - b.place.turn);
      waiting = [];
      for (const { place, work } of due) {
        changed.add(place.source);
        work();
      }
    },
    drop: (by) => {
      waiting = waiting.filter(({ place }) => !isSameArtifact(place.by, by));
    },
    touchAll: () => {
      for (const source of states.keys()) changed.add(source);
    },
    committed: () => changed.clear(),
  };
}
