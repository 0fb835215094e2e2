// How numbers and times read in the report: rounded for a person; the data beside it has every digit. Times are UTC.
import { ALL_SOURCES } from '../../core/window/window-spec.js';

export const NO_FIGURE = '–';

/** A share in [0, 1] as `93 %`; small ones keep a digit. */
export function showShare(share: number | null): string {
  if (share === null) return NO_FIGURE;
  const isSmall = share > 0 && share < 0.1;
  return `${(100 * share).toFixed(isSmall ? 1 : 0)} %`;
}

/** An area, score or z-value with a fixed number of digits. */
export function showFixed(value: number | null, digits: number): string {
  return value === null ? NO_FIGURE : value.toFixed(digits);
}

/** A rate or a feature's value: whole numbers as they are, others to three significant digits. */
export function showFigure(value: number | null): string {
  if (value === null) return NO_FIGURE;
  if (Number.isInteger(value) || Math.abs(value) >= 1000) return Math.round(value).toLocaleString('en-US');
  return Number(value.toPrecision(3)).toLocaleString('en-US', { maximumFractionDigits: 6 });
}

/** `45 s`, `2.5 min`, `3.0 h`, `2.1 days`. */
export function showDuration(spanMs: number | null): string {
  if (spanMs === null) return NO_FIGURE;
  if (spanMs < 60_000) return `${Math.round(spanMs / 1000)} s`;
  if (spanMs < 3_600_000) return `${(spanMs / 60_000).toFixed(1)} min`;
  if (spanMs < 2 * 86_400_000) return `${(spanMs / 3_600_000).toFixed(1)} h`;
  return `${(spanMs / 86_400_000).toFixed(1)} days`;
}

/** `2026-03-03 10:18:55`, UTC. */
export function showInstant(timeMs: number): string {
  return new Date(timeMs).toISOString().slice(0, 19).replace('T', ' ');
}

/** `10:18:55`, UTC. */
export function showClock(timeMs: number): string {
  return new Date(timeMs).toISOString().slice(11, 19);
}

/** `2026-03-03 10:18:55 to 10:22:53 UTC`; the day is said again only when it is another. */
export function showSpan(startMs: number, endMs: number): string {
  const [start, end] = [showInstant(startMs), showInstant(endMs)];
  return `${start} to ${start.slice(0, 10) === end.slice(0, 10) ? end.slice(11) : end} UTC`;
}

/** Rows over all services together have no name of their own. */
export function showSource(source: string): string {
  return source === ALL_SOURCES ? 'all services' : source;
}

export function showBytes(bytes: number): string {
  if (bytes < 1000) return `${bytes} bytes`;
  if (bytes < 1e6) return `${(bytes / 1e3).toFixed(1)} kB`;
  if (bytes < 1e9) return `${(bytes / 1e6).toFixed(1)} MB`;
  return `${(bytes / 1e9).toFixed(1)} GB`;
}
