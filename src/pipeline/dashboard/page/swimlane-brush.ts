// Pointer work on the swimlane: a click is one cell, a drag is a stretch of time, a pointer that passes by only reads.
import type { Buckets } from '../view/bucket.js';
import { brushSpan } from '../view/lane-cursor.js';
import type { Span } from '../view/view-state.js';

export interface BrushListener {
  buckets(): Buckets | undefined;
  /** While dragging; null when it ends without a choice. */
  show(span: Span | null): void;
  brushed(span: Span): void;
  /** @param shareX of the width, 0 to 1; @param yPx from the top */
  clicked(shareX: number, yPx: number): void;
  hovered(at: { readonly shareX: number; readonly yPx: number } | undefined): void;
}

/** A hand that trembles while it clicks does not drag. */
const DRAG_PX = 5;

/** @returns stops */
export function brushOn(plot: HTMLElement, listener: BrushListener): () => void {
  let start: { readonly shareX: number; readonly clientX: number } | undefined;
  let isDragging = false;

  const place = (event: PointerEvent): { shareX: number; yPx: number } => {
    const box = plot.getBoundingClientRect();
    return { shareX: (event.clientX - box.left) / box.width, yPx: event.clientY - box.top };
  };
  const down = (event: PointerEvent): void => {
    if (event.button !== 0) return;
    start = { shareX: place(event).shareX, clientX: event.clientX };
    plot.setPointerCapture(event.pointerId);
  };
  const move = (event: PointerEvent): void => {
    const at = place(event);
    if (start && Math.abs(event.clientX - start.clientX) > DRAG_PX) isDragging = true;
    const buckets = listener.buckets();
    if (start && isDragging && buckets) listener.show(brushSpan(start.shareX, at.shareX, buckets));
    else listener.hovered(at);
  };
  const up = (event: PointerEvent): void => {
    const buckets = listener.buckets();
    const at = place(event);
    if (start && isDragging && buckets) listener.brushed(brushSpan(start.shareX, at.shareX, buckets));
    else if (start) listener.clicked(at.shareX, at.yPx);
    stop();
  };
  const cancel = (): void => {
    stop();
    listener.show(null);
  };
  const leave = (): void => {
    if (!start) listener.hovered(undefined);
  };
  const escape = (event: KeyboardEvent): void => {
    if (event.key === 'Escape' && isDragging) cancel();
  };
  const stop = (): void => {
    start = undefined;
    isDragging = false;
  };

  plot.addEventListener('pointerdown', down);
  plot.addEventListener('pointermove', move);
  plot.addEventListener('pointerup', up);
  plot.addEventListener('pointercancel', cancel);
  plot.addEventListener('pointerleave', leave);
  document.addEventListener('keydown', escape);
  return () => document.removeEventListener('keydown', escape);
}
