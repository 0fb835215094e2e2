// Canaries that came while nobody judged: those whose lines are in the results, the others were never sent.
import type { CanaryAnomaly } from '../../core/canary/canary-plan.js';
import { CANARY_SOURCE } from '../../core/canary/canary-source.js';
import type { DashboardReader } from '../dashboard/reader.js';
import type { ArtifactKey } from '../stream-key.js';

/** A canary writes every few seconds, and is never silent for longer than its longest trouble. */
const AROUND_MS = 600_000;

export async function readPastCanaries(
  reader: Pick<DashboardReader, 'swimlane'>,
  artifact: ArtifactKey,
  anomalies: readonly CanaryAnomaly[],
): Promise<readonly CanaryAnomaly[]> {
  const [first, last] = [anomalies[0], anomalies.at(-1)];
  if (first === undefined || last === undefined) return [];
  const fromMs = Math.floor((first.startMs - AROUND_MS) / AROUND_MS) * AROUND_MS;
  const buckets = await reader.swimlane(artifact, { fromMs, toMs: last.endMs + AROUND_MS }, AROUND_MS);
  const written = new Set(
    buckets
      .filter(({ source, records }) => source === CANARY_SOURCE && records > 0)
      .map(({ bucket }) => bucket),
  );
  const bucketOf = (timeMs: number): number => Math.floor((timeMs - fromMs) / AROUND_MS);
  return anomalies.filter(({ startMs, endMs }) => {
    const from = bucketOf(startMs);
    return written.has(from) || written.has(from - 1) || written.has(bucketOf(endMs));
  });
}
