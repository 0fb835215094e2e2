// Stretches of time and their union: how long something was watched, and whether an instant was.
// Windows overlap when they slide and across services, so lengths must never simply be added up.

/** Half open: `[startMs, endMs)`. */
export interface Span {
  readonly startMs: number;
  readonly endMs: number;
}

/** The same instants as disjoint spans in order; spans that touch become one. */
export function unionOfSpans(spans: readonly Span[]): Span[] {
  const union: { startMs: number; endMs: number }[] = [];
  for (const { startMs, endMs } of [...spans].sort((a, b) => a.startMs - b.startMs)) {
    const last = union.at(-1);
    if (last !== undefined && startMs <= last.endMs) last.endMs = Math.max(last.endMs, endMs);
    else union.push({ startMs, endMs });
  }
  return union;
}

/** @param union disjoint spans, as `unionOfSpans` returns them */
export function lengthMs(union: readonly Span[]): number {
  return union.reduce((sum, { startMs, endMs }) => sum + (endMs - startMs), 0);
}

export function overlaps(a: Span, b: Span): boolean {
  return a.startMs < b.endMs && a.endMs > b.startMs;
}

/** @param union disjoint spans in order, as `unionOfSpans` returns them */
export function containsInstant(union: readonly Span[], instantMs: number): boolean {
  let low = 0;
  let high = union.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (union[middle]!.endMs <= instantMs) low = middle + 1;
    else high = middle;
  }
  const span = union[low];
  return span !== undefined && span.startMs <= instantMs;
}
