// From when on single windows are in the store, where older ones were deleted: a range without them must not look calm.
import type { ArtifactKey } from '../../stream-key.js';
import type { KeptWindows } from '../api.js';
import type { DashboardData } from './dashboard-data.js';

/** Of the artifact whose windows begin last; undefined while none was deleted. */
export async function readKeptWindows(
  { store }: Pick<DashboardData, 'store'>,
  artifacts: readonly ArtifactKey[],
): Promise<KeptWindows | undefined> {
  const all = await Promise.all(artifacts.map((artifact) => store.retained(artifact)));
  const [last] = all
    .flatMap((each) => (each !== undefined && each.pruned.windows > 0 ? [each] : []))
    .sort((a, b) => b.beforeMs - a.beforeMs);
  return last && { beforeMs: last.beforeMs, keepMs: last.keepMs };
}
