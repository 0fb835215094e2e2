// The swimlane by keys: arrows move its cursor, Enter filters by the cell under it, Escape lets go of every filter.
import { type LaneCursor, moveCursor } from '../view/lane-cursor.js';

export interface KeyListener {
  cursor(): LaneCursor | undefined;
  size(): { readonly lanes: number; readonly buckets: number };
  isLoud(cursor: LaneCursor): boolean;
  moved(cursor: LaneCursor | undefined): void;
  chosen(cursor: LaneCursor): void;
  cleared(): void;
}

/** Keys that mean nothing here go on to the page, Tab among them. */
export function keysOn(plot: HTMLElement, listener: KeyListener): void {
  plot.addEventListener('keydown', (event) => {
    const size = listener.size();
    if (size.lanes === 0 || event.altKey || event.metaKey) return;
    const cursor = listener.cursor();
    // the first key shows where it begins: at the newest cell of the strangest service
    const here = cursor ?? { lane: 0, bucket: size.buckets - 1 };
    if (event.key === 'Enter' && cursor) listener.chosen(cursor);
    else if (event.key === 'Escape') listener.cleared();
    else {
      const next = moveCursor(here, event.key, event.ctrlKey, size, (each) => listener.isLoud(each));
      if (!next) return;
      listener.moved(cursor === undefined ? here : next);
    }
    event.preventDefault();
  });
  plot.addEventListener('blur', () => listener.moved(undefined));
}
