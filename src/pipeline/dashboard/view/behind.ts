// Whether a consumer that runs keeps up: the newest window is then hardly older than it takes to close one.
import type { Status } from '../api.js';

/** A pause of a garbage collector or a broker is no delay that anybody has to know of. */
const PATIENCE_MS = 120_000;

/** @returns age of the newest window's end, ms, where that is more than it should be; undefined where it keeps up, or none runs */
export function behindMs(
  { consumer, watermarkMs, usualLagMs }: Pick<Status, 'consumer' | 'watermarkMs' | 'usualLagMs'>,
  nowMs: number,
): number | undefined {
  if (consumer !== 'running' || watermarkMs === null) return undefined;
  const ageMs = nowMs - watermarkMs;
  return ageMs > usualLagMs + PATIENCE_MS ? ageMs : undefined;
}
