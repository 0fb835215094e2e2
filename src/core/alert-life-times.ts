// How long is long enough: until an alert is over, until it may no longer open again, until what it is about is a level.
import { lastActiveMs, lastAlertingMs, type OpenAlert } from './alert-life-open.js';
import type { CompleteOptions } from './alert-life-options.js';

export interface AlertTimes {
  /** Whether nothing has kept it open for long enough, up to the window that starts then. */
  readonly isQuiet: (alert: OpenAlert, newestStartMs: number) => boolean;
  /** Whether it is not too long ago, of one that is over or whose place another took. */
  readonly mayReopen: (alert: OpenAlert, startMs: number) => boolean;
  /** Whether its reasons have been the same for so long that they are taken as usual. */
  readonly isLevel: (alert: OpenAlert) => boolean;
}

export function createTimes(options: CompleteOptions): AlertTimes {
  const { windowMs, hopMs, quietWindows, lingerMs } = options;
  const { reopenWithinMs, absorbAfterMs, absorbGraveAfterMs } = options;

  const isQuiet = (alert: OpenAlert, newestStartMs: number): boolean =>
    newestStartMs - lastActiveMs(alert, lingerMs) >= quietWindows * hopMs;

  const mayReopen = (alert: OpenAlert, startMs: number): boolean =>
    startMs - Math.max(lastAlertingMs(alert) + windowMs, alert.leftMs ?? -Infinity) <= reopenWithinMs;

  // a fall that goes on is still so, though its windows no longer alert
  const isLevel = ({ settled, fall }: OpenAlert): boolean =>
    settled !== undefined &&
    Math.max(settled.lastMs, fall?.untilMs ?? settled.lastMs) - settled.changedMs >=
      (settled.isGrave || fall ? absorbGraveAfterMs : absorbAfterMs);

  return { isQuiet, mayReopen, isLevel };
}
