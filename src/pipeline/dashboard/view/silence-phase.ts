// Whether a silence holds: told by the clock and by whether somebody lifted it, nothing else is stored.
import type { Silence } from '../../desk/desk.js';

export type SilencePhase = 'planned' | 'active' | 'over' | 'lifted';

/** One that ran to its end before it was lifted is over. */
export function silencePhase(
  { fromMs, untilMs, lifted }: Pick<Silence, 'fromMs' | 'untilMs' | 'lifted'>,
  nowMs: number,
): SilencePhase {
  if (lifted && lifted.atMs < untilMs) return 'lifted';
  if (nowMs >= untilMs) return 'over';
  return nowMs < fromMs ? 'planned' : 'active';
}
